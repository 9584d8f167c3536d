package io.throughline.activities.fulfillment;

import io.throughline.activities.call.InFlight;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.WorkChanges;
import io.throughline.domain.fulfillment.WorkChanges.Readdressed;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.policy.ChangedOutside.OnAddress;
import io.throughline.domain.policy.Policies;

/**
 * Brings work that is given out in line with an address that has become another, where the order's policy says so: it is taken back and given out
 * again, by a reroute, and its labels with it. What has left is told to a person. Goes by the facts, so that it may be begun again anywhere.
 */
public final class Readdressing implements InFlight {
    private static final String STEP = "order.readdressed";

    private final Accounts accounts;
    private final Facilities facilities;
    private final FulfillmentOrders work;
    private final Reroutes reroutes;
    private final WorkChanges changes;
    private final Policies policies;
    private final Steps steps;

    public Readdressing(
            Accounts accounts,
            Facilities facilities,
            FulfillmentOrders work,
            Reroutes reroutes,
            WorkChanges changes,
            Policies policies,
            Steps steps) {
        this.accounts = accounts;
        this.facilities = facilities;
        this.work = work;
        this.reroutes = reroutes;
        this.changes = changes;
        this.policies = policies;
        this.steps = steps;
    }

    @Override
    public void heed(OrderView known, ChannelOrder read) {
        if (known.fulfillmentOrders().isEmpty()) {
            return;
        }
        boolean follows = accounts.get(known.key().account()).isLive()
                && policies.of(known.rules()).changedOutside().address() == OnAddress.GIVE_AGAIN;
        for (Readdressed change : changes.readdressed(known.id())) {
            if (!follows || follow(known, change)) {
                changes.settled(change);
            }
        }
    }

    /**
     * Work that nobody has any more, or that is being undone, goes to the address of then by itself. False: it may be to go elsewhere for another
     * reason, and stay after all; then it is looked at again.
     */
    private boolean follow(OrderView known, Readdressed change) {
        FulfillmentOrder one = work.get(change.work());
        if (one.status() == FulfillmentStatus.SHIPPED) {
            leaveBehind(
                    steps,
                    known,
                    one,
                    Integer.toString(change.number()),
                    "it has left " + one.facility() + " to the one before");
        } else if (!one.status().terminal() && known.cancelRequestedAt().isEmpty() && concerns(one, change)) {
            return reroutes.open(one.id(), RerouteCause.ADDRESS).cause() == RerouteCause.ADDRESS;
        }
        return true;
    }

    /**
     * What no facility has yet is routed again where it goes to another place. So is what a facility has; but while only its label would bear the
     * address, and we have not bought that yet, there is nothing to tell.
     */
    private boolean concerns(FulfillmentOrder one, Readdressed change) {
        boolean labelledLater = one.status() == FulfillmentStatus.ALLOCATED
                || (facilities.get(one.facility()).labels().isPresent()
                        && !one.status().reached(FulfillmentStatus.PACKED));
        return change.elsewhere() || !labelledLater;
    }

    /** For each change, or each reroute because of one, a case, which no address is part of. */
    static void leaveBehind(Steps steps, OrderView order, FulfillmentOrder one, String which, String why) {
        steps.leaveBehind(
                new Steps.Step(order.id(), order.key().account(), STEP, one.id() + " " + which),
                FailureCode.ADDRESS_CHANGED,
                "the address that " + one.id() + " goes to has become another: " + why);
    }
}
