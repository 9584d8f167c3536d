package io.throughline.activities.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.workflows.fulfillment.LegState;
import java.util.List;

/** Makes the view of a piece of work that its process decides by. */
public final class LegStates {
    private final Accounts accounts;
    private final Facilities facilities;
    private final Parcels parcels;

    public LegStates(Accounts accounts, Facilities facilities, Parcels parcels) {
        this.accounts = accounts;
        this.facilities = facilities;
        this.parcels = parcels;
    }

    /** {@code replaced}: others do what this work was to do. No time runs while the work is held. */
    public LegState of(OrderView order, FulfillmentOrder work, boolean replaced) {
        Facility facility = facilities.get(work.facility());
        AccountId workAccount = facility.workAccount();
        boolean inChannel = work.channelWork().isPresent();
        LegState leg = new LegState(
                        work.id(),
                        work.facility().value(),
                        accounts.get(workAccount).system().taskQueue(),
                        work.method(),
                        work.status(),
                        inChannel,
                        isMirrored(
                                order,
                                work,
                                inChannel && !workAccount.equals(order.key().account())),
                        order.payment() == PaymentStatus.AUTHORIZED
                                || order.payment() == PaymentStatus.PARTIALLY_CAPTURED,
                        replaced,
                        work.heldOpen().isPresent() ? null : work.deadline().orElse(null),
                        work.reported() && work.workReference().isPresent())
                .tellingHold(work.holdToTell());
        if (work.awaitsGoods()) {
            return leg.awaitingGoods();
        }
        return facility.labels().isPresent() && (work.status().reached(FulfillmentStatus.PACKED) || hasEnded(work))
                ? withLabels(leg, parcels.ofWork(work.id()), hasEnded(work))
                : leg;
    }

    /** Its facility has been given it, and decides for itself whether it gives it back. */
    public boolean mayBeKept(FulfillmentOrder work) {
        return work.workReference().isPresent()
                && !work.onlyPlanned()
                && accounts.get(facilities.get(work.facility()).workAccount()).system() == OutsideSystem.SHOPIFY;
    }

    /** A marketplace has no work items of its own, and hears of each parcel. */
    private boolean isMirrored(OrderView order, FulfillmentOrder work, boolean elsewhere) {
        return accounts.get(order.key().account()).system() == OutsideSystem.MARKETPLACE
                ? work.method() == DeliveryMethod.SHIPPING
                : elsewhere;
    }

    /** Others do it, or nobody: what was packed of it does not leave. */
    private static boolean hasEnded(FulfillmentOrder work) {
        return work.status().terminal() && !work.status().handedOver();
    }

    /** What has left keeps its label. */
    private static LegState withLabels(LegState leg, List<Parcel> packed, boolean ended) {
        boolean toBuy = packed.stream().anyMatch(parcel -> parcel.status() == ParcelStatus.TO_BE_LABELLED);
        boolean bought = packed.stream()
                .anyMatch(parcel -> parcel.status() == ParcelStatus.LABELLED
                        && parcel.boughtFrom().isPresent());
        return leg.withLabels(toBuy && leg.status() == FulfillmentStatus.PACKED, bought || (toBuy && ended));
    }
}
