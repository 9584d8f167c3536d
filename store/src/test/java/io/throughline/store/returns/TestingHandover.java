package io.throughline.store.returns;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is done with the two tees of a sample order before any of them can come back. */
final class TestingHandover {
    private TestingHandover() {}

    /** Both are at a warehouse, which is given them to ship. */
    static FulfillmentOrderId allocate(PostgresExtension postgres, Order order) {
        List<LineQuantity> tees = List.of(new LineQuantity("L1", SampleOrder.TEE, 2));
        InventoryLedger inventory = postgres.inventory();
        inventory.record(new Movement(
                SampleFacilities.WH_EAST,
                SampleOrder.TEE,
                2,
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                order.id().value(),
                PostgresExtension.START));
        inventory.reserve(order.id(), tees, Set.of(SampleFacilities.WH_EAST));
        RoutingPlan plan = new RoutingPlan(
                List.of(new RoutingPlan.Assignment(
                        SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, Optional.empty(), tees)),
                "nearest");
        return inventory.allocate(order.id(), plan).orElseThrow().getFirst().id();
    }

    static void ship(PostgresExtension postgres, FulfillmentOrderId id) {
        postgres.database()
                .fulfillmentOrders()
                .observed(
                        id,
                        new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                        postgres.clock().instant(),
                        Optional.empty());
    }
}
