package io.throughline.workflows.call;

import io.throughline.domain.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * How a step went. PARKED: a case waits for a person, and the step is called again once something was decided. A refusal is always a
 * value like this; an exception only ever means that the attempt failed and another one is due.
 */
public record StepResult(
        Verdict verdict, @Nullable String caseId, @Nullable FailureCode code) {
    public static StepResult done() {
        return new StepResult(Verdict.DONE, null, null);
    }

    public static StepResult parked(String caseId, FailureCode code) {
        return new StepResult(Verdict.PARKED, caseId, code);
    }

    public static StepResult cancelled() {
        return new StepResult(Verdict.CANCELLED, null, null);
    }

    public static StepResult reroute() {
        return new StepResult(Verdict.REROUTE, null, null);
    }

    /** What the process does next. */
    public enum Verdict {
        DONE,
        PARKED,
        CANCELLED,
        REROUTE
    }
}
