package io.throughline.activities.fulfillment;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;

/** Which work goes to somebody else without a person being asked. What a customer is to collect never does: he has chosen the place. */
final class Withdrawal {
    /** From then on a person decides where an order goes that one facility after the other has rejected. */
    private static final int MOST_REJECTIONS = 3;

    private final FacilityPauses pauses;

    Withdrawal(FacilityPauses pauses) {
        this.pauses = pauses;
    }

    /** Its facility is paused, has not acknowledged it, and was to lose it then. */
    boolean applies(Job job) {
        return isShipped(job)
                && !job.work().status().reached(FulfillmentStatus.ACKNOWLEDGED)
                && !job.work().status().terminal()
                && pauses.of(job.facility().id())
                        .filter(pause -> pause.openWork() == OpenWork.REROUTE)
                        .isPresent();
    }

    /** A pause took it away, or the store itself has told us that it does not do it, and why. */
    boolean followsFrom(Job rejected) {
        FulfillmentOrder work = rejected.work();
        return isShipped(rejected) && (work.withdrawn() || (work.reported() && mayGoOn(rejected)));
    }

    private static boolean mayGoOn(Job rejected) {
        return rejected.order().fulfillmentOrders().stream()
                        .filter(FulfillmentOrder::neverToReturn)
                        .count()
                <= MOST_REJECTIONS;
    }

    private static boolean isShipped(Job job) {
        return job.work().method() == DeliveryMethod.SHIPPING;
    }
}
