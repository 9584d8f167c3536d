package io.throughline.activities.call;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a failure that lasts: to people as a case that they can decide, and to the process by one signal. Whatever of this fails is done
 * by the next attempt of the step, which is never kept from being tried by it.
 */
final class Stalls {
    private static final Logger LOG = LoggerFactory.getLogger(Stalls.class);

    private final Cases cases;
    private final Doorbell doorbell;

    Stalls(Cases cases, Doorbell doorbell) {
        this.cases = cases;
        this.doorbell = doorbell;
    }

    /** {@code before} is what the attempt that failed began with. */
    void show(Steps.Step step, Standing before, FailureCode code, String message, String workflowId) {
        try {
            Case shown = shown(step, before, code, message);
            if (shown.status() != CaseStatus.CLOSED && shown.toldAt().isEmpty()) {
                Steps.Step.Awaited awaited = step.awaited();
                doorbell.stalled(workflowId, awaited.name(), awaited.about(), shown.code(), shown.id());
                cases.told(shown.id());
            }
        } catch (RuntimeException notNow) {
            LOG.warn("the stall of {} of {} is not shown yet: {}", step.name(), step.subject(), Wordless.words(notNow));
        }
    }

    /** A retry that somebody decided and that has failed again is a question again. */
    private Case shown(Steps.Step step, Standing before, FailureCode code, String message) {
        return before instanceof Standing.ToBeTried(Case decided, Decision tried)
                ? cases.reopen(decided.id(), tried, code, message)
                : cases.open(step.account(), step.subject(), step.caseKey(), code, message);
    }
}
