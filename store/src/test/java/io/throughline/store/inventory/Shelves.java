package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.store.PostgresExtension;
import java.util.List;
import java.util.Optional;

/** What lies where, for tests of who gets it. */
record Shelves(InventoryLedger inventory) {
    void stock(FacilityId facility, Sku sku, int units) {
        inventory.record(new Movement(
                facility,
                sku,
                units,
                Movement.Kind.OPENING,
                StockSource.OPENING,
                facility + "/" + sku,
                PostgresExtension.START));
    }

    /** Everywhere, routed or not. */
    int reserved(Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .mapToInt(Balance::reserved)
                .sum();
    }

    /** As many units of one line from one place. */
    static RoutingPlan plan(FacilityId facility, Sku sku, int units) {
        return new RoutingPlan(
                List.of(new RoutingPlan.Assignment(
                        facility,
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        List.of(new LineQuantity("L1", sku, units)))),
                "as told");
    }
}
