package io.throughline.api;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Orders that have left, each under a number of its own. */
final class ShippedOrders {
    private ShippedOrders() {}

    /** Two tees with a discount and a cap, with two taxes, to New York: 98.74 USD. */
    static Order twoLines(TestingApi api) {
        Order sold = SampleOrders.twoLines(Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1))
                .paid()
                .build();
        api.database().orders().hint(sold.key(), sold.channel(), SamplePolicies.RULES);
        api.database().orders().accept(sold, PersonalData.none(), Instant.now());
        ship(api, sold);
        return sold;
    }

    private static void ship(TestingApi api, Order sold) {
        List<LineQuantity> lines = sold.deliveries().getFirst().lines();
        InventoryLedger inventory = api.database().inventory(SampleStockRules.plain());
        lines.forEach(line -> inventory.record(new Movement(
                SampleFacilities.WH_EAST,
                line.sku(),
                line.quantity(),
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                sold.id() + "/" + line.lineId(),
                Instant.now())));
        inventory.reserve(sold.id(), lines, Set.of(SampleFacilities.WH_EAST));
        FulfillmentOrder work = inventory
                .allocate(
                        sold.id(),
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, Optional.empty(), lines)),
                                "nearest"))
                .orElseThrow()
                .getFirst();
        api.database()
                .fulfillmentOrders()
                .observed(
                        work.id(),
                        new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                        Instant.now(),
                        Optional.empty());
    }
}
