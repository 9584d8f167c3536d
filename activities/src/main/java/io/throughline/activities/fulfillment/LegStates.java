package io.throughline.activities.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.workflows.fulfillment.LegState;

/** Makes the view of a piece of work that its process decides by. */
public final class LegStates {
    private final Accounts accounts;
    private final Facilities facilities;

    public LegStates(Accounts accounts, Facilities facilities) {
        this.accounts = accounts;
        this.facilities = facilities;
    }

    /** {@code replaced}: others do what this work was to do. */
    public LegState of(OrderView order, FulfillmentOrder work, boolean replaced) {
        AccountId workAccount = facilities.get(work.facility()).workAccount();
        boolean inChannel = work.channelWork().isPresent();
        return new LegState(
                work.id(),
                work.facility().value(),
                accounts.get(workAccount).system().taskQueue(),
                work.method(),
                work.status(),
                inChannel,
                inChannel && !workAccount.equals(order.key().account()),
                order.payment() == PaymentStatus.AUTHORIZED || order.payment() == PaymentStatus.PARTIALLY_CAPTURED,
                replaced,
                work.deadline().orElse(null),
                work.reported() && work.workReference().isPresent());
    }
}
