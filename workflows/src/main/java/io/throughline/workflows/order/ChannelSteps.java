package io.throughline.workflows.order;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.order.OrderId;
import io.throughline.workflows.call.StepResult;

/** Steps that talk to the order's channel. */
@ActivityInterface(namePrefix = "channel.")
public interface ChannelSteps {
    /** Reads the order as it stands and stores it as a new version. */
    @ActivityMethod
    StepResult accept(OrderId order);

    /** Tells a marketplace that we take its order on. */
    @ActivityMethod
    StepResult acknowledge(OrderId order);

    /** Ends the order at the channel, giving authorised or paid money back. */
    @ActivityMethod
    StepResult cancel(OrderId order);

    /** Tells the customer when what he waits for is expected now, once for each time that this has moved. */
    @ActivityMethod
    StepResult tellPromise(OrderId order);

    /** Tells the customer that the order was cancelled. */
    @ActivityMethod
    StepResult tellCancelled(OrderId order);
}
