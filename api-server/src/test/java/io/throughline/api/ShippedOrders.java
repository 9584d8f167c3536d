package io.throughline.api;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
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
        return twoLines(api, Optional.empty());
    }

    static Order twoLines(TestingApi api, Optional<Tracking> parcel) {
        Order sold = fresh().paid().build();
        FulfillmentOrderId work =
                allocated(api, sold, PersonalData.none(), SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, 0);
        api.database()
                .fulfillmentOrders()
                .observed(
                        work,
                        new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), parcel, Optional.empty()),
                        Instant.now(),
                        Optional.empty());
        return sold;
    }

    /** The same order before it is known to anybody. */
    static OrderBuilder fresh() {
        return SampleOrders.twoLines(Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1));
    }

    /** Takes in an order, and gives its work to a facility that has so much more of each line than it needs. */
    static FulfillmentOrderId allocated(
            TestingApi api, Order order, PersonalData person, FacilityId facility, DeliveryMethod method, int spare) {
        api.database().orders().hint(order.key(), order.channel(), SamplePolicies.RULES);
        api.database().orders().accept(order, person, Instant.now());
        return reserved(api, order, facility, spare)
                .allocate(
                        order.id(),
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(facility, method, Optional.empty(), lines(order))),
                                "nearest"))
                .orElseThrow()
                .getFirst()
                .id();
    }

    /** Gives a facility so much more of each line than an order needs, and reserves there what it needs. */
    static InventoryLedger reserved(TestingApi api, Order order, FacilityId facility, int spare) {
        InventoryLedger inventory =
                api.database().stock(SampleStockRules.plain()).inventory();
        List<LineQuantity> lines = lines(order);
        lines.forEach(line -> inventory.record(new Movement(
                facility,
                line.sku(),
                line.quantity() + spare,
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                order.id() + "/" + line.lineId(),
                Instant.now())));
        inventory.reserve(order.id(), lines, Set.of(facility));
        return inventory;
    }

    private static List<LineQuantity> lines(Order order) {
        return order.deliveries().getFirst().lines();
    }
}
