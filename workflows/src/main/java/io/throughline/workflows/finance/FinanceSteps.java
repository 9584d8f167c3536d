package io.throughline.workflows.finance;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.OrderId;
import io.throughline.workflows.call.StepResult;
import java.time.Instant;

/** Steps that tell the ERP. */
@ActivityInterface(namePrefix = "finance.")
public interface FinanceSteps {
    /** The ERP learns of the demand, and of the money that was paid with it. */
    @ActivityMethod
    StepResult announce(OrderId order);

    /** The ERP learns from where the goods go, after others have got the work, as long as it takes that in. */
    @ActivityMethod
    StepResult moveDemand(OrderId order);

    /** The ERP invoices what has left, and learns of money taken since. */
    @ActivityMethod
    StepResult invoice(FulfillmentOrderId handedOver);

    /** The part of {@link #settle} that may wait for the channel to have the money. */
    String PAYMENT = "channel.payment";

    /**
     * Sees that the order is paid; what was paid late is booked, payments are set against invoices, and the ERP's books are compared with
     * ours, account by account. While a payment is on its way the order is WAITING.
     */
    @ActivityMethod
    StepResult settle(OrderId order);

    /** Until when a payment that is on its way is waited for: until now, when there is none. */
    @ActivityMethod
    Instant paymentDue(OrderId order);

    /** The ERP forgets the demand of an order that ended before anything left. */
    @ActivityMethod
    StepResult withdraw(OrderId order);

    /** What the channel has given back of an order that ended is taken out of the ERP's books again, if it ever came there. */
    @ActivityMethod
    StepResult reverse(OrderId order);
}
