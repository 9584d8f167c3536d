package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever stock there is and however facilities behave: each unit is handed over, or somebody can say where it stands; none is handed over
 * twice, and nobody is given again what he has rejected.
 */
class ReroutePropertiesTest {
    private static final int MOST_EVENTS = 14;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void eachLineEndsSomewhereAndNoFacilityGetsItTwice(long seed) {
        Random random = new Random(seed);
        try (OrderRun run = RerouteRunTest.rerouting(SampleOrders.authorisedOnly())) {
            run.order
                    .lines()
                    .forEach(line -> SampleFacilities.ALL_IDS.forEach(facility -> run.retail.inventory.stock(
                            facility, line.sku(), facility.equals(SampleFacilities.WH_EAST) ? 3 : random.nextInt(4))));
            run.start();
            for (int event = 0; event < MOST_EVENTS && isUnderWay(run); event++) {
                run.await("rest", () -> isAtRest(run));
                released(run).stream()
                        .skip(random.nextInt(Math.max(1, released(run).size())))
                        .findFirst()
                        .ifPresent(work -> happens(run, work, random));
                assertThat(handedOver(run)).as("seed %d", seed).allMatch(line -> line <= wantedOfAll(run));
            }
            run.await("rest", () -> isAtRest(run));
            released(run).forEach(work -> run.reports(ordinal(work), FulfillmentStatus.SHIPPED));
            run.await("rest", () -> isAtRest(run) && released(run).isEmpty());

            assertKept(run, seed);
        }
    }

    private static void happens(OrderRun run, FulfillmentOrder work, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> run.reports(ordinal(work), FulfillmentStatus.REJECTED);
            case 1 -> {
                run.retail.work.report(work.id(), FulfillmentStatus.REJECTED);
                run.retail.inventory.release(work.id(), true);
                run.wake("order " + work.id());
            }
            case 2 -> run.passes(Duration.ofHours(5));
            case 3 -> run.retail.reroutes.open(work.id(), RerouteCause.CARRIER);
            default -> run.reports(ordinal(work), FulfillmentStatus.SHIPPED);
        }
        run.await(work + " has changed", () -> !run.retail.work.get(work.id()).equals(work) && isAtRest(run));
    }

    private static void assertKept(OrderRun run, long seed) {
        List<FulfillmentOrder> all = run.retail.work.ofOrder(run.order.id());
        for (OrderLine line : run.order.lines()) {
            int left = units(
                    all.stream().filter(work -> work.status().handedOver()).toList(), line.id());
            int known = left + units(waiting(run), line.id());
            assertThat(known).as("seed %d, %s of %s", seed, line.id(), all).isEqualTo(line.quantity());
            Set<FacilityId> rejected = new HashSet<>();
            all.stream().filter(work -> units(List.of(work), line.id()) > 0).forEach(work -> {
                assertThat(rejected).as("seed %d, %s", seed, all).doesNotContain(work.facility());
                if (work.status() == FulfillmentStatus.REJECTED) {
                    rejected.add(work.facility());
                }
            });
        }
        if (waiting(run).isEmpty()) {
            assertThat(run.result()).isEqualTo("COMPLETED");
        } else {
            assertThat(run.running()).isTrue();
        }
        assertThat(run.retail.vendor.effects()).doesNotHaveDuplicates();
    }

    /** What a reroute that has not ended looks after: it waits, its customer is asked, or a person is. */
    private static List<FulfillmentOrder> waiting(OrderRun run) {
        return run.retail.reroutes.ofOrder(run.order.id()).stream()
                .filter(one -> !one.ended())
                .map(one -> run.retail.work.get(one.id().work()))
                .toList();
    }

    private static boolean isUnderWay(OrderRun run) {
        return run.retail.work.ofOrder(run.order.id()).isEmpty()
                || !released(run).isEmpty()
                || !isAtRest(run);
    }

    private static boolean isAtRest(OrderRun run) {
        List<FulfillmentOrder> all = run.retail.work.ofOrder(run.order.id());
        return !all.isEmpty()
                && all.stream().noneMatch(work -> work.status() == FulfillmentStatus.ALLOCATED)
                && all.stream()
                        .filter(work -> work.status() == FulfillmentStatus.REJECTED)
                        .allMatch(work -> run.retail.reroutes.latest(work.id()).isPresent())
                && run.retail.reroutes.ofOrder(run.order.id()).stream().allMatch(one -> isAtRest(run, one));
    }

    private static boolean isAtRest(OrderRun run, Reroute one) {
        return one.ended()
                || one.status() == RerouteStatus.OFFERED
                || one.status() == RerouteStatus.WAITING
                || !run.retail.cases.open().isEmpty();
    }

    private static List<FulfillmentOrder> released(OrderRun run) {
        return run.retail.work.ofOrder(run.order.id()).stream()
                .filter(work -> work.status() == FulfillmentStatus.RELEASED)
                .toList();
    }

    private static List<Integer> handedOver(OrderRun run) {
        List<FulfillmentOrder> left = run.retail.work.ofOrder(run.order.id()).stream()
                .filter(work -> work.status().handedOver())
                .toList();
        return run.order.lines().stream().map(line -> units(left, line.id())).toList();
    }

    private static int wantedOfAll(OrderRun run) {
        return run.order.lines().stream().mapToInt(OrderLine::quantity).max().orElse(0);
    }

    private static int units(List<FulfillmentOrder> work, String lineId) {
        return work.stream()
                .flatMap(one -> one.lines().stream())
                .filter(line -> line.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    private static int ordinal(FulfillmentOrder work) {
        String id = work.id().value();
        return Integer.parseInt(id.substring(id.lastIndexOf("-F") + 2));
    }
}
