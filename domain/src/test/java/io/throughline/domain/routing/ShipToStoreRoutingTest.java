package io.throughline.domain.routing;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_DOWNTOWN;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.MUG;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import io.throughline.domain.transfer.OrderTransferRules;
import io.throughline.domain.transfer.OrderTransferTerms;
import io.throughline.domain.transfer.TransferTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a customer is to collect, and the store has not: who sends it there. */
class ShipToStoreRoutingTest {
    private static final OrderTransferRules FROM_WAREHOUSES =
            (from, to) -> from.value().startsWith("WH-") && to.equals(ST_DOWNTOWN)
                    ? Optional.of(new OrderTransferTerms(
                            new TransferTerms("stock-1", "to-downtown", Duration.ofDays(2), 2, 0),
                            Duration.ofHours(12)))
                    : Optional.empty();

    private final Router router = new Router(new SampleFacilities().all(), Bundles.none());

    @Test
    void whatTheStoreHasNotIsSentThereByTheNearestThatHasItAndKeepsEnough() {
        Assignment sent = assignment(SampleOrders.pickup(), Map.of(WH_EAST, Map.of(MUG, 9), WH_WEST, Map.of(MUG, 3)));

        assertThat(sent.facility()).isEqualTo(ST_DOWNTOWN);
        assertThat(sent.method()).isEqualTo(DeliveryMethod.PICKUP);
        assertThat(sent.sent().orElseThrow().from()).isEqualTo(WH_WEST);
        assertThat(sent.own()).isEmpty();
        assertThat(assignment(SampleOrders.pickup(), Map.of(WH_EAST, Map.of(MUG, 9), WH_WEST, Map.of(MUG, 2)))
                        .sent()
                        .orElseThrow()
                        .from())
                .as("two stay in the west")
                .isEqualTo(WH_EAST);
    }

    @Test
    void whatLiesInTheStoreIsTakenFromThere() {
        assertThat(assignment(SampleOrders.pickup(), Map.of(ST_DOWNTOWN, Map.of(MUG, 1), WH_WEST, Map.of(MUG, 9)))
                        .sent())
                .isEmpty();

        Assignment both =
                assignment(mugsAndCaps(), Map.of(ST_DOWNTOWN, Map.of(MUG, 1, CAP, 1), WH_WEST, Map.of(MUG, 9, CAP, 9)));
        assertThat(both.own()).extracting(LineQuantity::sku).containsExactly(MUG);
        assertThat(both.sent().orElseThrow().lines())
                .as("a line of which the store has a part comes whole")
                .extracting(LineQuantity::quantity)
                .containsExactly(2);
    }

    @Test
    void whoHasRefusedItOrHasNotAllOfItDoesNotSendIt() {
        assertThat(route(SampleOrders.pickup(), Map.of(WH_WEST, Map.of(MUG, 9)), Set.of(WH_WEST)))
                .isInstanceOf(Unplaced.class);
        assertThat(route(mugsAndCaps(), Map.of(WH_WEST, Map.of(MUG, 9), WH_EAST, Map.of(CAP, 9)), Set.of()))
                .isInstanceOf(Unplaced.class);
        assertThat(route(SampleOrders.pickup(), Map.of(WH_WEST, Map.of(MUG, 9)), Set.of(ST_DOWNTOWN)))
                .as("a store that has said no, or is paused, is not sent anything")
                .isInstanceOf(Unplaced.class);
    }

    @Test
    void theOrderMayBeServedByWhoeverMaySendIt() {
        assertThat(router.allowed(SampleOrders.pickup(), FROM_WAREHOUSES))
                .containsExactlyInAnyOrder(ST_DOWNTOWN, WH_EAST, WH_WEST);
        assertThat(router.allowed(SampleOrders.pickup(), OrderTransferRules.none()))
                .containsExactly(ST_DOWNTOWN);
        Router withBundles = new Router(
                new SampleFacilities().all(), sku -> List.of(new Bundles.Part(sku.equals(MUG) ? CAP : sku, 1)));
        assertThat(withBundles.allowed(SampleOrders.pickup(), FROM_WAREHOUSES))
                .as("what is not sent is not kept for it")
                .containsExactly(ST_DOWNTOWN);
    }

    private static Order mugsAndCaps() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000991"), "USD")
                .line(MUG, 1, "18.00")
                .line(CAP, 2, "20.00")
                .deliver(DeliveryMethod.PICKUP, Optional.of(ST_DOWNTOWN), Optional.empty())
                .paid()
                .build();
    }

    private Assignment assignment(Order order, Map<FacilityId, Map<Sku, Integer>> stock) {
        assertThat(route(order, stock, Set.of())).isInstanceOf(Planned.class);
        List<Assignment> assignments =
                ((Planned) route(order, stock, Set.of())).plan().assignments();
        assertThat(assignments).hasSize(1);
        return assignments.getFirst();
    }

    private RoutingOutcome route(Order order, Map<FacilityId, Map<Sku, Integer>> stock, Set<FacilityId> excluded) {
        return router.route(
                new RoutingQuestion(
                        order,
                        SampleRoutingPolicies.DEFAULT,
                        (facility, sku) -> true,
                        excluded,
                        Optional.empty(),
                        Instant.EPOCH,
                        FROM_WAREHOUSES),
                new RoutingFacts(stock, Map.of()));
    }
}
