package io.throughline.workflows.finance;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.OrderId;
import io.throughline.workflows.call.StepResult;

/** Steps that tell the ERP. */
@ActivityInterface(namePrefix = "finance.")
public interface FinanceSteps {
    /** The ERP learns of the demand, and of the money that was paid with it. */
    @ActivityMethod
    StepResult announce(OrderId order);

    /** The ERP invoices what has left, and learns of money taken since. */
    @ActivityMethod
    StepResult invoice(FulfillmentOrderId handedOver);

    /** Payments are set against invoices, and the ERP's books are compared with ours, account by account. */
    @ActivityMethod
    StepResult settle(OrderId order);

    /** The ERP forgets the demand of an order that ended before anything left. */
    @ActivityMethod
    StepResult withdraw(OrderId order);

    /** What the channel has given back of an order that ended is taken out of the ERP's books again, if it ever came there. */
    @ActivityMethod
    StepResult reverse(OrderId order);
}
