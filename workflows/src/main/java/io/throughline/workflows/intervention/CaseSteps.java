package io.throughline.workflows.intervention;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.intervention.Action;

/** Cases, as a process sees them. */
@ActivityInterface(namePrefix = "case.")
public interface CaseSteps {
    /** Whether the case no longer waits for a person. */
    @ActivityMethod
    boolean decided(String caseId);

    /** Stores a decision that arrived through Temporal, or the proposal where somebody known must decide; answers in words. */
    @ActivityMethod
    String decide(String caseId, Action action);

    /** The same of AMEND_AND_RETRY with an amendment that is kept. */
    @ActivityMethod
    String amend(String caseId, String amendmentId);

    /** Notes in the trace of what a process is about that a decision came which can't be read. */
    @ActivityMethod
    void refuse(String subject);
}
