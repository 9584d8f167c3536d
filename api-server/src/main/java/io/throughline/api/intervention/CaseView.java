package io.throughline.api.intervention;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.ServiceLevel;
import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A case as people see it: what stopped, whose it is, until when, and what may be decided and amended. An open case that has a decision
 * was decided before, and that was not enough.
 */
@Schema(name = "Case")
public record CaseView(
        String id,
        String account,
        String subject,
        String step,
        FailureCode code,
        String detail,
        CaseStatus status,

        @Schema(description = "The group whose cases these are", example = "FINANCE")
        String owner,

        @Schema(description = "How they are reached", example = "finance@northwind.example")
        Optional<String> ownerContact,

        List<Action> legalActions,
        List<String> amendable,
        Instant openedAt,
        Instant dueAt,
        boolean atRisk,

        @Schema(description = "AT_RISK when four fifths of its time have passed, BREACHED when all of it has")
        ServiceLevel serviceLevel,

        String runbook,

        @Schema(description = "What it has in common with others of its cause")
        String fingerprint,

        @Schema(description = "What the order comes to that it holds up")
        Optional<AmountView> stake,

        Optional<String> assignee,

        @Schema(description = "Until then nobody wants to see it; its clock goes on")
        Optional<Instant> snoozedUntil,

        @Schema(description = "The group that has heard last that it is late")
        Optional<String> escalatedTo,

        @Schema(description = "How that group is reached") Optional<String> escalationContact,

        Optional<DecisionView> decision,

        @Schema(
                description =
                        "What one person wants to decide; somebody else must decide the same, for so much is at stake")
        Optional<DecisionView> proposal,

        Optional<Instant> closedAt,

        @Schema(description = "Where one case is read, and not in lists")
        Optional<CaseDetail> more) {

    static CaseView of(
            CaseFile file,
            CasePolicy policy,
            Instant now,
            Function<Decision, DecisionView> shown,
            Optional<CaseDetail> more) {
        Case found = file.about();
        boolean open = found.status() == CaseStatus.OPEN;
        ServiceLevel level = file.serviceLevel(now);
        return new CaseView(
                found.id().value(),
                found.account().value(),
                found.subject(),
                found.step(),
                found.code(),
                found.detail(),
                found.status(),
                policy.owner(found.code()),
                CaseViews.contact(policy.owner(found.code()), policy),
                open ? found.legalActions().stream().sorted().toList() : List.of(),
                open
                        ? found.code().amendable().stream()
                                .map(Amendable::key)
                                .sorted()
                                .toList()
                        : List.of(),
                found.openedAt(),
                found.dueAt(),
                open && level != ServiceLevel.ON_TIME,
                level,
                "runbooks/" + found.code().runbook(),
                file.cause().value(),
                file.stake().map(AmountView::of),
                file.assignee(),
                file.snoozedUntil().filter(until -> file.snoozed(now)),
                CaseViews.escalatedTo(file, policy),
                CaseViews.escalatedTo(file, policy).flatMap(group -> CaseViews.contact(group, policy)),
                found.decision().map(shown),
                file.proposal().map(shown),
                found.closedAt(),
                more);
    }

    /** What was decided, by whom. The note is there for those who decide cases. */
    @Schema(name = "Decision")
    public record DecisionView(
            Action action,
            String actor,
            boolean actorVerified,
            Optional<String> note,
            Map<String, String> amendment,

            @Schema(description = "What the amendment makes another of the refused document")
            List<ChangeView> changes,

            Instant at) {
        public static DecisionView of(Decision decision, boolean showNote) {
            return of(
                    decision,
                    showNote,
                    decision.changes().stream().map(ChangeView::of).toList());
        }

        static DecisionView of(Decision decision, boolean showNote, List<ChangeView> changes) {
            return new DecisionView(
                    decision.action(),
                    decision.actor(),
                    decision.actorVerified(),
                    decision.note().filter(note -> showNote),
                    new TreeMap<>(decision.amendment()),
                    changes,
                    decision.at());
        }
    }

    /** One value of a refused document, before and after. */
    @Schema(name = "DocumentChange")
    public record ChangeView(
            @Schema(example = "postingDate") String field,

            @Schema(description = "Left out where it is not known")
            Optional<String> was,

            String becomes) {
        static ChangeView of(Decision.Change change) {
            return new ChangeView(change.field(), change.was(), change.becomes());
        }
    }

    /** An amount of money. */
    @Schema(name = "Amount")
    public record AmountView(String amount, String currency) {
        static AmountView of(Money money) {
            return new AmountView(
                    money.toDecimal().toPlainString(), money.currency().code());
        }
    }

    /** Cases, newest first. */
    public record CaseList(List<CaseView> cases) {}
}
