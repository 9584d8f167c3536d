package io.throughline.workflows.call;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * How a step went. PARKED: a case waits for a person, and the step is called again once something was decided. A refusal is always a
 * value like this; an exception only ever means that the attempt failed and another one is due. {@code refusedBy} is the account whose
 * system has said no, where it was not a rule of ours. {@code promiseMoved}: the customer waits for another day than he knows of.
 */
public record StepResult(
        Verdict verdict,
        @Nullable String caseId,
        @Nullable FailureCode code,
        @Nullable String refusedBy,
        boolean promiseMoved) {
    public static StepResult done() {
        return new StepResult(Verdict.DONE, null, null, null, false);
    }

    public static StepResult parked(String caseId, FailureCode code) {
        return new StepResult(Verdict.PARKED, caseId, code, null, false);
    }

    public static StepResult refused(String caseId, FailureCode code, AccountId by) {
        return new StepResult(Verdict.PARKED, caseId, code, by.value(), false);
    }

    public static StepResult cancelled() {
        return new StepResult(Verdict.CANCELLED, null, null, null, false);
    }

    public static StepResult reroute() {
        return new StepResult(Verdict.REROUTE, null, null, null, false);
    }

    public static StepResult waiting() {
        return new StepResult(Verdict.WAITING, null, null, null, false);
    }

    public StepResult withPromiseMoved(boolean moved) {
        return new StepResult(verdict, caseId, code, refusedBy, moved);
    }

    /** What the process does next. */
    public enum Verdict {
        DONE,
        PARKED,
        CANCELLED,
        REROUTE,
        /** Nothing can be done yet: the step is called again when there is news. */
        WAITING
    }
}
