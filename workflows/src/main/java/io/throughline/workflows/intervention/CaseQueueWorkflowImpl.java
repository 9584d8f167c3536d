package io.throughline.workflows.intervention;

import io.throughline.workflows.call.Calls;
import org.jspecify.annotations.Nullable;

/** One step, which changes nothing. */
public final class CaseQueueWorkflowImpl implements CaseQueueWorkflow {
    private static final String OWN_QUEUE = "orders";

    @Override
    public WaitingCases run(@Nullable String code) {
        return Calls.to(CaseQueueSteps.class, OWN_QUEUE, true, "what waits for a person")
                .call(step -> step.read(code));
    }
}
