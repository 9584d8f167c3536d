package io.throughline.domain.routing.trial;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.Order;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.ShippingTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * By what the plans of both policies are measured: one shipping table, the hours of one policy, one promise. They are those of the candidate;
 * what it does not say is asked of the other.
 */
final class Yardstick {
    private final Map<FacilityId, Facility> facilities;
    private final Optional<ShippingTable> shipping;
    private final RoutingPolicy hours;
    private final Duration promise;

    Yardstick(Surroundings surroundings, RoutingPolicy active, RoutingPolicy candidate, Duration promise) {
        this.facilities =
                surroundings.facilities().stream().collect(Collectors.toMap(Facility::id, Function.identity()));
        this.shipping = candidate.shipping().or(active::shipping);
        this.hours = candidate.hours().isEmpty() ? active : candidate;
        this.promise = promise;
    }

    /** Empty where it is not known where the customer lives, and for what is not shipped. */
    Optional<Double> kilometres(Assignment part, Optional<GeoPoint> near) {
        return near.filter(known -> part.method() == DeliveryMethod.SHIPPING)
                .map(facility(part).point()::kilometresTo);
    }

    Optional<Money> cost(Assignment part, Order order, Optional<GeoPoint> near) {
        return shipping.filter(known -> part.method() == DeliveryMethod.SHIPPING)
                .map(table -> table.price(
                        !order.destination()
                                .map(Destination::country)
                                .map(facility(part).country()::equals)
                                .orElse(false),
                        kilometres(part, near).orElse(0.0),
                        part.units()));
    }

    /** Whether the last parcel leaves within the promise, which is counted from when the order was placed. */
    boolean isInTime(Order order, TrialOutcome.Placed placed) {
        Instant latest = order.placedAt().plus(promise);
        return placed.plan().assignments().stream()
                .noneMatch(part ->
                        hours.weekOf(facility(part)).leavesAt(placed.at()).isAfter(latest));
    }

    private Facility facility(Assignment part) {
        Facility facility = facilities.get(part.facility());
        if (facility == null) {
            throw new IllegalStateException(part.facility() + " is no facility of today");
        }
        return facility;
    }
}
