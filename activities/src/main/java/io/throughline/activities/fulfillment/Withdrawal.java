package io.throughline.activities.fulfillment;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.policy.ReroutePolicy;

/** Which work goes to somebody else without a person being asked. What a customer is to collect never does: he has chosen the place. */
final class Withdrawal {
    private final FacilityPauses pauses;

    Withdrawal(FacilityPauses pauses) {
        this.pauses = pauses;
    }

    /** Its facility is paused, has not packed it, and was to lose it then. */
    boolean applies(Job job) {
        return isShipped(job)
                && !job.work().status().reached(FulfillmentStatus.PACKED)
                && !job.work().status().terminal()
                && pauses.of(job.facility().id())
                        .filter(pause -> pause.openWork() == OpenWork.REROUTE)
                        .isPresent();
    }

    /** Its facility is paused and keeps it: what could not be done there meanwhile is not late. */
    boolean waits(Job job) {
        return pauses.of(job.facility().id()).isPresent() && !applies(job);
    }

    /** What it could not send meanwhile is not late. */
    boolean isPaused(FacilityId sender) {
        return pauses.of(sender).isPresent();
    }

    /**
     * Others may do what a facility gives back: a pause took it away, or it is not more than the order's policy leaves to us. Where goods did not
     * come to the place that the customer has chosen, others may send them there.
     */
    boolean goesByItself(Job rejected, ReroutePolicy policy) {
        return (isShipped(rejected) || rejected.work().notBrought())
                && (rejected.work().withdrawn() || givenBack(rejected) <= policy.most());
    }

    /** Whether others might still do by themselves what its facility has not given back yet. */
    boolean mayGoElsewhere(Job kept, ReroutePolicy policy) {
        return isShipped(kept) && givenBack(kept) < policy.most();
    }

    private static long givenBack(Job job) {
        return job.order().fulfillmentOrders().stream()
                .filter(FulfillmentOrder::neverToReturn)
                .count();
    }

    static boolean isShipped(Job job) {
        return job.work().method() == DeliveryMethod.SHIPPING;
    }
}
