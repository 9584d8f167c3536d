package io.throughline.api.console.cases;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CasePage.Amending;
import io.throughline.api.console.cases.CasePage.Care;
import io.throughline.api.console.cases.CasePage.Happening;
import io.throughline.api.console.runbook.Runbooks;
import io.throughline.api.http.Links;
import io.throughline.api.intervention.AmendmentDesk;
import io.throughline.api.intervention.CaseView.DecisionView;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.Decisions;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.EffectLedger.State;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.AmendmentKind;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Exchange;
import io.throughline.domain.intervention.CaseFiles.Group;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.DriftHistories;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Orders;
import io.throughline.domain.trace.Trace;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what the page of a case shows. */
public final class CasePages {
    private static final Set<State> UNDONE = EnumSet.of(State.PENDING, State.UNKNOWN, State.REFUSED, State.LEASED);
    private static final List<Duration> SLEEPS = List.of(
            Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(7));

    private final CaseFiles files;
    private final CaseViews views;
    private final AmendmentDesk amendments;
    private final CasePolicies policies;
    private final CaseRows rows;
    private final EffectLedger effects;
    private final Orders orders;
    private final Trace trace;
    private final Accounts accounts;
    private final DriftHistories histories;
    private final Runbooks runbooks;
    private final Links links;

    public CasePages(
            CaseFiles files,
            CaseViews views,
            AmendmentDesk amendments,
            CasePolicies policies,
            EffectLedger effects,
            Orders orders,
            Trace trace,
            Accounts accounts,
            DriftHistories histories,
            Runbooks runbooks,
            Links links) {
        this.files = files;
        this.views = views;
        this.amendments = amendments;
        this.policies = policies;
        this.rows = new CaseRows(policies);
        this.effects = effects;
        this.orders = orders;
        this.trace = trace;
        this.accounts = accounts;
        this.histories = histories;
        this.runbooks = runbooks;
        this.links = links;
    }

    CasePage read(CaseFile file, Visit visit, Moments moments) {
        return read(file, Optional.empty(), visit, moments);
    }

    /** With what an amendment would change, where one is named. */
    CasePage read(CaseFile file, Optional<Amendment> amendment, Visit visit, Moments moments) {
        Case found = file.about();
        boolean showNotes = CaseViews.mayReadWords(visit.caller());
        Optional<DecisionView> decision = found.decision().map(taken -> views.shown(taken, visit.caller()));
        String page = found.code().runbook();
        Optional<Exchange> refused = files.exchange(found);
        Optional<DriftSides> sides = DriftSides.of(found, histories, moments);
        return new CasePage(
                rows.of(file, moments),
                sides.isPresent() ? DriftHistories.withoutStory(found.detail()) : found.detail(),
                sides,
                care(file, visit, moments),
                accounts.find(found.account())
                        .map(account -> Words.of(account.system()))
                        .orElse("Throughline"),
                found.code().refusedOutside(),
                refused.map(exchange -> Refusal.of(exchange, moments)),
                undone(found, refused, moments),
                found.status() == CaseStatus.OPEN ? form(found, refused, visit) : DecisionForm.none(),
                amending(file, amendment, visit),
                Elsewhere.of(found.id(), views.ways(file), links),
                file.proposal().map(wanted -> views.shown(wanted, visit.caller())),
                decision,
                decision.map(DecisionView::at).map(moments::of),
                moments.of(found.closedAt()),
                history(found, showNotes, moments),
                found.status() == CaseStatus.OPEN
                        ? files.group(file.cause()).map(Group::cases).orElse(0)
                        : 0,
                CauseRow.address(file.cause().value()),
                CaseProcess.of(found, orders).map(links::process).map(URI::toString),
                runbooks.html(page).orElse(""),
                Runbooks.address(page));
    }

    private DecisionForm form(Case found, Optional<Exchange> refused, Visit visit) {
        return found.code().amendable().isEmpty()
                ? DecisionForm.of(found, visit.caller())
                : DecisionForm.of(
                        found, files.document(found, refused), amendments.now(found, visit.caller()), visit.caller());
    }

    /** By the amendment that is named, else by what somebody has proposed. */
    private Optional<Amending> amending(CaseFile file, Optional<Amendment> named, Visit visit) {
        Case found = file.about();
        if (found.status() != CaseStatus.OPEN
                || !Decisions.mayDecide(found.code(), Action.AMEND_AND_RETRY, visit.caller())) {
            return Optional.empty();
        }
        boolean address =
                found.code().amends().filter(AmendmentKind.SHIP_TO::equals).isPresent();
        return named.or(() -> file.proposal().flatMap(wanted -> amendments.proposed(found, wanted)))
                .map(kept -> new Amending(kept.id().value(), amendments.changes(kept, visit.caller()), address));
    }

    private Care care(CaseFile file, Visit visit, Moments moments) {
        Case found = file.about();
        CasePolicy policy = policies.at(moments.now());
        Optional<String> escalated = CaseViews.escalatedTo(file, policy);
        return new Care(
                clock(file, moments),
                file.assignee(),
                file.assignee().filter(visit.caller().owner()::equals).isPresent(),
                moments.of(file.snoozedUntil().filter(until -> file.snoozed(moments.now()))),
                CaseViews.contact(policy.owner(found.code()), policy),
                escalated.map(Words::of),
                escalated.flatMap(group -> CaseViews.contact(group, policy)),
                file.stake().map(Money::toString),
                CaseViews.mayReadWords(visit.caller()),
                found.status() == CaseStatus.OPEN,
                found.status() == CaseStatus.CLOSED,
                Choice.lengths(SLEEPS, "For "));
    }

    private static Badge clock(CaseFile file, Moments moments) {
        return switch (file.serviceLevel(moments.now())) {
            case ON_TIME -> new Badge("On time", Tone.QUIET);
            case AT_RISK -> new Badge("At risk", Tone.WAITING);
            case BREACHED -> new Badge("Late", Tone.BAD);
        };
    }

    private List<Happening> history(Case found, boolean showWords, Moments moments) {
        return files.history(found).reversed().stream()
                .map(event -> new Happening(
                        moments.of(event.at()),
                        Words.of(event.kind().replace("case.", "")),
                        event.summary(),
                        event.words().filter(words -> showWords)))
                .toList();
    }

    /** The subject's calls that are not done either, beside the one that the case comes from. */
    private List<EffectRow> undone(Case found, Optional<Exchange> refused, Moments moments) {
        List<Effect> open = effects.ofSubject(found.subject()).stream()
                .filter(effect -> UNDONE.contains(effect.state()))
                .filter(effect -> refused.filter(call -> isSame(call, effect)).isEmpty())
                .toList();
        if (open.isEmpty()) {
            return List.of();
        }
        List<TraceView.Entry> line = TraceView.of(found.subject(), trace).entries();
        return open.stream().map(effect -> EffectRow.of(effect, line, moments)).toList();
    }

    private static boolean isSame(Exchange call, Effect effect) {
        return effect.key().account().equals(call.account())
                && effect.key().operation().equals(call.operation())
                && effect.detail().filter(call.answer()::equals).isPresent();
    }
}
