package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.InventoryLedger.Reservation;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many orders at once on few units: nothing is sold twice, nothing gets stuck, and every sum holds at the end. */
class InventoryConcurrencyTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(24);

    private static final int THREADS = 32;

    private static final Set<FacilityId> FACILITIES = Set.of(SampleFacilities.WH_EAST, SampleFacilities.WH_WEST);

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final Shelves shelves = new Shelves(inventory);

    @Test
    void hotSkuIsNeverOversold() throws Exception {
        Sku hot = Sku.of("HOT");
        shelves.stock(SampleFacilities.WH_EAST, hot, 30);
        shelves.stock(SampleFacilities.WH_WEST, hot, 20);

        List<Integer> won = Together.run(THREADS, thread -> {
            int reserved = 0;
            for (int i = 0; i < 4; i++) {
                OrderId order = POSTGRES.stored(SampleOrder.fresh());
                if (inventory.reserve(order, List.of(new LineQuantity("L1", hot, 1)), FACILITIES)
                        instanceof Reservation.Reserved) {
                    reserved++;
                    placeSomewhere(order, hot);
                }
            }
            return reserved;
        });

        assertThat(won.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
        assertThat(shelves.reserved(hot)).isEqualTo(50);
        assertThat(inventory.availability(List.of(hot)).values())
                .allSatisfy(free -> assertThat(free).containsEntry(hot, 0));
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void ordersWithLinesInAnyOrderDontBlockEachOther() throws Exception {
        List<Sku> skus = Stream.of("A", "B", "C", "D").map(Sku::of).toList();
        skus.forEach(sku -> FACILITIES.forEach(facility -> shelves.stock(facility, sku, 1000)));
        long seed = Seeds.next();
        AtomicInteger left = new AtomicInteger();

        Together.run(THREADS, thread -> {
            SplittableRandom random = new SplittableRandom(seed + thread);
            for (int i = 0; i < 6; i++) {
                live(POSTGRES.stored(SampleOrder.fresh()), shuffled(skus, random), random, left);
            }
            return true;
        });

        int onHand = inventory.balances(skus).stream().mapToInt(Balance::onHand).sum();
        assertThat(onHand).as("seed %s", seed).isEqualTo(8000 - left.get());
        assertThat(skus)
                .as("seed %s", seed)
                .allSatisfy(sku -> assertThat(shelves.reserved(sku)).isZero());
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void oneOrderAskedForManyTimesAtOnceIsReservedOnce() throws Exception {
        Sku sku = Sku.of("ONCE");
        shelves.stock(SampleFacilities.WH_EAST, sku, 100);
        OrderId order = POSTGRES.stored(SampleOrder.fresh());

        List<Integer> work = Together.run(THREADS, thread -> {
            inventory.reserve(order, List.of(new LineQuantity("L1", sku, 2)), FACILITIES);
            List<FulfillmentOrder> allocated = inventory
                    .allocate(order, Shelves.plan(SampleFacilities.WH_EAST, sku, 2))
                    .orElseThrow();
            inventory.consume(allocated.getFirst().id());
            return allocated.size();
        });

        assertThat(work).containsOnly(1);
        assertThat(inventory.balances(List.of(sku)))
                .extracting(Balance::onHand, Balance::reserved)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(0, 0), org.assertj.core.groups.Tuple.tuple(98, 0));
    }

    /** A till's versions are instants, so its first is not 1. */
    @Test
    void aSaleThatNobodyHasToldOfWaitsForNoReservation() throws Exception {
        Sku hot = Sku.of("LOCKED");
        shelves.stock(SampleFacilities.WH_EAST, hot, 5);
        Movement sale = new Movement(
                new StockSource(StockSource.OWN, "sale-of-a-till", 1_795_000_000_000L),
                SampleFacilities.WH_EAST,
                hot,
                Measure.ON_HAND,
                Movement.Kind.SALE,
                -1,
                Optional.empty(),
                POSTGRES.clock().instant());
        try (var reserving = POSTGRES.tables().open()) {
            reserving.begin();
            reserving.execute("select 1 from stock_balance where sku = 'LOCKED' and facility = 'UNROUTED' for update");

            Booking booking =
                    CompletableFuture.supplyAsync(() -> inventory.record(sale)).get(20, TimeUnit.SECONDS);

            assertThat(booking.change()).isEqualTo(-1);
            reserving.rollback();
        }
    }

    private void placeSomewhere(OrderId order, Sku sku) {
        boolean placed = false;
        while (!placed) {
            Map<FacilityId, Map<Sku, Integer>> free = inventory.availability(List.of(sku));
            placed = FACILITIES.stream()
                    .filter(facility -> free.get(facility).get(sku) > 0)
                    .anyMatch(facility -> inventory
                            .allocate(order, Shelves.plan(facility, sku, 1))
                            .isPresent());
        }
    }

    /** Each order ends in another way, its stock gone or given back. */
    private void live(OrderId order, List<Sku> skus, SplittableRandom random, AtomicInteger left) {
        List<LineQuantity> needs = new ArrayList<>();
        skus.forEach(sku -> needs.add(new LineQuantity("L" + needs.size(), sku, 1 + random.nextInt(2))));
        assertThat(inventory.reserve(order, needs, FACILITIES)).isEqualTo(new Reservation.Reserved());
        FacilityId facility = random.nextBoolean() ? SampleFacilities.WH_EAST : SampleFacilities.WH_WEST;
        List<FulfillmentOrder> work = inventory
                .allocate(
                        order,
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        facility, DeliveryMethod.SHIPPING, Optional.empty(), needs)),
                                "random"))
                .orElseThrow();
        switch (random.nextInt(3)) {
            case 0 -> {
                inventory.consume(work.getFirst().id());
                left.addAndGet(needs.stream().mapToInt(LineQuantity::quantity).sum());
            }
            case 1 -> {
                inventory.release(work.getFirst().id(), true);
                inventory.releaseAll(order, "not wanted");
            }
            default -> inventory.releaseAll(order, "not wanted");
        }
    }

    private static List<Sku> shuffled(List<Sku> skus, SplittableRandom random) {
        List<Sku> shuffled = new ArrayList<>(skus);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            java.util.Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled;
    }
}
