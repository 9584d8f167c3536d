package io.throughline.workflows.order;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.workflows.intervention.DecidedProcess;

/** Carries one order from its channel to the ERP's books. Its id is {@code order/<account>/<external id>}. */
@WorkflowInterface
public interface OrderToCashWorkflow extends DecidedProcess {
    /** Ends with the order's final status. */
    @WorkflowMethod(name = "OrderToCash")
    String run(OrderInput input);

    /**
     * Something about this order has changed: look again. {@code about} names, with blanks between them, fulfillment orders,
     * {@code order} and its {@code stock} (in the database), {@code channel} (there) or {@code everything} (send that one after a reset). Harmless at any time.
     */
    @SignalMethod(
            name = "wake",
            description =
                    "Look again at the stored facts. about: order, stock, channel, everything, or fulfillment order ids")
    void wake(String about);

    @QueryMethod(name = "waitingFor", description = "What this order is waiting for, in words")
    String waitingFor();
}
