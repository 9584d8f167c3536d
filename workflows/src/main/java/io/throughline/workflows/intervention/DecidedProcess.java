package io.throughline.workflows.intervention;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.throughline.domain.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** What each process has whose steps may be stopped by cases: it shows them, and takes what people decide from the Temporal UI or CLI. */
public interface DecidedProcess {
    /** A step has been failing for a while: shown to operators until it is through. Sent by the step itself. */
    @SignalMethod(name = "stalled", description = "For Throughline's own use")
    void stalled(String step, String about, FailureCode code, String caseId);

    /**
     * A person's decision on a case of this process: {@code C-1042 RETRY}, as one text or as two. Whoever sends it is not verified, so
     * where much is at stake it is kept as a proposal, and somebody known must decide. It takes no note: what is typed into Temporal
     * stays in its history.
     */
    @UpdateMethod(name = "decide", description = "Decide a case, e.g. \"C-1042 RETRY\"")
    String decide(String caseId, @Nullable String action);

    @UpdateValidatorMethod(updateName = "decide")
    void checkDecision(String caseId, @Nullable String action);

    /** The same as a signal, for clients that can't send updates. */
    @SignalMethod(name = "propose", description = "Decide a case, or propose to, e.g. \"C-1042 RETRY\"")
    void propose(@Nullable String caseId, @Nullable String action);
}
