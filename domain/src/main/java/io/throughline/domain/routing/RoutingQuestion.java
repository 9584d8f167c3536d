package io.throughline.domain.routing;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.Order;
import io.throughline.domain.transfer.OrderTransferRules;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Who shall do an order's deliveries, by which policy and as of when. {@code ships} are the switches of the stock policy in force; the {@code
 * excluded} have said no before; {@code near} is where the customer lives, as far as that is known. {@code sends} says who may send what a
 * customer is to collect.
 */
public record RoutingQuestion(
        Order order,
        RoutingPolicy policy,
        BiPredicate<FacilityId, Sku> ships,
        Set<FacilityId> excluded,
        Optional<GeoPoint> near,
        Instant now,
        OrderTransferRules sends) {
    public RoutingQuestion {
        excluded = Set.copyOf(excluded);
    }

    /** What a customer is to collect lies where he collects it. */
    public RoutingQuestion(
            Order order,
            RoutingPolicy policy,
            BiPredicate<FacilityId, Sku> ships,
            Set<FacilityId> excluded,
            Optional<GeoPoint> near,
            Instant now) {
        this(order, policy, ships, excluded, near, now, OrderTransferRules.none());
    }

    /** About what lies there already. */
    RoutingQuestion withoutSending() {
        return new RoutingQuestion(order, policy, ships, excluded, near, now);
    }

    /** By what the order itself tells of where it goes. */
    public static RoutingQuestion of(Order order, RoutingPolicy policy, Set<FacilityId> excluded, Instant now) {
        return new RoutingQuestion(
                order,
                policy,
                (facility, sku) -> true,
                excluded,
                order.destination().flatMap(Destination::point),
                now);
    }

    String country() {
        return order.destination().map(Destination::country).orElse("");
    }
}
