package io.throughline.domain.routing.trial;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.trial.TrialFigures.Load;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Adds up what becomes of the orders by one policy. */
final class Tally {
    private final Yardstick yardstick;
    private final Map<AfterAction.Kind, Integer> left = new EnumMap<>(AfterAction.Kind.class);
    private final Map<FacilityId, Load> loads = new HashMap<>();
    private int orders;
    private int placed;
    private long units;
    private long placedUnits;
    private int parcels;
    private int splitOrders;
    private int measured;
    private double kilometres;
    private Optional<Money> cost = Optional.empty();
    private int inTime;

    Tally(Yardstick yardstick) {
        this.yardstick = yardstick;
    }

    void add(Order order, Optional<GeoPoint> near, TrialOutcome outcome) {
        orders++;
        int wanted = unitsOf(order);
        units += wanted;
        switch (outcome) {
            case TrialOutcome.Placed done -> {
                placed++;
                placedUnits += wanted;
                inTime += yardstick.isInTime(order, done) ? 1 : 0;
                splitOrders += done.facilities().stream().distinct().count() > 1 ? 1 : 0;
                done.plan().assignments().forEach(part -> add(order, near, part));
            }
            case TrialOutcome.Left nobody -> left.merge(nobody.kind(), 1, Integer::sum);
        }
    }

    private void add(Order order, Optional<GeoPoint> near, Assignment part) {
        parcels++;
        loads.merge(part.facility(), Load.NONE.plus(part.units()), (one, other) -> one.plus(part.units()));
        yardstick.kilometres(part, near).ifPresent(distance -> {
            measured++;
            kilometres += distance;
        });
        yardstick
                .cost(part, order, near)
                .ifPresent(price -> cost = Optional.of(cost.map(price::plus).orElse(price)));
    }

    static int unitsOf(Order order) {
        return order.deliveries().stream()
                .filter(delivery ->
                        delivery.method() != DeliveryMethod.NONE && delivery.method() != DeliveryMethod.CARRIED_OUT)
                .flatMap(delivery -> delivery.lines().stream())
                .mapToInt(line -> line.quantity())
                .sum();
    }

    TrialFigures figures() {
        return new TrialFigures(
                orders,
                placed,
                units,
                placedUnits,
                parcels,
                splitOrders,
                measured == 0 ? Optional.empty() : Optional.of(kilometres / measured),
                cost,
                inTime,
                left,
                loads);
    }
}
