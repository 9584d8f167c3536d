package io.throughline.domain.routing;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_DOWNTOWN;
import static io.throughline.domain.fulfillment.SampleFacilities.ST_DUBLIN;
import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static io.throughline.domain.order.SampleOrders.BAG;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.MUG;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.transfer.OrderTransferRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final Facilities facilities = new SampleFacilities();
    private final Router router = new Router(facilities.all(), Bundles.none());

    @Test
    void whatNobodyHandsOverBelongsToTheNearestFacilityOfItsChannel() {
        Router router = new Router(new SampleFacilities().all(), Bundles.none());

        RoutingPlan plan = router.planWithoutGoods(SampleOrders.onlyAGiftCard()).orElseThrow();

        assertThat(plan.assignments()).singleElement().satisfies(assignment -> {
            assertThat(assignment.method()).isEqualTo(DeliveryMethod.NONE);
            assertThat(assignment.lines()).hasSize(1);
        });
        assertThat(new Router(List.of(), Bundles.none()).planWithoutGoods(SampleOrders.onlyAGiftCard()))
                .isEmpty();
        assertThat(router.planWithoutGoods(SampleOrders.twoBags())).isEmpty();
    }

    @Test
    void theNearestFacilityThatHasEverythingDoesIt() {
        RoutingPlan plan = plan(
                SampleOrders.twoLinesWithTaxAndDiscount(),
                Map.of(WH_WEST, Map.of(TEE, 9, CAP, 9), WH_EAST, Map.of(TEE, 9, CAP, 9), ST_HARBOR, Map.of(TEE, 9)));

        assertThat(plan.assignments()).singleElement().satisfies(part -> {
            assertThat(part.facility()).isEqualTo(WH_EAST);
            assertThat(part.lines()).extracting(LineQuantity::quantity).containsExactly(2, 1);
            assertThat(part.channelWork()).contains("gid://shopify/FulfillmentOrder/6500000000001");
        });
        assertThat(plan.reason()).contains("WH-EAST");
    }

    @Test
    void aBundleNeedsAllItsPartsInOneFacilityAndSharesThemWithOtherLines() {
        Sku set = Sku.of("NW-SET");
        Router bundling = new Router(
                facilities.all(),
                sku -> sku.equals(set) ? List.of(new Part(TEE, 2), new Part(CAP, 1)) : List.of(new Part(sku, 1)));
        Order order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "B1"), "USD")
                .destination("US", 40, -80)
                .line(set, 2, "10.00")
                .line(TEE, 1, "10.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();

        assertThat(planned(bundling, order, Map.of(WH_EAST, Map.of(TEE, 4, CAP, 2)), Set.of()))
                .as("the last tee is in a set already")
                .isEmpty();
        assertThat(planned(bundling, order, Map.of(WH_EAST, Map.of(TEE, 5), WH_WEST, Map.of(CAP, 2)), Set.of()))
                .as("a set is not put together from two facilities")
                .isEmpty();
        assertThat(planned(bundling, order, Map.of(WH_EAST, Map.of(TEE, 5, CAP, 2)), Set.of())
                        .orElseThrow()
                        .assignments()
                        .getFirst()
                        .lines())
                .extracting(LineQuantity::sku, LineQuantity::quantity)
                .containsExactly(tuple(set, 2), tuple(TEE, 1));
    }

    @Test
    void aFartherFacilityThatHasEverythingIsBetterThanASplit() {
        RoutingPlan plan = plan(
                SampleOrders.twoLinesWithTaxAndDiscount(),
                Map.of(WH_EAST, Map.of(TEE, 2), ST_HARBOR, Map.of(CAP, 1), WH_WEST, Map.of(TEE, 2, CAP, 1)));

        assertThat(plan.assignments())
                .extracting(RoutingPlan.Assignment::facility)
                .containsExactly(WH_WEST);
    }

    @Test
    void aSplitTakesMostFromOneFacilityAndTheNearerWhenEqual() {
        RoutingPlan plan = plan(
                SampleOrders.twoBags(),
                Map.of(WH_WEST, Map.of(BAG, 1), ST_HARBOR, Map.of(BAG, 1), ST_DOWNTOWN, Map.of(BAG, 1)));

        assertThat(plan.assignments())
                .extracting(RoutingPlan.Assignment::facility)
                .containsExactly(ST_HARBOR, ST_DOWNTOWN);
        assertThat(plan.assignments())
                .flatExtracting(RoutingPlan.Assignment::lines)
                .extracting(LineQuantity::quantity)
                .containsExactly(1, 1);
    }

    @Test
    void twoFacilitiesDoWhatThreeWouldAlthoughAThirdHasMost() {
        Order order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "W5"), "USD")
                .destination("US", 40, -80)
                .line(Sku.of("ONE"), 1, "10.00")
                .line(Sku.of("TWO"), 1, "10.00")
                .line(Sku.of("THREE"), 1, "10.00")
                .line(Sku.of("FOUR"), 1, "10.00")
                .line(Sku.of("FIVE"), 1, "10.00")
                .line(Sku.of("SIX"), 1, "10.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();

        RoutingPlan plan = plan(
                order,
                Map.of(
                        WH_EAST, oneEachOf("ONE", "TWO", "FOUR", "FIVE"),
                        ST_DOWNTOWN, oneEachOf("ONE", "TWO", "THREE"),
                        ST_HARBOR, oneEachOf("FOUR", "FIVE", "SIX"),
                        WH_WEST, oneEachOf("FOUR", "FIVE", "SIX")));

        assertThat(plan.assignments())
                .as("the nearest two together")
                .extracting(RoutingPlan.Assignment::facility, RoutingPlan.Assignment::units)
                .containsExactly(tuple(ST_HARBOR, 3), tuple(ST_DOWNTOWN, 3));
        assertThat(plan.reason()).isEqualTo("ST-HARBOR (3), ST-DOWNTOWN (3) by fewest-then-nearest of routing-1");
    }

    @Test
    void aSplitPutsBundlesTogetherBeforeItsPartsAreTakenSingly() {
        Sku set = Sku.of("NW-SET");
        Bundles bundles =
                sku -> sku.equals(set) ? List.of(new Part(TEE, 1), new Part(CAP, 1)) : List.of(new Part(sku, 1));
        Order order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "B2"), "USD")
                .destination("US", 40, -80)
                .line(TEE, 1, "10.00")
                .line(set, 1, "10.00")
                .line(MUG, 2, "10.00")
                .line(BAG, 2, "10.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();

        RoutingPlan plan = planned(
                        new Router(facilities.all(), bundles),
                        order,
                        Map.of(
                                WH_EAST, Map.of(TEE, 1, CAP, 1, MUG, 2),
                                ST_HARBOR, Map.of(TEE, 1, BAG, 2),
                                ST_DOWNTOWN, Map.of(MUG, 2, BAG, 2)),
                        Set.of())
                .orElseThrow();

        assertThat(plan.assignments())
                .extracting(RoutingPlan.Assignment::facility, RoutingPlan.Assignment::units)
                .containsExactly(tuple(WH_EAST, 3), tuple(ST_HARBOR, 3));
        assertThat(plan.assignments().getFirst().lines())
                .extracting(LineQuantity::sku)
                .contains(set);
    }

    @Test
    void whereNotEveryCombinationCanBeTriedThePlanSaysSo() {
        Random random = new Random(11);
        List<Facility> stores = new ArrayList<>();
        Map<FacilityId, Map<Sku, Integer>> stock = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            Facility store = facilities.find(ST_HARBOR).orElseThrow();
            FacilityId id = new FacilityId("ST-%03d".formatted(i));
            stores.add(new Facility(
                    id,
                    store.name(),
                    store.kind(),
                    store.zone(),
                    store.country(),
                    store.point(),
                    store.workAccount(),
                    store.locations(),
                    store.serves(),
                    store.methods()));
            stock.put(id, Map.of(Sku.of("S" + random.nextInt(30)), 1, Sku.of("S" + random.nextInt(30, 60)), 1));
        }
        OrderBuilder builder = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "W5"), "USD");
        IntStream.range(0, 60).forEach(line -> builder.line(Sku.of("S" + line), 1, "10.00"));
        Order order = builder.deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();

        RoutingPlan plan = planned(new Router(stores, Bundles.none()), order, stock, Set.of())
                .orElseThrow();

        assertThat(plan.assignments()).hasSizeBetween(30, 60);
        assertThat(plan.reason())
                .endsWith("by fewest-then-nearest of routing-1, though not every combination was tried");
        assertThat(plan.considered()).hasSizeLessThan(20);
    }

    @Test
    void whoSaidNoIsLeftOut() {
        Map<FacilityId, Map<Sku, Integer>> stock =
                Map.of(WH_EAST, Map.of(TEE, 9, CAP, 9), WH_WEST, Map.of(TEE, 9, CAP, 9));

        assertThat(planned(router, SampleOrders.twoLinesWithTaxAndDiscount(), stock, Set.of(WH_EAST)))
                .hasValueSatisfying(plan -> assertThat(plan.assignments())
                        .extracting(RoutingPlan.Assignment::facility)
                        .containsExactly(WH_WEST));
        assertThat(planned(router, SampleOrders.twoLinesWithTaxAndDiscount(), stock, Set.of(WH_EAST, WH_WEST)))
                .isEmpty();
    }

    @Test
    void aPickupStaysWhereTheCustomerIs() {
        Order pickup = SampleOrders.pickup();

        assertThat(plan(pickup, Map.of(ST_DOWNTOWN, Map.of(MUG, 1), ST_HARBOR, Map.of(MUG, 9)))
                        .assignments())
                .extracting(RoutingPlan.Assignment::facility)
                .containsExactly(ST_DOWNTOWN);
        assertThat(planned(router, pickup, Map.of(ST_HARBOR, Map.of(MUG, 9)), Set.of()))
                .isEmpty();
        assertThat(router.allowed(pickup)).containsExactly(ST_DOWNTOWN);
    }

    @Test
    void eachLineIsReservedFromWhoeverMayGiveIt() {
        Order order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000881"), "USD")
                .line(TEE, 1, "25.00")
                .line(CAP, 1, "40.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();

        assertThat(router.places(
                        order,
                        OrderTransferRules.none(),
                        (facility, sku) -> sku.equals(TEE) || facility.equals(WH_WEST)))
                .isEqualTo(Map.of(
                        order.lines().get(0).id(), router.allowed(order),
                        order.lines().get(1).id(), Set.of(WH_WEST)));
        Order pickup = SampleOrders.pickup();
        assertThat(router.places(pickup, OrderTransferRules.none(), (facility, sku) -> false))
                .as("what was promised at a store is had there, whatever has been switched off since")
                .isEqualTo(Map.of(pickup.lines().getFirst().id(), Set.of(ST_DOWNTOWN)));
    }

    @Test
    void whatAStoreHasSoldForOthersToShipItDoesNotShip() {
        Order sold = SampleOrders.twoLinesWithTaxAndDiscount().withSoldAt(ST_HARBOR);
        Map<FacilityId, Map<Sku, Integer>> stock =
                Map.of(ST_HARBOR, Map.of(TEE, 9, CAP, 9), WH_WEST, Map.of(TEE, 9, CAP, 9));

        assertThat(plan(sold, stock).assignments())
                .extracting(RoutingPlan.Assignment::facility)
                .containsExactly(WH_WEST);
        assertThat(router.allowed(sold)).doesNotContain(ST_HARBOR).contains(WH_WEST);
        assertThat(plan(SampleOrders.pickup().withSoldAt(ST_DOWNTOWN), Map.of(ST_DOWNTOWN, Map.of(MUG, 1)))
                        .assignments())
                .as("what is collected there is")
                .extracting(RoutingPlan.Assignment::facility)
                .containsExactly(ST_DOWNTOWN);
    }

    @Test
    void aTillSaleNeedsNoStock() {
        RoutingPlan plan = router.planCarriedOut(SampleOrders.tillSale()).orElseThrow();

        assertThat(plan.assignments()).singleElement().satisfies(part -> {
            assertThat(part.facility()).isEqualTo(ST_HARBOR);
            assertThat(part.method()).isEqualTo(DeliveryMethod.CARRIED_OUT);
        });
    }

    @Test
    void aGiftCardIsNobodysWork() {
        RoutingPlan plan = plan(SampleOrders.giftCards(), Map.of(WH_EAST, Map.of(TEE, 1)));

        assertThat(plan.assignments())
                .flatExtracting(RoutingPlan.Assignment::lines)
                .extracting(LineQuantity::sku)
                .containsExactly(TEE);
    }

    @Test
    void theOwnCountryGoesBeforeTheNearerOneAbroad() {
        Order irish = SampleOrders.taxesIncluded();
        Map<Sku, Integer> all = Map.of(SampleOrders.JACKET, 9, TEE, 9);

        assertThat(plan(irish, Map.of(ST_DUBLIN, all, WH_EAST, all)).assignments())
                .extracting(RoutingPlan.Assignment::facility)
                .containsExactly(ST_DUBLIN);
    }

    @Test
    void atTheSameDistanceAWarehouseGoesBeforeAStoreThenTheName() {
        Order nowhere = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .line(TEE, 1, "25.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
        Map<Sku, Integer> one = Map.of(TEE, 1);

        assertThat(plan(nowhere, Map.of(ST_DOWNTOWN, one, WH_WEST, one, WH_EAST, one))
                        .assignments())
                .extracting(RoutingPlan.Assignment::facility)
                .containsExactly(WH_EAST);
        assertThat(plan(nowhere, Map.of(ST_HARBOR, one, ST_DOWNTOWN, one)).assignments())
                .extracting(RoutingPlan.Assignment::facility)
                .containsExactly(ST_DOWNTOWN);
    }

    @Test
    void aWarehouseOfAnotherShopIsNoCandidate() {
        assertThat(router.allowed(SampleOrders.yen())).containsExactlyInAnyOrder(ST_DOWNTOWN, ST_HARBOR, ST_DUBLIN);
    }

    @Test
    void twoLinesOfOneSkuShareItsStock() {
        Order order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .line(TEE, 2, "50.00")
                .line(TEE, 2, "50.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();

        assertThat(planned(router, order, Map.of(WH_EAST, Map.of(TEE, 3)), Set.of()))
                .isEmpty();
        assertThat(planned(router, order, Map.of(WH_EAST, Map.of(TEE, 3), WH_WEST, Map.of(TEE, 1)), Set.of()))
                .isPresent();
    }

    @Test
    void aPlanNeverUsesMoreThanThereIsAndLeavesNothingOut() {
        long seed = 4711;
        Random random = new Random(seed);
        List<Sku> skus = List.of(TEE, CAP, MUG, BAG);
        int planned = 0;
        for (int run = 0; run < 3000; run++) {
            OrderBuilder builder =
                    new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "R" + run), "USD").destination("US", 40, -80);
            int lines = 1 + random.nextInt(5);
            for (int i = 0; i < lines; i++) {
                builder.line(skus.get(random.nextInt(skus.size())), 1 + random.nextInt(4), "10.00");
            }
            Order order = builder.deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                    .build();
            Map<FacilityId, Map<Sku, Integer>> stock = new HashMap<>();
            for (Facility facility : facilities.all()) {
                stock.put(facility.id(), skus.stream().collect(Collectors.toMap(sku -> sku, sku -> random.nextInt(4))));
            }

            Optional<RoutingPlan> plan = planned(router, order, stock, Set.of());

            String which = "seed " + seed + " run " + run;
            assertThat(plan.isPresent()).as(which).isEqualTo(enough(order, stock));
            if (plan.isPresent()) {
                planned++;
                assertThat(byLine(plan.get().assignments().stream()
                                .flatMap(part -> part.lines().stream())
                                .toList()))
                        .as(which)
                        .isEqualTo(byLine(order.deliveries().getFirst().lines()));
                assertNothingOverdrawn(plan.get(), stock, which);
                assertThat(plan.get().assignments()).as(which).hasSize(fewestThatServe(order, stock));
            }
        }
        assertThat(planned).as("the cases are not all alike").isBetween(500, 2900);
    }

    private static void assertNothingOverdrawn(
            RoutingPlan plan, Map<FacilityId, Map<Sku, Integer>> stock, String which) {
        assertThat(plan.assignments())
                .as(which)
                .extracting(RoutingPlan.Assignment::facility)
                .doesNotHaveDuplicates();
        for (RoutingPlan.Assignment part : plan.assignments()) {
            part.lines().stream()
                    .collect(Collectors.groupingBy(LineQuantity::sku, Collectors.summingInt(LineQuantity::quantity)))
                    .forEach((sku, used) -> assertThat(used)
                            .as(which)
                            .isLessThanOrEqualTo(stock.get(part.facility()).get(sku)));
        }
    }

    private static boolean enough(Order order, Map<FacilityId, Map<Sku, Integer>> stock) {
        Map<Sku, Integer> wanted = order.deliveries().getFirst().lines().stream()
                .collect(Collectors.groupingBy(LineQuantity::sku, Collectors.summingInt(LineQuantity::quantity)));
        return wanted.entrySet().stream()
                .allMatch(need -> stock.values().stream()
                                .mapToInt(bySku -> bySku.getOrDefault(need.getKey(), 0))
                                .sum()
                        >= need.getValue());
    }

    /** By every subset of the facilities. */
    private static int fewestThatServe(Order order, Map<FacilityId, Map<Sku, Integer>> stock) {
        List<FacilityId> all = List.copyOf(stock.keySet());
        return IntStream.range(1, 1 << all.size())
                .filter(subset -> {
                    Map<FacilityId, Map<Sku, Integer>> together = new HashMap<>(stock);
                    together.keySet().removeIf(id -> (subset & 1 << all.indexOf(id)) == 0);
                    return enough(order, together);
                })
                .map(Integer::bitCount)
                .min()
                .orElseThrow();
    }

    private static Map<Sku, Integer> oneEachOf(String... skus) {
        return Arrays.stream(skus).collect(Collectors.toMap(Sku::of, sku -> 1));
    }

    private static Map<String, Integer> byLine(List<LineQuantity> lines) {
        return lines.stream()
                .collect(Collectors.groupingBy(LineQuantity::lineId, Collectors.summingInt(LineQuantity::quantity)));
    }

    private RoutingPlan plan(Order order, Map<FacilityId, Map<Sku, Integer>> stock) {
        return planned(router, order, stock, Set.of()).orElseThrow();
    }

    private static Optional<RoutingPlan> planned(
            Router router, Order order, Map<FacilityId, Map<Sku, Integer>> stock, Set<FacilityId> excluded) {
        RoutingQuestion question = RoutingQuestion.of(
                order, SampleRoutingPolicies.DEFAULT, excluded, Instant.parse("2026-11-20T15:05:00Z"));
        return router.route(question, RoutingFacts.of(stock)) instanceof RoutingOutcome.Planned(RoutingPlan plan)
                ? Optional.of(plan)
                : Optional.empty();
    }
}
