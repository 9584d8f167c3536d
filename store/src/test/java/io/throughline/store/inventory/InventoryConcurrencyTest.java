package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.InventoryLedger.Reservation;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.Database;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many orders at once on few units: nothing is sold twice, nothing gets stuck, and every sum holds at the end. */
class InventoryConcurrencyTest {
    private static final int POOL = 24;
    private static final String CONNECTIONS = """
            select count(*) from pg_stat_activity where datname = current_database() and application_name = 'throughline'
            """;

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(POOL);

    private static final int THREADS = 32;
    private static final Set<FacilityId> FACILITIES = Set.of(SampleFacilities.WH_EAST, SampleFacilities.WH_WEST);

    private final InventoryLedger inventory = POSTGRES.inventory();

    @Test
    void hotSkuIsNeverOversold() throws Exception {
        Sku hot = Sku.of("HOT");
        stock(SampleFacilities.WH_EAST, hot, 30);
        stock(SampleFacilities.WH_WEST, hot, 20);

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
        assertThat(reserved(hot)).isEqualTo(50);
        assertThat(inventory.availability(List.of(hot)).values())
                .allSatisfy(free -> assertThat(free).containsEntry(hot, 0));
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void ordersWithLinesInAnyOrderDontBlockEachOther() throws Exception {
        List<Sku> skus = Stream.of("A", "B", "C", "D").map(Sku::of).toList();
        skus.forEach(sku -> FACILITIES.forEach(facility -> stock(facility, sku, 1000)));
        long seed = System.nanoTime();
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
                .allSatisfy(sku -> assertThat(reserved(sku)).isZero());
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void oneOrderAskedForManyTimesAtOnceIsReservedOnce() throws Exception {
        Sku sku = Sku.of("ONCE");
        stock(SampleFacilities.WH_EAST, sku, 100);
        OrderId order = POSTGRES.stored(SampleOrder.fresh());

        List<Integer> work = Together.run(THREADS, thread -> {
            inventory.reserve(order, List.of(new LineQuantity("L1", sku, 2)), FACILITIES);
            List<FulfillmentOrder> allocated = inventory
                    .allocate(order, plan(SampleFacilities.WH_EAST, sku, 2))
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
        stock(SampleFacilities.WH_EAST, hot, 5);
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

    @Test
    void fiveHundredOrdersForAHundredUnits() throws Exception {
        Sku hot = Sku.of("HUNDRED");
        stock(SampleFacilities.WH_EAST, hot, 60);
        stock(SampleFacilities.WH_WEST, hot, 40);

        List<Commitment> answers =
                fiveHundred(one(hot), new Terms(FACILITIES, OnShortage.REFUSE), SampleStockRules.plain());

        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(100);
        assertThat(count(answers, Commitment.Refused.class)).isEqualTo(400);
        assertThat(reserved(hot)).isEqualTo(100);
    }

    @Test
    void fiveHundredOrdersForAHundredUnitsInOneStore() throws Exception {
        Sku hot = Sku.of("STORE");
        stock(SampleFacilities.ST_HARBOR, hot, 100);
        stock(SampleFacilities.WH_WEST, hot, 1000);

        List<Commitment> answers = fiveHundred(
                one(hot), new Terms(Set.of(SampleFacilities.ST_HARBOR), OnShortage.REFUSE), SampleStockRules.plain());

        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(100);
        assertThat(reserved(hot)).isEqualTo(100);
    }

    @Test
    void fiveHundredOrdersOfWhichTheSupplyCoversSome() throws Exception {
        Sku hot = Sku.of("LATE");
        stock(SampleFacilities.WH_EAST, hot, 100);
        POSTGRES.database()
                .incomingSupply()
                .expect(new Expected(
                        new StockSource("erp", "po-1", 1),
                        SampleFacilities.WH_EAST,
                        hot,
                        50,
                        PostgresExtension.START.plusSeconds(86_400)));

        List<Commitment> answers =
                fiveHundred(one(hot), new Terms(FACILITIES, OnShortage.BACKORDER), SampleStockRules.plain());

        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(100);
        assertThat(count(answers, Commitment.Backordered.class)).isEqualTo(50);
        assertThat(count(answers, Commitment.Refused.class)).isEqualTo(350);
        assertThat(reserved(hot)).isEqualTo(100);
    }

    @Test
    void fiveHundredOrdersForBundlesThatShareTheirComponents() throws Exception {
        Sku tee = Sku.of("BUNDLED-TEE");
        Sku cap = Sku.of("BUNDLED-CAP");
        Sku mug = Sku.of("BUNDLED-MUG");
        Sku first = Sku.of("TEE-AND-CAP");
        Sku second = Sku.of("MUG-AND-TEE");
        Map<Sku, List<Part>> sets = Map.of(
                first,
                List.of(new Part(tee, 1), new Part(cap, 1)),
                second,
                List.of(new Part(mug, 2), new Part(tee, 1)));
        StockRules rules =
                SampleStockRules.with(sku -> sets.getOrDefault(sku, List.of(new Part(sku, 1))), SafetyStocks.none());
        stock(SampleFacilities.WH_EAST, tee, 100);
        stock(SampleFacilities.WH_EAST, cap, 1000);
        stock(SampleFacilities.WH_EAST, mug, 2000);

        List<Commitment> answers = fiveHundred(
                number -> new LineQuantity("L1", number % 2 == 0 ? first : second, 1),
                new Terms(FACILITIES, OnShortage.REFUSE),
                rules);

        assertThat(answers).hasSize(500);
        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(100);
        assertThat(reserved(tee)).isEqualTo(100);
        assertThat(reserved(mug)).isEqualTo(2 * (100 - reserved(cap)));
    }

    /** Five hundred orders at once, as many of them in the database as its pool has connections; watched while they run. */
    private static List<Commitment> fiveHundred(IntFunction<LineQuantity> need, Terms terms, StockRules rules)
            throws Exception {
        List<OrderId> orders = Stream.generate(() -> POSTGRES.stored(SampleOrder.fresh()))
                .limit(500)
                .toList();
        long deadlocks = statistic("select deadlocks from pg_stat_database where datname = current_database()");
        long connections = statistic(CONNECTIONS);
        AtomicBoolean over = new AtomicBoolean();
        List<String> broken = new CopyOnWriteArrayList<>();
        Thread watcher = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                broken.addAll(LedgerChecks.broken(POSTGRES.tables()));
            }
        });
        List<Commitment> answers;
        try (Database database = POSTGRES.open()) {
            Semaphore slots = new Semaphore(POOL);
            InventoryLedger ledger = database.inventory(rules);
            answers = Together.run(orders.size(), thread -> {
                slots.acquireUninterruptibly();
                try {
                    return ledger.commit(orders.get(thread), List.of(need.apply(thread)), terms);
                } finally {
                    slots.release();
                }
            });
        } finally {
            over.set(true);
            watcher.join();
        }
        assertThat(broken).isEmpty();
        LedgerChecks.holdsIn(POSTGRES.tables());
        // Each server process tells its figures at the latest when it ends.
        while (statistic(CONNECTIONS) > connections) {
            Thread.onSpinWait();
        }
        assertThat(statistic("select deadlocks from pg_stat_database where datname = current_database()"))
                .isEqualTo(deadlocks);
        return answers;
    }

    private static IntFunction<LineQuantity> one(Sku sku) {
        return number -> new LineQuantity("L1", sku, 1);
    }

    private static long statistic(String query) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(query).mapTo(Long.class).one());
    }

    private static long count(List<Commitment> answers, Class<? extends Commitment> kind) {
        return answers.stream().filter(kind::isInstance).count();
    }

    private void placeSomewhere(OrderId order, Sku sku) {
        boolean placed = false;
        while (!placed) {
            Map<FacilityId, Map<Sku, Integer>> free = inventory.availability(List.of(sku));
            placed = FACILITIES.stream()
                    .filter(facility -> free.get(facility).get(sku) > 0)
                    .anyMatch(facility ->
                            inventory.allocate(order, plan(facility, sku, 1)).isPresent());
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

    private int reserved(Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .mapToInt(Balance::reserved)
                .sum();
    }

    private void stock(FacilityId facility, Sku sku, int units) {
        inventory.record(new Movement(
                facility,
                sku,
                units,
                Movement.Kind.OPENING,
                StockSource.OPENING,
                facility + "/" + sku,
                PostgresExtension.START));
    }

    private static RoutingPlan plan(FacilityId facility, Sku sku, int units) {
        return new RoutingPlan(
                List.of(new RoutingPlan.Assignment(
                        facility,
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        List.of(new LineQuantity("L1", sku, units)))),
                "as told");
    }
}
