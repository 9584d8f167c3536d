package io.throughline.workflows.inventory;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Hears of all stock of one account, for as long as there is one. */
@WorkflowInterface
public interface StockFeedWorkflow {
    @WorkflowMethod(name = "StockFeed")
    void run(StockFeedInput input);

    /** There is news; what it is, is read. */
    @SignalMethod
    void wake();
}
