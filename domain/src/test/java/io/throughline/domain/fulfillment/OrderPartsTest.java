package io.throughline.domain.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderPartsTest {
    private static final Sku SET = SampleOrders.JACKET;
    private static final Bundles BUNDLES = sku -> sku.equals(SET)
            ? List.of(new Part(SampleOrders.TEE, 2), new Part(SampleOrders.CAP, 1))
            : List.of(new Part(sku, 1));

    @Test
    void whatIsReadyOfAParcelGoesOut() {
        Order order = order(shipping("FO1", line("L1", SampleOrders.TEE, 3), line("L2", SampleOrders.CAP, 1)));

        assertThat(ready(order, List.of(), line("L1", SampleOrders.TEE, 2)))
                .containsExactly(shipping("FO1", line("L1", SampleOrders.TEE, 2)));
    }

    @Test
    void aPickupIsNotSplit() {
        Delivery pickup = new Delivery(
                DeliveryMethod.PICKUP,
                Optional.of(SampleFacilities.ST_HARBOR),
                Optional.of("FO1"),
                List.of(line("L1", SampleOrders.TEE, 2)));

        assertThat(ready(order(pickup), List.of(), line("L1", SampleOrders.TEE, 1)))
                .isEmpty();
        assertThat(ready(order(pickup), List.of(), line("L1", SampleOrders.TEE, 2)))
                .containsExactly(pickup);
    }

    /** The channel has made an item of its own of what was given out. */
    @Test
    void whatWasGivenOutIsFoundWhicheverItemHoldsItNow() {
        Order split = order(
                shipping("FO2", line("L1", SampleOrders.TEE, 2)), shipping("FO1", line("L1", SampleOrders.TEE, 3)));
        Order whole = order(shipping("FO1", line("L1", SampleOrders.TEE, 5)));
        List<FulfillmentOrder> given = List.of(work(split, 1, "FO2", line("L1", SampleOrders.TEE, 2)));

        assertThat(ready(split, given, line("L1", SampleOrders.TEE, 3)))
                .containsExactly(shipping("FO1", line("L1", SampleOrders.TEE, 3)));
        assertThat(ready(whole, given, line("L1", SampleOrders.TEE, 3)))
                .containsExactly(shipping("FO1", line("L1", SampleOrders.TEE, 3)));
    }

    @Test
    void ofABundleOnlyWholeOnesGoOut() {
        Order order = order(shipping("FO1", line("L1", SET, 3)));

        assertThat(ready(order, List.of(), line("L1", SampleOrders.TEE, 5), line("L1", SampleOrders.CAP, 3)))
                .containsExactly(shipping("FO1", line("L1", SET, 2)));
    }

    @Test
    void whatIsToComeOfABundleIsWhatAnyComponentLacks() {
        OrderStock stock = new OrderStock(
                List.of(new Commitment.Waiting("L1", SampleOrders.TEE, 3, Instant.MAX)),
                List.of(),
                Set.of("L1"),
                List.of(line("L1", SampleOrders.TEE, 1), line("L1", SampleOrders.CAP, 2)),
                Optional.empty());

        assertThat(stock.outstanding("L1", SET, BUNDLES)).isEqualTo(2);
        assertThat(stock.ready("L1", SET, BUNDLES)).isZero();
    }

    /** However units come, no more is given out than is reserved, nor than was ordered, and all of it in the end. */
    @Test
    void partsSumToTheOrder() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Order order = order(
                    shipping("FO1", line("L1", SampleOrders.TEE, 1 + random.nextInt(4))),
                    shipping(
                            "FO2",
                            line("L1", SampleOrders.TEE, 1 + random.nextInt(4)),
                            line("L2", SampleOrders.CAP, 1 + random.nextInt(4))));
            int tees = wanted(order, "L1");
            int caps = wanted(order, "L2");
            List<FulfillmentOrder> given = new ArrayList<>();
            int teesFree = 0;
            int capsFree = 0;
            while (units(given, "L1") < tees || units(given, "L2") < caps) {
                teesFree = Math.min(tees - units(given, "L1"), teesFree + random.nextInt(3));
                capsFree = Math.min(caps - units(given, "L2"), capsFree + random.nextInt(3));
                List<LineQuantity> free = new ArrayList<>();
                if (teesFree > 0) {
                    free.add(line("L1", SampleOrders.TEE, teesFree));
                }
                if (capsFree > 0) {
                    free.add(line("L2", SampleOrders.CAP, capsFree));
                }
                List<Delivery> parts = ready(order, given, free.toArray(LineQuantity[]::new));
                int size = given.size();
                for (Delivery part : parts) {
                    given.add(work(order, ++size, "", part.lines().toArray(LineQuantity[]::new)));
                }
                assertThat(parts.stream()
                                .flatMap(part -> part.lines().stream())
                                .mapToInt(LineQuantity::quantity)
                                .sum())
                        .as("seed %d round %d", seed, round)
                        .isEqualTo(teesFree + capsFree);
                teesFree = 0;
                capsFree = 0;
            }
            assertThat(units(given, "L1")).as("seed %d round %d", seed, round).isEqualTo(tees);
            assertThat(units(given, "L2")).as("seed %d round %d", seed, round).isEqualTo(caps);
        }
    }

    private static int wanted(Order order, String lineId) {
        return order.deliveries().stream()
                .flatMap(delivery -> delivery.lines().stream())
                .filter(part -> part.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    private static int units(List<FulfillmentOrder> given, String lineId) {
        return given.stream()
                .flatMap(one -> one.lines().stream())
                .filter(part -> part.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    private static List<Delivery> ready(Order order, List<FulfillmentOrder> given, LineQuantity... unplaced) {
        return OrderParts.ready(
                order,
                given,
                new OrderStock(List.of(), List.of(), Set.of(), List.of(unplaced), Optional.empty()),
                BUNDLES);
    }

    private static Order order(Delivery... deliveries) {
        OrderBuilder order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .line(SampleOrders.TEE, 9, "90.00")
                .line(SampleOrders.CAP, 9, "90.00");
        for (Delivery delivery : deliveries) {
            order.delivery(delivery);
        }
        return order.build();
    }

    private static Delivery shipping(String item, LineQuantity... lines) {
        return new Delivery(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of(item), List.of(lines));
    }

    private static LineQuantity line(String id, Sku sku, int units) {
        return new LineQuantity(id, sku, units);
    }

    private static FulfillmentOrder work(Order order, int ordinal, String item, LineQuantity... lines) {
        return new FulfillmentOrder(
                FulfillmentOrderId.of(order.id(), ordinal),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.RELEASED,
                List.of(lines),
                Optional.of(item),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
