package io.throughline.workflows.payment;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.order.OrderId;
import io.throughline.workflows.call.StepResult;

/** Steps that move a customer's money at the channel. */
@ActivityInterface(namePrefix = "payment.")
public interface PaymentSteps {
    /** Takes what was authorised and not yet taken. */
    @ActivityMethod
    StepResult capture(OrderId order);

    /**
     * What was authorised will soon not be there any more, or is not by now: takes it where its policy says so, or asks a person. DONE: nothing is to
     * be done about it now.
     */
    @ActivityMethod
    StepResult reviewAuthorisation(OrderId order);
}
