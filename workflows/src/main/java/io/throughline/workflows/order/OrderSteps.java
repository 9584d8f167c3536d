package io.throughline.workflows.order;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.order.OrderId;
import io.throughline.workflows.call.StepResult;

/** Steps of an order that need nothing but our own database. */
@ActivityInterface(namePrefix = "order.")
public interface OrderSteps {
    /** Checks totals and SKUs, and the holds that the policy asks for. */
    @ActivityMethod
    StepResult screen(OrderId order, String policyVersion);

    /**
     * Reserves all lines, decides who does what, and moves the reservations there. While anything is short the order WAITS for its supply,
     * when its policy says so; called again, it goes on with what has come.
     */
    @ActivityMethod
    StepResult allocate(OrderId order);

    /**
     * The same for what is still to come of an order of which a part is given out: each part is given out as it can be had. DONE once nothing
     * is left to come. Where the order was called off after goods had left, the rest is given up.
     */
    @ActivityMethod
    StepResult allocateRest(OrderId order);

    @ActivityMethod
    Standing look(OrderId order);

    /**
     * Asks, once, what to do about a cancellation or change that came after goods had left. Where goods left while the order was being
     * ended already, it is ended: CANCELLED.
     */
    @ActivityMethod
    StepResult reviewLateChange(OrderId order);

    /**
     * Every facility has been asked for its work. DONE: none gives back any, so the order goes on and its cancellation is declined. CANCELLED: it
     * is to be ended.
     */
    @ActivityMethod
    StepResult declineCancellation(OrderId order);

    /** Asks what becomes of work that a dispute about the payment holds. DONE: it goes on, or nothing is held any more. */
    @ActivityMethod
    StepResult reviewDispute(OrderId order);

    /** Gives back stock and ends the work that is still open. */
    @ActivityMethod
    void releaseStock(OrderId order);

    /** The order has reached its end: stores and tells it. */
    @ActivityMethod
    Closing close(OrderId order, boolean completed);
}
