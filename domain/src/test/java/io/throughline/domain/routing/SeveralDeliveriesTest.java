package io.throughline.domain.routing;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_DOWNTOWN;
import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.MUG;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Orders that their channel has cut into several deliveries. */
class SeveralDeliveriesTest {
    private final Router router = new Router(new SampleFacilities().all(), Bundles.none());

    /** Whichever its channel names first. */
    @Test
    void whatIsCollectedInAStoreGetsItsLastUnitAndWhatIsShippedComesFromElsewhere() {
        Delivery pickup = delivery("FO-2", Optional.of(ST_DOWNTOWN), part("L2", MUG, 1));
        Delivery shipping = delivery("FO-1", Optional.empty(), part("L1", MUG, 1));
        for (List<Delivery> deliveries : List.of(List.of(shipping, pickup), List.of(pickup, shipping))) {
            RoutingPlan plan = planned(
                    SampleRoutingPolicies.DEFAULT,
                    order(30.2, -97.7, deliveries, MUG, MUG),
                    Map.of(ST_DOWNTOWN, Map.of(MUG, 1), WH_WEST, Map.of(MUG, 1)));

            assertThat(plan.assignments())
                    .extracting(Assignment::method, Assignment::facility)
                    .containsExactlyInAnyOrder(
                            tuple(DeliveryMethod.PICKUP, ST_DOWNTOWN), tuple(DeliveryMethod.SHIPPING, WH_WEST));
        }
    }

    @Test
    void whatItsChannelHasCutByLocationsComesFromTheOnePlaceThatHasItAllAndKeepsItsItems() {
        RoutingPlan plan = planned(
                SampleRoutingPolicies.DEFAULT,
                order(
                        42.3,
                        -71.0,
                        List.of(
                                delivery("FO-1", Optional.empty(), part("L1", TEE, 1)),
                                delivery("FO-2", Optional.empty(), part("L2", CAP, 2))),
                        TEE,
                        CAP),
                Map.of(ST_HARBOR, Map.of(TEE, 9), WH_EAST, Map.of(TEE, 9, CAP, 9), ST_DOWNTOWN, Map.of(CAP, 9)));

        assertThat(plan.assignments())
                .extracting(
                        Assignment::facility,
                        assignment -> assignment.channelWork().orElseThrow())
                .containsExactly(tuple(WH_EAST, "FO-1"), tuple(WH_EAST, "FO-2"));
    }

    /** The nearest for the first would leave the second without anybody. */
    @Test
    void oneDeliveryTakesNothingThatAnotherCanOnlyHaveThere() {
        RoutingPlan plan = planned(
                SampleRoutingPolicies.DEFAULT,
                order(
                        42.3,
                        -71.0,
                        List.of(
                                delivery("FO-1", Optional.empty(), part("L1", TEE, 1)),
                                delivery("FO-2", Optional.empty(), part("L2", TEE, 1), part("L3", CAP, 1))),
                        TEE,
                        TEE,
                        CAP),
                Map.of(ST_HARBOR, Map.of(TEE, 1, CAP, 1), WH_WEST, Map.of(TEE, 1)));

        assertThat(units(plan)).isEqualTo(Map.of("L1", 1, "L2", 1, "L3", 1));
    }

    @Test
    void aLineThatIsInTwoDeliveriesIsCutBackByWhatEachHasOfIt() {
        RoutingPlan plan = planned(
                SampleRoutingPolicies.DEFAULT,
                order(
                        42.3,
                        -71.0,
                        List.of(
                                delivery("FO-1", Optional.empty(), part("L1", TEE, 2)),
                                delivery("FO-2", Optional.empty(), part("L1", TEE, 1))),
                        TEE),
                Map.of(WH_EAST, Map.of(TEE, 2), ST_DOWNTOWN, Map.of(TEE, 1)));

        assertThat(plan.assignments())
                .extracting(
                        Assignment::facility,
                        assignment -> assignment.channelWork().orElseThrow(),
                        Assignment::units)
                .containsExactlyInAnyOrder(tuple(WH_EAST, "FO-1", 2), tuple(ST_DOWNTOWN, "FO-2", 1));
    }

    /** The limit is the order's, where it can be kept; what could be given out before it was is given out still. */
    @Test
    void aLimitThatOnlyTheWholeOrderExceedsLeavesNothingUnplaced() {
        RoutingPolicy one = SampleRoutingPolicies.of(
                "routing-2",
                new RoutingRule(
                        "one",
                        RoutingRule.Concerns.everything(),
                        RoutingRule.Candidates.everybody(),
                        List.of(Criterion.SPLITS, Criterion.DISTANCE),
                        Optional.of(1),
                        AfterAction.of(AfterAction.Kind.CASE)));
        Order order = order(
                42.3,
                -71.0,
                List.of(
                        delivery("FO-1", Optional.empty(), part("L1", TEE, 1)),
                        delivery("FO-2", Optional.empty(), part("L2", CAP, 1))),
                TEE,
                CAP);

        assertThat(planned(
                                one,
                                order,
                                Map.of(
                                        ST_HARBOR, Map.of(TEE, 1),
                                        WH_WEST, Map.of(TEE, 1, CAP, 1)))
                        .assignments())
                .extracting(Assignment::facility)
                .containsOnly(WH_WEST);
        assertThat(planned(one, order, Map.of(ST_HARBOR, Map.of(TEE, 1), WH_WEST, Map.of(CAP, 1)))
                        .assignments())
                .extracting(Assignment::facility)
                .containsExactly(ST_HARBOR, WH_WEST);
    }

    @Test
    void whatWasCarriedOutIsNobodysToGiveOut() {
        Order basket = order(
                42.3,
                -71.0,
                List.of(
                        new Delivery(
                                DeliveryMethod.CARRIED_OUT,
                                Optional.of(ST_DOWNTOWN),
                                Optional.of("FO-1"),
                                List.of(part("L1", TEE, 1))),
                        delivery("FO-2", Optional.empty(), part("L2", CAP, 1))),
                TEE,
                CAP);

        assertThat(planned(SampleRoutingPolicies.DEFAULT, basket, Map.of(WH_EAST, Map.of(CAP, 1)))
                        .assignments())
                .singleElement()
                .extracting(assignment -> assignment.channelWork().orElseThrow())
                .isEqualTo("FO-2");
        assertThat(router.planCarriedOut(basket).orElseThrow().assignments())
                .singleElement()
                .extracting(Assignment::facility)
                .isEqualTo(ST_DOWNTOWN);
    }

    /** Of orders, stock and cuts at random: all is given out as it was cut, nobody gives what he has not, and never from more places than uncut. */
    @Test
    void aCutOrderIsGivenOutFromAsFewPlacesAsTheSameOrderUncut() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            int tees = 1 + random.nextInt(3);
            int caps = 1 + random.nextInt(3);
            Map<FacilityId, Map<Sku, Integer>> stock = new HashMap<>();
            List.of(WH_EAST, WH_WEST, ST_HARBOR, ST_DOWNTOWN)
                    .forEach(id -> stock.put(id, Map.of(TEE, random.nextInt(4), CAP, random.nextInt(4))));
            int first = random.nextInt(tees + 1);
            Order whole = order(
                    42.3,
                    -71.0,
                    List.of(delivery("FO-1", Optional.empty(), part("L1", TEE, tees), part("L2", CAP, caps))),
                    TEE,
                    CAP);
            List<Delivery> cut = first == 0 || first == tees
                    ? List.of(
                            delivery("FO-1", Optional.empty(), part("L1", TEE, tees)),
                            delivery("FO-2", Optional.empty(), part("L2", CAP, caps)))
                    : List.of(
                            delivery("FO-1", Optional.empty(), part("L1", TEE, first)),
                            delivery("FO-2", Optional.empty(), part("L1", TEE, tees - first), part("L2", CAP, caps)));
            Optional<RoutingPlan> uncut = plan(SampleRoutingPolicies.DEFAULT, whole, stock);
            Optional<RoutingPlan> plan = plan(SampleRoutingPolicies.DEFAULT, whole.withDeliveries(cut), stock);

            assertThat(plan.isPresent()).as("seed %s", seed).isEqualTo(uncut.isPresent());
            plan.ifPresent(found -> {
                assertThat(facilities(found)).as("seed %s", seed).isEqualTo(facilities(uncut.orElseThrow()));
                assertThat(units(found)).as("seed %s", seed).isEqualTo(Map.of("L1", tees, "L2", caps));
                assertThat(byItem(found)).as("seed %s", seed).isEqualTo(byItem(cut));
            });
        }
    }

    private static Set<FacilityId> facilities(RoutingPlan plan) {
        return Set.copyOf(plan.assignments().stream().map(Assignment::facility).toList());
    }

    private static Map<String, Integer> units(RoutingPlan plan) {
        Map<String, Integer> units = new HashMap<>();
        plan.assignments().stream()
                .flatMap(assignment -> assignment.lines().stream())
                .forEach(line -> units.merge(line.lineId(), line.quantity(), Integer::sum));
        return units;
    }

    private static Map<String, Integer> byItem(RoutingPlan plan) {
        Map<String, Integer> units = new HashMap<>();
        plan.assignments()
                .forEach(assignment -> assignment
                        .lines()
                        .forEach(line -> units.merge(
                                assignment.channelWork().orElseThrow() + line.lineId(),
                                line.quantity(),
                                Integer::sum)));
        return units;
    }

    private static Map<String, Integer> byItem(List<Delivery> deliveries) {
        Map<String, Integer> units = new HashMap<>();
        deliveries.forEach(delivery -> delivery.lines()
                .forEach(line -> units.merge(
                        delivery.channelWork().orElseThrow() + line.lineId(), line.quantity(), Integer::sum)));
        return units;
    }

    private RoutingPlan planned(RoutingPolicy policy, Order order, Map<FacilityId, Map<Sku, Integer>> stock) {
        return plan(policy, order, stock).orElseThrow();
    }

    private Optional<RoutingPlan> plan(RoutingPolicy policy, Order order, Map<FacilityId, Map<Sku, Integer>> stock) {
        RoutingQuestion question = RoutingQuestion.of(order, policy, Set.of(), Instant.parse("2026-11-20T15:05:00Z"));
        return router.route(question, RoutingFacts.of(stock)) instanceof Planned(RoutingPlan plan)
                ? Optional.of(plan)
                : Optional.empty();
    }

    private static Order order(double latitude, double longitude, List<Delivery> deliveries, Sku... skus) {
        OrderBuilder order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000831"), "USD")
                .destination("US", latitude, longitude);
        for (Sku sku : skus) {
            order.line(sku, 9, "90.00");
        }
        return order.build().withDeliveries(deliveries);
    }

    private static Delivery delivery(String item, Optional<FacilityId> store, LineQuantity... lines) {
        return new Delivery(
                store.isPresent() ? DeliveryMethod.PICKUP : DeliveryMethod.SHIPPING,
                store,
                Optional.of(item),
                List.of(lines));
    }

    private static LineQuantity part(String line, Sku sku, int units) {
        return new LineQuantity(line, sku, units);
    }
}
