package io.throughline.activities.fulfillment;

import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.OrderPromise;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an order waits for, and for which day that is promised. */
final class SupplyWait {
    private final InventoryLedger inventory;

    SupplyWait(InventoryLedger inventory) {
        this.inventory = inventory;
    }

    /** Whether any of these lines waits for supply. */
    boolean isShort(OrderId order, List<LineQuantity> of) {
        Set<String> lines = of.stream().map(LineQuantity::lineId).collect(Collectors.toSet());
        return inventory.stockOf(order).waiting().stream().anyMatch(waiting -> lines.contains(waiting.lineId()));
    }

    Optional<OrderPromise> promise(OrderId order) {
        return inventory.stockOf(order).promise();
    }

    /** The promise that the customer does not know yet. */
    Optional<OrderPromise> untold(OrderId order) {
        return promise(order).filter(said -> !said.told());
    }

    void told(OrderId order, OrderPromise promise) {
        inventory.promiseTold(order, promise.number());
    }

    /** Nothing of the order waits any more, nor lies without a facility. */
    void giveUp(OrderId order, String why) {
        inventory.releaseRest(order, why);
    }

    /** What a message says of the day for which the last of it is promised; nothing where that is not known. */
    static Map<String, String> facts(Optional<OrderPromise> promise) {
        return promise.flatMap(OrderPromise::latest)
                .filter(at -> at.isBefore(Instant.MAX))
                .map(at -> Map.of(
                        "expectedOn", at.atOffset(ZoneOffset.UTC).toLocalDate().toString()))
                .orElse(Map.of());
    }
}
