package io.throughline.workflows.sale;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * Takes a store's sales of one day to the ERP's books. Its id is {@code store-day/<facility>/<business date>}. It ends when nothing waits
 * to be posted, and is started again by a late sale.
 */
@WorkflowInterface
public interface StoreDayWorkflow {
    /** Ends with how many summaries were settled, in words. */
    @WorkflowMethod(name = "StoreDay")
    String run(StoreDayInput input);

    /** Look again: {@code day}, a case, or {@code everything}. Harmless at any time. */
    @SignalMethod(name = "wake", description = "Look again at the stored facts. about: day, everything, or a case id")
    void wake(String about);

    /** A step has been failing for a while: shown to operators until it is through. Sent by the step itself. */
    @SignalMethod(name = "stalled", description = "For Throughline's own use")
    void stalled(String step, String about, FailureCode code, String caseId);

    /** As of an order's case: {@code C-1042 RETRY}. */
    @UpdateMethod(name = "decide", description = "Decide a case, e.g. \"C-1042 RETRY\"")
    String decide(String caseId, @Nullable String action);

    @UpdateValidatorMethod(updateName = "decide")
    void checkDecision(String caseId, @Nullable String action);

    @SignalMethod(name = "propose", description = "Decide a case, or propose to, e.g. \"C-1042 RETRY\"")
    void propose(@Nullable String caseId, @Nullable String action);

    @QueryMethod(name = "waitingFor", description = "What this day is waiting for, in words")
    String waitingFor();
}
