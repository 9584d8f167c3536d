package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Commitment.Waiting;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.policy.SamplePolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is ordered, whatever stock there is and however facilities, carriers and customers behave: each unit is handed over, or somebody can
 * say where it stands; none is handed over or reserved twice, or lost; and nobody is given again what he has rejected.
 */
class ReroutePropertiesTest {
    private static final int MOST_EVENTS = 10;

    /** {@code -Dthroughline.reroutes.seeds=400} tries as many; {@code -Dthroughline.reroutes.seed} one. */
    static Stream<Long> seeds() {
        Long one = Long.getLong("throughline.reroutes.seed");
        return one == null
                ? Stream.iterate(1L, seed -> seed + 1).limit(Integer.getInteger("throughline.reroutes.seeds", 16))
                : Stream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachLineEndsSomewhereAndNoFacilityGetsItTwice(long seed) {
        Random random = new Random(seed);
        try (OrderRun run = OrderRun.under(SamplePolicies.ANYWHERE, RandomOrders.next(random))) {
            UnrulyRetail retail = new UnrulyRetail(run, random);
            run.start();
            retail.awaitRest();
            for (int event = 0; event < MOST_EVENTS && run.running() && retail.happens(); event++) {
                awaitAccounts(run, retail, seed);
            }
            retail.calms();
            awaitAccounts(run, retail, seed);

            assertEnded(run, seed, retail);
            assertThat(retail.givenAgain()).as("seed %d", seed).isEmpty();
            assertThat(run.retail.vendor.effects())
                    .as("seed %d, %s", seed, retail.happened())
                    .doesNotHaveDuplicates();
        }
    }

    /** The process goes on with what is not looked at here, so that its books may be a moment behind. */
    private static void awaitAccounts(OrderRun run, UnrulyRetail retail, long seed) {
        for (OrderLine line : run.order.lines()) {
            run.await(
                    "seed " + seed + ": what there is of " + line + " after " + retail.happened(),
                    () -> onHand(run, line) + handedOver(run, line) == retail.units(line.sku()));
        }
        run.await(
                "seed " + seed + ": what is reserved after " + retail.happened(),
                () -> run.retail.inventory.reservedFor(run.order.id()) + backordered(run) == unitsOf(wanted(run)));
    }

    private static int onHand(OrderRun run, OrderLine line) {
        return SampleFacilities.ALL_IDS.stream()
                .mapToInt(facility -> run.retail.inventory.onHand(facility, line.sku()))
                .sum();
    }

    private static int handedOver(OrderRun run, OrderLine line) {
        return units(
                all(run).stream().filter(work -> work.status().handedOver()).toList(), line.id());
    }

    private static int backordered(OrderRun run) {
        return run.retail.inventory.stockOf(run.order.id()).waiting().stream()
                .mapToInt(Waiting::units)
                .sum();
    }

    /** What is still to be handed over. */
    private static List<FulfillmentOrder> wanted(OrderRun run) {
        List<FulfillmentOrder> wanted = new ArrayList<>(
                all(run).stream().filter(work -> !work.status().terminal()).toList());
        wanted.addAll(waiting(run));
        return wanted;
    }

    /** What a reroute that has not ended looks after: it waits, its customer is asked, or a person is. */
    private static List<FulfillmentOrder> waiting(OrderRun run) {
        return run.retail.reroutes.ofOrder(run.order.id()).stream()
                .filter(one -> !one.ended())
                .map(Reroute::id)
                .map(id -> run.retail.work.get(id.work()))
                .filter(work -> work.status() == FulfillmentStatus.REJECTED)
                .toList();
    }

    private static void assertEnded(OrderRun run, long seed, UnrulyRetail retail) {
        List<FulfillmentOrder> waiting = waiting(run);
        String end = waiting.isEmpty() ? run.result() : "";
        if (end.equals("CANCELLED")) {
            assertThat(all(run)).noneMatch(work -> work.status().handedOver());
            return;
        }
        assertThat(end).as("seed %d, %s", seed, retail.happened()).isEqualTo(waiting.isEmpty() ? "COMPLETED" : "");
        for (OrderLine line : run.order.lines()) {
            assertThat(handedOver(run, line) + units(waiting, line.id()))
                    .as("seed %d, %s of %s after %s", seed, line.id(), all(run), retail.happened())
                    .isEqualTo(line.quantity());
        }
    }

    private static List<FulfillmentOrder> all(OrderRun run) {
        return run.retail.work.ofOrder(run.order.id());
    }

    private static int units(List<FulfillmentOrder> work, String lineId) {
        return work.stream()
                .flatMap(one -> one.lines().stream())
                .filter(line -> line.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    private static int unitsOf(List<FulfillmentOrder> work) {
        return work.stream()
                .flatMap(one -> one.lines().stream())
                .mapToInt(LineQuantity::quantity)
                .sum();
    }
}
