package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.OrderId;
import io.throughline.store.PostgresExtension;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What facilities don't do and don't have, at random. */
final class RandomRejections {
    private final PostgresExtension postgres;
    private final InventoryLedger inventory;
    private final SplittableRandom random;
    private final List<Sku> stocked;
    private final List<FacilityId> facilities;

    RandomRejections(
            PostgresExtension postgres,
            InventoryLedger inventory,
            SplittableRandom random,
            List<Sku> stocked,
            List<FacilityId> facilities) {
        this.postgres = postgres;
        this.inventory = inventory;
        this.random = random;
        this.stocked = stocked;
        this.facilities = facilities;
    }

    /** A facility does not do one of these; what it gave back is asked for anew, or given to another. Gives what others have been given by that. */
    List<FulfillmentOrder> reject(List<FulfillmentOrder> work, Terms terms) {
        if (work.isEmpty()) {
            return List.of();
        }
        FulfillmentOrder one = pick(work);
        OrderId order = one.id().order();
        inventory.rejected(one.id(), pick(List.of(Ground.values())));
        if (random.nextBoolean()) {
            inventory.askAnew(order, one.lines(), one.lines(), terms);
            return List.of();
        }
        return inventory
                .allocateAgain(
                        order,
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        pick(facilities), DeliveryMethod.SHIPPING, Optional.empty(), one.lines())),
                                "at random"))
                .orElse(List.of());
    }

    /** Somebody bears what was sold beyond what was there. */
    void bear() {
        StockSubject place = new StockSubject(pick(facilities), pick(stocked));
        postgres.database()
                .cases()
                .unclosed(List.of(place.toString()))
                .forEach(open -> inventory.bear(place, open.id()));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
