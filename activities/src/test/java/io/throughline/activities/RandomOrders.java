package io.throughline.activities;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Paid orders of one to three lines of some units each, which are sent to Austin; of several, the last one may be collected at a store. */
final class RandomOrders {
    static final int MOST_UNITS = 3;

    private static final int MOST_LINES = 3;
    private static final int PRICE = 12;
    private static final String WORK = "gid://shopify/FulfillmentOrder/";
    private static final List<FacilityId> STORES =
            List.of(SampleFacilities.ST_DOWNTOWN, SampleFacilities.ST_HARBOR, SampleFacilities.ST_DUBLIN);

    private RandomOrders() {}

    static Order next(Random random) {
        List<Sku> skus =
                new ArrayList<>(List.of(SampleOrders.TEE, SampleOrders.CAP, SampleOrders.MUG, SampleOrders.SCARF));
        Collections.shuffle(skus, random);
        OrderBuilder builder = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000801"), "USD");
        int lines = 1 + random.nextInt(MOST_LINES);
        for (int line = 0; line < lines; line++) {
            int units = 1 + random.nextInt(MOST_UNITS);
            builder.line(skus.get(line), units, PRICE * units + ".00");
        }
        Order order = builder.destination("US", 30.2, -97.7)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of(WORK + 1))
                .paid()
                .build();
        return lines > 1 && random.nextBoolean() ? lastCollected(order, random) : order;
    }

    private static Order lastCollected(Order order, Random random) {
        List<LineQuantity> all = order.deliveries().getFirst().lines();
        return order.withDeliveries(List.of(
                new Delivery(
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        Optional.of(WORK + 1),
                        all.subList(0, all.size() - 1)),
                new Delivery(
                        DeliveryMethod.PICKUP,
                        Optional.of(STORES.get(random.nextInt(STORES.size()))),
                        Optional.of(WORK + 2),
                        all.subList(all.size() - 1, all.size()))));
    }
}
