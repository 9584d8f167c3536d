package io.throughline.domain.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.RerouteStep;
import io.throughline.domain.inventory.DriftStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An exception that waits for a person. It outlives the run it came from: it is stored before it is shown, and its decision is
 * stored before it is delivered. One case is open per subject and step. When what was decided was tried and has failed again, the same
 * case is open again, with the decision that was not enough and with the clock that has been running since it was opened.
 * {@code toldAt} is when its process heard of it.
 */
public record Case(
        CaseId id,
        AccountId account,
        String subject,
        String step,
        FailureCode code,
        String detail,
        CaseStatus status,
        Instant openedAt,
        Instant dueAt,
        Optional<Decision> decision,
        Optional<Instant> closedAt,
        Optional<Instant> toldAt) {

    /** Where a process asks what elsewhere people are only told of, under the same code. */
    private static final Set<String> QUESTIONS =
            Set.of("channel.accept order", "order.dispute order", "order.late-change order");

    /**
     * To publish again is only for a case about a system that shows what it is told of our stock; to book as a return for one about money that a channel gave
     * back.
     */
    public Set<Action> legalActions() {
        Set<Action> actions = code.actions();
        if (DriftStep.of(step).filter(DriftStep::shown).isEmpty()) {
            actions.remove(Action.PUBLISH_AGAIN);
        }
        if (GivenBackStep.of(step).isEmpty()) {
            actions.remove(Action.BOOK_AS_RETURN);
        }
        return actions;
    }

    /** Whether a process goes on only by what is decided about it, or by what ends it. */
    public boolean holdsUpProcess() {
        return holdsUpProcess(code, step);
    }

    public static boolean holdsUpProcess(FailureCode code, String step) {
        return code.holdsUpProcess() || QUESTIONS.contains(step);
    }

    /**
     * Whether the process of its order waits for it while that goes on; its subject says if there is such an order. Reroutes are processes beside
     * it, and what a sweep has found nobody waits for.
     */
    public boolean awaitedByItsOrder() {
        return holdsUpProcess()
                && (QUESTIONS.contains(step) || !code.outlivesOrder())
                && !step.startsWith("attention.")
                && RerouteStep.work(step).isEmpty();
    }

    /**
     * Whether it tells why its process does not get on: that waits for a person, or for what was decided after {@code triedSince}. What was decided
     * before that should have helped by now, and tells nothing any more.
     */
    public boolean tellsOfStandstill(Instant triedSince) {
        boolean stands = switch (status) {
            case OPEN -> true;
            case DECIDED ->
                decision.filter(tried -> tried.at().isAfter(triedSince)).isPresent();
            case CLOSED -> false;
        };
        return stands && holdsUpProcess();
    }

    /** A case is at risk when four fifths of its time have passed. */
    public boolean atRisk(Instant now) {
        Duration whole = Duration.between(openedAt, dueAt);
        return status == CaseStatus.OPEN
                && now.isAfter(openedAt.plus(whole.multipliedBy(4).dividedBy(5)));
    }
}
