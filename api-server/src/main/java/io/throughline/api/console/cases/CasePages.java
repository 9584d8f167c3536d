package io.throughline.api.console.cases;

import io.throughline.api.access.Caller;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CasePage.Amendment;
import io.throughline.api.console.cases.CasePage.Choice;
import io.throughline.api.console.runbook.Runbooks;
import io.throughline.api.http.Links;
import io.throughline.api.intervention.CaseView.DecisionView;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.Decisions;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.EffectLedger.State;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Cases.Cause;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.trace.Trace;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what the page of a case shows. */
public final class CasePages {
    private static final Set<State> UNDONE = EnumSet.of(State.PENDING, State.UNKNOWN, State.REFUSED, State.LEASED);

    private final Cases cases;
    private final EffectLedger effects;
    private final Orders orders;
    private final Trace trace;
    private final Accounts accounts;
    private final Runbooks runbooks;
    private final Links links;

    public CasePages(
            Cases cases,
            EffectLedger effects,
            Orders orders,
            Trace trace,
            Accounts accounts,
            Runbooks runbooks,
            Links links) {
        this.cases = cases;
        this.effects = effects;
        this.orders = orders;
        this.trace = trace;
        this.accounts = accounts;
        this.runbooks = runbooks;
        this.links = links;
    }

    CasePage read(CaseFile file, Visit visit, Moments moments) {
        Case found = file.about();
        boolean showNotes = CaseViews.mayReadWords(visit.caller());
        Optional<DecisionView> decision = found.decision().map(taken -> DecisionView.of(taken, showNotes));
        String page = found.code().runbook();
        return new CasePage(
                CaseRow.of(found, moments),
                accounts.find(found.account())
                        .map(account -> Words.of(account.system()))
                        .orElse("Throughline"),
                found.code().refusedOutside(),
                undone(found, moments),
                choices(found, visit.caller()),
                amendments(found, visit.caller()),
                others(found, visit.caller()),
                file.proposal().map(wanted -> DecisionView.of(wanted, showNotes)),
                decision,
                decision.map(DecisionView::at).map(moments::of),
                moments.of(found.closedAt()),
                alike(found),
                CauseRow.address(found.code(), found.account()),
                order(found).map(order -> links.process(order.key()).toString()),
                runbooks.html(page).orElse(""),
                Runbooks.address(page));
    }

    /** Of the subject's calls to the system that the case is about, those that are not done. */
    private List<EffectRow> undone(Case found, Moments moments) {
        List<Effect> open = effects.ofSubject(found.subject()).stream()
                .filter(effect -> effect.key().account().equals(found.account()) && UNDONE.contains(effect.state()))
                .toList();
        if (open.isEmpty()) {
            return List.of();
        }
        List<TraceView.Entry> line = TraceView.of(found.subject(), trace).entries();
        return open.stream().map(effect -> EffectRow.of(effect, line, moments)).toList();
    }

    private static List<Choice> choices(Case found, Caller caller) {
        return decidable(found, caller, true).stream()
                .map(action -> new Choice(action.name(), Words.of(action), meaning(action)))
                .toList();
    }

    /** What only somebody else may decide. */
    private static List<String> others(Case found, Caller caller) {
        return decidable(found, caller, false).stream().map(Words::of).toList();
    }

    private static List<Action> decidable(Case found, Caller caller, boolean byThem) {
        return found.status() == CaseStatus.OPEN
                ? found.legalActions().stream()
                        .sorted()
                        .filter(action -> mayDecide(found, action, caller) == byThem)
                        .toList()
                : List.of();
    }

    private static boolean mayDecide(Case found, Action action, Caller caller) {
        return CaseViews.mayReadWords(caller) && Decisions.mayDecide(found.code(), action, caller);
    }

    private static List<Amendment> amendments(Case found, Caller caller) {
        return decidable(found, caller, true).contains(Action.AMEND_AND_RETRY)
                ? found.code().amendable().stream()
                        .map(one -> new Amendment(one.key(), Words.of(one), one.rule()))
                        .toList()
                : List.of();
    }

    private static String meaning(Action action) {
        return switch (action) {
            case RETRY -> "The cause is mended: try the same again.";
            case AMEND_AND_RETRY -> "Try again with the value below.";
            case REROUTE -> "Take the work from this facility and find another.";
            case RELEASE_HOLD -> "Let it go on.";
            case ACCEPT_DIFFERENCE -> "Go on as if it had been done: the difference is known and borne.";
            case CANCEL -> "End the order and undo what was done.";
        };
    }

    private int alike(Case found) {
        return cases.causes().stream()
                .filter(cause -> cause.code() == found.code() && cause.account().equals(found.account()))
                .mapToInt(Cause::cases)
                .sum();
    }

    private Optional<OrderView> order(Case found) {
        return Subjects.orderOf(found.subject()).flatMap(orders::view);
    }
}
