package io.throughline.activities.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.Serving;
import io.throughline.domain.availability.ServingRules;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Delivery;
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
import java.util.function.BiPredicate;

/** Asks who shall do an order: by the version of the policy that it keeps to, with what the stock policy of today lets facilities do. */
public final class RoutingQuestions {
    private final RoutingPolicies policies;
    private final ServingRules serving;
    private final TransferRules transfers;
    private final Whereabouts whereabouts;
    private final Clock clock;

    public RoutingQuestions(
            RoutingPolicies policies,
            ServingRules serving,
            TransferRules transfers,
            Whereabouts whereabouts,
            Clock clock) {
        this.policies = policies;
        this.serving = serving;
        this.transfers = transfers;
        this.whereabouts = whereabouts;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    RoutingQuestion about(OrderView view, Order order, Set<FacilityId> excluded) {
        Instant now = now();
        RoutingPolicy policy = policy(view);
        return new RoutingQuestion(
                order, policy, ships(order), excluded, whereabouts.of(order, policy), now, transfers.forOrders(now));
    }

    RoutingPolicy policy(OrderView view) {
        return policies.keptBy(view.rules());
    }

    /** Who may ship what of this order. */
    BiPredicate<FacilityId, Sku> ships(Order order) {
        Serving today = serving.at(now());
        AccountId channel = order.key().account();
        return (facility, sku) -> today.may(channel, facility, DeliveryMethod.SHIPPING, sku);
    }

    /** Whether all of it may be promised for collection there. */
    boolean handsOver(Order order, FacilityId store, Delivery delivery) {
        Serving today = serving.at(now());
        return delivery.lines().stream()
                .allMatch(line -> today.may(order.key().account(), store, DeliveryMethod.PICKUP, line.sku()));
    }

    /** By which version of the stock policy. */
    String stockPolicy() {
        return serving.at(now()).version();
    }

    /** Who may send what a customer is to collect elsewhere, by the rules of today. */
    OrderTransferRules sends() {
        return transfers.forOrders(now());
    }
}
