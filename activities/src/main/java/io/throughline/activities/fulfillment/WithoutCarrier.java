package io.throughline.activities.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.Policies;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether work for which no carrier sells a label goes to another facility by itself: where the order's policy says so and has not had enough of
 * giving back, its facility has not refused to give it back, and somebody could do it whom none of these carriers serves. Else it stays where it lies packed.
 */
final class WithoutCarrier {
    private final Orders orders;
    private final Facilities facilities;
    private final Policies policies;
    private final Routing routing;
    private final Withdrawal withdrawal;
    private final Reroutes reroutes;

    WithoutCarrier(
            Orders orders,
            Facilities facilities,
            Policies policies,
            Routing routing,
            Withdrawal withdrawal,
            Reroutes reroutes) {
        this.orders = orders;
        this.facilities = facilities;
        this.policies = policies;
        this.routing = routing;
        this.withdrawal = withdrawal;
        this.reroutes = reroutes;
    }

    /** Opens its reroute, if it is to have one. All carriers that are asked for it have said no, or nothing. */
    boolean opens(Job job) {
        OrderPolicy policy = policies.of(job.order().rules());
        if (!policy.reroutes().carriers().elsewhere()
                || job.work().kept()
                || !withdrawal.mayGoElsewhere(job, policy.reroutes())) {
            return false;
        }
        Order order = orders.find(job.order().id()).orElseThrow();
        Set<FacilityId> excluded = new HashSet<>(
                routing.excluded(job.order().fulfillmentOrders(), job.work().lines()));
        excluded.add(job.facility().id());
        excluded.addAll(sameCarriers(job, policy));
        Delivery left = new Delivery(
                job.work().method(),
                Optional.empty(),
                job.work().channelWork(),
                job.work().lines());
        if (!routing.couldDo(job.order(), order, left, excluded)) {
            return false;
        }
        reroutes.open(job.work().id(), RerouteCause.CARRIER);
        return true;
    }

    /** Who would be told the same by the carriers that have been asked about this work. */
    Set<FacilityId> sameCarriers(Job job, OrderPolicy policy) {
        return policy.reroutes().carriers().elsewhere()
                ? job.facility()
                        .labels()
                        .map(usual -> servedBy(LabelSellers.sellers(
                                Optional.of(usual), policy.reroutes().carriers().instead())))
                        .orElse(Set.of())
                : Set.of();
    }

    private Set<FacilityId> servedBy(List<AccountId> carriers) {
        return facilities.all().stream()
                .filter(one -> one.labels().filter(carriers::contains).isPresent())
                .map(Facility::id)
                .collect(Collectors.toSet());
    }
}
