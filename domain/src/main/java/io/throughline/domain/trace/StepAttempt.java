package io.throughline.domain.trace;

import java.util.Optional;
import java.util.UUID;

/**
 * The attempt of a process's step in which this thread works: the workflow, its run, and the activity within that. What is appended to a
 * trace meanwhile keeps it. It leads to Temporal as long as Temporal remembers the run, and is no part of what happened.
 */
public record StepAttempt(String workflowId, UUID runId, String activityId) {
    private static final ScopedValue<StepAttempt> CURRENT = ScopedValue.newInstance();

    /** Empty where this thread works for no step. */
    public static Optional<StepAttempt> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Does {@code work} as this attempt. */
    public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }
}
