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

    /** Stores a decision that arrived through Temporal, or the proposal where the action needs somebody known; answers in words. */
    @ActivityMethod
    String decide(String caseId, Action action);
}
