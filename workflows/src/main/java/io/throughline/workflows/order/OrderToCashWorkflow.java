package io.throughline.workflows.order;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** Carries one order from its channel to the ERP's books. Its id is {@code order/<account>/<external id>}. */
@WorkflowInterface
public interface OrderToCashWorkflow {
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

    /** A step has been failing for a while: shown to operators until it is through. Sent by the step itself. */
    @SignalMethod(name = "stalled", description = "For Throughline's own use")
    void stalled(String step, String about, FailureCode code, String caseId);

    /**
     * A person's decision on a case of this order, from the Temporal UI or CLI: {@code C-1042 RETRY}, as one text or as two. Whoever
     * sends it is not verified, so where much is at stake it is kept as a proposal, and somebody known must decide. It takes no note:
     * what is typed into Temporal stays in its history.
     */
    @UpdateMethod(name = "decide", description = "Decide a case, e.g. \"C-1042 RETRY\"")
    String decide(String caseId, @Nullable String action);

    @UpdateValidatorMethod(updateName = "decide")
    void checkDecision(String caseId, @Nullable String action);

    /** The same as a signal, for clients that can't send updates. */
    @SignalMethod(name = "propose", description = "Decide a case, or propose to, e.g. \"C-1042 RETRY\"")
    void propose(@Nullable String caseId, @Nullable String action);

    @QueryMethod(name = "waitingFor", description = "What this order is waiting for, in words")
    String waitingFor();
}
