package io.throughline.api.intervention;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        FailureCode.Owner owner,
        List<Action> legalActions,
        List<String> amendable,
        Instant openedAt,
        Instant dueAt,
        boolean atRisk,
        String runbook,
        Optional<DecisionView> decision,
        Optional<Instant> closedAt) {

    static CaseView of(Case found, Instant now, boolean showNote) {
        return new CaseView(
                found.id().value(),
                found.account().value(),
                found.subject(),
                found.step(),
                found.code(),
                found.detail(),
                found.status(),
                found.code().owner(),
                found.status() == CaseStatus.OPEN
                        ? found.legalActions().stream().sorted().toList()
                        : List.of(),
                found.status() == CaseStatus.OPEN
                        ? found.code().amendable().stream()
                                .map(Amendable::key)
                                .sorted()
                                .toList()
                        : List.of(),
                found.openedAt(),
                found.dueAt(),
                found.atRisk(now),
                "runbooks/" + found.code().runbook(),
                found.decision().map(decision -> DecisionView.of(decision, showNote)),
                found.closedAt());
    }

    /** What was decided, by whom. The note is there for those who decide cases. */
    @Schema(name = "Decision")
    public record DecisionView(
            Action action,
            String actor,
            boolean actorVerified,
            Optional<String> note,
            Map<String, String> amendment,
            Instant at) {
        static DecisionView of(Decision decision, boolean showNote) {
            return new DecisionView(
                    decision.action(),
                    decision.actor(),
                    decision.actorVerified(),
                    decision.note().filter(note -> showNote),
                    new TreeMap<>(decision.amendment()),
                    decision.at());
        }
    }

    /** Cases, newest first. */
    public record CaseList(List<CaseView> cases) {}
}
