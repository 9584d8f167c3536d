package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.InventoryLedger;
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
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Five hundred orders at once for a hundred units: a hundred get them, the others wait or are refused as their terms say. */
class FiveHundredOrdersTest {
    private static final int POOL = 24;
    private static final int BETWEEN_LOOKS = 20;
    private static final String CONNECTIONS = """
            select count(*) from pg_stat_activity where datname = current_database() and application_name = 'throughline'
            """;

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(POOL);

    /** A hundred units that leave one after the other. */
    private static final List<Integer> ONE_BY_ONE =
            IntStream.rangeClosed(0, 100).map(gone -> 100 - gone).boxed().toList();

    private static final Set<FacilityId> FACILITIES = Set.of(SampleFacilities.WH_EAST, SampleFacilities.WH_WEST);

    private final Shelves shelves = new Shelves(POSTGRES.inventory());

    @Test
    void fiveHundredOrdersForAHundredUnits() throws Exception {
        Sku hot = Sku.of("HUNDRED");
        shelves.stock(SampleFacilities.WH_EAST, hot, 60);
        shelves.stock(SampleFacilities.WH_WEST, hot, 40);

        List<Commitment> answers =
                fiveHundred(one(hot), new Terms(FACILITIES, OnShortage.REFUSE), SampleStockRules.plain());

        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(100);
        assertThat(count(answers, Commitment.Refused.class)).isEqualTo(400);
        assertThat(shelves.reserved(hot)).isEqualTo(100);
    }

    @Test
    void fiveHundredOrdersForAHundredUnitsInOneStore() throws Exception {
        Sku hot = Sku.of("STORE");
        shelves.stock(SampleFacilities.ST_HARBOR, hot, 100);
        shelves.stock(SampleFacilities.WH_WEST, hot, 1000);

        List<Commitment> answers = fiveHundred(
                one(hot), new Terms(Set.of(SampleFacilities.ST_HARBOR), OnShortage.REFUSE), SampleStockRules.plain());

        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(100);
        assertThat(count(answers, Commitment.Refused.class)).isEqualTo(400);
        assertThat(shelves.reserved(hot)).isEqualTo(100);
    }

    @Test
    void fiveHundredOrdersInOneStoreOfWhichAHundredLeaveItMeanwhile() throws Exception {
        Sku hot = Sku.of("STORE-LEFT");
        shelves.stock(SampleFacilities.ST_HARBOR, hot, 100);

        List<Commitment> answers =
                fiveHundred(shipping(one(hot), SampleFacilities.ST_HARBOR), SampleStockRules.plain());

        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(100);
        assertThat(count(answers, Commitment.Refused.class)).isEqualTo(400);
        assertThat(shelves.reserved(hot)).isZero();
        assertThat(replayed(SampleFacilities.ST_HARBOR, hot)).isEqualTo(ONE_BY_ONE);
    }

    @Test
    void fiveHundredOrdersOfWhichTheSupplyCoversSome() throws Exception {
        Sku hot = Sku.of("LATE");
        shelves.stock(SampleFacilities.WH_EAST, hot, 100);
        POSTGRES.database()
                .stock(SampleStockRules.plain())
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
        assertThat(shelves.reserved(hot)).isEqualTo(100);
    }

    /** Three units each, so that one order gets one now and the others later. */
    @Test
    void fiveHundredOrdersInPartsForAHundredUnits() throws Exception {
        Sku hot = Sku.of("PARTS");
        shelves.stock(SampleFacilities.WH_EAST, hot, 61);
        shelves.stock(SampleFacilities.WH_WEST, hot, 39);
        POSTGRES.database()
                .stock(SampleStockRules.plain())
                .incomingSupply()
                .expect(new Expected(
                        new StockSource("erp", "po-parts", 1),
                        SampleFacilities.WH_EAST,
                        hot,
                        800,
                        PostgresExtension.START.plusSeconds(86_400)));

        List<Commitment> answers = fiveHundred(
                order -> new LineQuantity("L1", hot, 3),
                new Terms(FACILITIES, OnShortage.SPLIT),
                SampleStockRules.plain());

        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(33);
        assertThat(count(answers, Commitment.Backordered.class)).isEqualTo(267);
        assertThat(count(answers, Commitment.Refused.class)).isEqualTo(200);
        assertThat(shelves.reserved(hot)).isEqualTo(100);
    }

    @Test
    void fiveHundredOrdersForBundlesThatShareTheirComponents() throws Exception {
        Sets sets = new Sets("WAITING");
        fill(SampleFacilities.WH_EAST, sets);

        List<Commitment> answers = fiveHundred(sets::inTurn, new Terms(FACILITIES, OnShortage.REFUSE), sets.rules());

        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(100);
        assertThat(count(answers, Commitment.Refused.class)).isEqualTo(400);
        assertThat(shelves.reserved(sets.tee())).isEqualTo(100);
        assertThat(shelves.reserved(sets.mug())).isEqualTo(2 * (100 - shelves.reserved(sets.cap())));
    }

    @Test
    void fiveHundredOrdersForBundlesOfWhichAHundredLeaveOneStoreMeanwhile() throws Exception {
        Sets sets = new Sets("LEAVING");
        fill(SampleFacilities.ST_HARBOR, sets);

        List<Commitment> answers = fiveHundred(shipping(sets::inTurn, SampleFacilities.ST_HARBOR), sets.rules());

        assertThat(count(answers, Commitment.Reserved.class)).isEqualTo(100);
        assertThat(count(answers, Commitment.Refused.class)).isEqualTo(400);
        assertThat(replayed(SampleFacilities.ST_HARBOR, sets.tee())).isEqualTo(ONE_BY_ONE);
        int capsLeft = replayed(SampleFacilities.ST_HARBOR, sets.cap()).getLast();
        int withoutCap = 100 - (1000 - capsLeft);
        assertThat(replayed(SampleFacilities.ST_HARBOR, sets.mug()).getLast()).isEqualTo(2000 - 2 * withoutCap);
        assertThat(List.of(sets.tee(), sets.cap(), sets.mug()))
                .allSatisfy(sku -> assertThat(shelves.reserved(sku)).isZero());
    }

    /** Two bundles that share the tee, which is the scarce one. */
    private record Sets(Sku tee, Sku cap, Sku mug, Sku teeAndCap, Sku mugsAndTee) {
        Sets(String name) {
            this(
                    Sku.of(name + "-TEE"),
                    Sku.of(name + "-CAP"),
                    Sku.of(name + "-MUG"),
                    Sku.of(name + "-TEE-AND-CAP"),
                    Sku.of(name + "-MUGS-AND-TEE"));
        }

        LineQuantity inTurn(int number) {
            return new LineQuantity("L1", number % 2 == 0 ? teeAndCap : mugsAndTee, 1);
        }

        StockRules rules() {
            Map<Sku, List<Part>> parts = Map.of(
                    teeAndCap,
                    List.of(new Part(tee, 1), new Part(cap, 1)),
                    mugsAndTee,
                    List.of(new Part(mug, 2), new Part(tee, 1)));
            return SampleStockRules.with(
                    sku -> parts.getOrDefault(sku, List.of(new Part(sku, 1))), SafetyStocks.none());
        }
    }

    private void fill(FacilityId facility, Sets sets) {
        shelves.stock(facility, sets.tee(), 100);
        shelves.stock(facility, sets.cap(), 1000);
        shelves.stock(facility, sets.mug(), 2000);
    }

    /** How much is on hand after each movement, from the first one to the last. */
    private static List<Integer> replayed(FacilityId facility, Sku sku) {
        List<Integer> moved = POSTGRES.tables()
                .withHandle(handle -> handle.select("""
                        select quantity from stock_movement
                        where facility = ? and sku = ? and measure = 'ON_HAND' order by id
                        """, facility.value(), sku.value())
                        .mapTo(Integer.class)
                        .list());
        List<Integer> onHand = new ArrayList<>();
        moved.forEach(units -> onHand.add(units + (onHand.isEmpty() ? 0 : onHand.getLast())));
        return onHand;
    }

    /** What becomes of one of five hundred orders. */
    private interface Buying {
        Commitment buy(InventoryLedger ledger, OrderId order, int number);
    }

    /** Who gets something has it sent at once, while others still ask. */
    private static Buying shipping(IntFunction<LineQuantity> need, FacilityId from) {
        return (ledger, order, number) -> {
            LineQuantity line = need.apply(number);
            Commitment answer = ledger.commit(order, List.of(line), new Terms(Set.of(from), OnShortage.REFUSE));
            if (answer instanceof Commitment.Reserved) {
                List<FulfillmentOrder> work = ledger.allocate(order, Shelves.plan(from, line.sku(), line.quantity()))
                        .orElseThrow();
                ledger.consume(work.getFirst().id());
            }
            return answer;
        };
    }

    private static List<Commitment> fiveHundred(IntFunction<LineQuantity> need, Terms terms, StockRules rules)
            throws Exception {
        return fiveHundred((ledger, order, number) -> ledger.commit(order, List.of(need.apply(number)), terms), rules);
    }

    /** Five hundred orders at once, as many of them in the database as its pool has connections; watched while they run. */
    private static List<Commitment> fiveHundred(Buying buying, StockRules rules) throws Exception {
        List<OrderId> orders = Stream.generate(() -> POSTGRES.stored(SampleOrder.fresh()))
                .limit(500)
                .toList();
        long deadlocks = statistic("select deadlocks from pg_stat_database where datname = current_database()");
        long connections = statistic(CONNECTIONS);
        Semaphore answered = new Semaphore(0);
        List<String> broken = new CopyOnWriteArrayList<>();
        // Looks without a pause would keep a processor for themselves.
        Thread watcher = Thread.ofPlatform().start(() -> {
            for (int seen = 0; seen < orders.size(); seen += BETWEEN_LOOKS) {
                answered.acquireUninterruptibly(BETWEEN_LOOKS);
                broken.addAll(LedgerChecks.broken(POSTGRES.tables()));
            }
        });
        List<Commitment> answers;
        try (Database database = POSTGRES.open()) {
            Semaphore slots = new Semaphore(POOL);
            InventoryLedger ledger = database.stock(rules).inventory();
            answers = Together.run(orders.size(), thread -> {
                slots.acquireUninterruptibly();
                try {
                    return buying.buy(ledger, orders.get(thread), thread);
                } finally {
                    slots.release();
                    answered.release();
                }
            });
        } finally {
            answered.release(orders.size());
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
}
