package io.throughline.workflows.sale;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.workflows.intervention.DecidedProcess;

/**
 * Takes a store's sales of one day to the ERP's books. Its id is {@code store-day/<facility>/<business date>}. It ends when nothing waits
 * to be posted, and is started again by a late sale.
 */
@WorkflowInterface
public interface StoreDayWorkflow extends DecidedProcess {
    /** Ends with how many summaries were settled, in words. */
    @WorkflowMethod(name = "StoreDay")
    String run(StoreDayInput input);

    /** Look again: {@code day}, a case, or {@code everything}. Harmless at any time. */
    @SignalMethod(name = "wake", description = "Look again at the stored facts. about: day, everything, or a case id")
    void wake(String about);

    @QueryMethod(name = "waitingFor", description = "What this day is waiting for, in words")
    String waitingFor();
}
