package io.throughline.activities.fulfillment;

import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.routing.RoutingPolicies;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.RoutingQuestion;
import io.throughline.domain.routing.Whereabouts;
import io.throughline.domain.transfer.OrderTransferRules;
import io.throughline.domain.transfer.TransferRules;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Asks who shall do an order: by the version of the policy that it keeps to, with the switches of today. */
public final class RoutingQuestions {
    private final RoutingPolicies policies;
    private final StockPolicies switches;
    private final TransferRules transfers;
    private final Whereabouts whereabouts;
    private final Clock clock;

    public RoutingQuestions(
            RoutingPolicies policies,
            StockPolicies switches,
            TransferRules transfers,
            Whereabouts whereabouts,
            Clock clock) {
        this.policies = policies;
        this.switches = switches;
        this.transfers = transfers;
        this.whereabouts = whereabouts;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    RoutingQuestion about(OrderView view, Order order, Set<FacilityId> excluded) {
        Instant now = now();
        RoutingPolicy policy = policies.keptBy(view.rules());
        StockPolicy today = switches.at(now);
        return new RoutingQuestion(
                order, policy, today::ships, excluded, whereabouts.of(order, policy), now, transfers.forOrders(now));
    }

    /** Who may send what a customer is to collect elsewhere, by the rules of today. */
    OrderTransferRules sends() {
        return transfers.forOrders(now());
    }
}
