package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Repeated, late and out-of-order statements end in the same balance and shortfall as the clean sequence. */
class MovementOrderTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId WEST = SampleFacilities.WH_WEST;
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();

    @AfterAll
    static void everyPrefixAddsUp() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void everyOrderOfSalesReceiptsCorrectionsAndACountEndsTheSame() {
        List<Told> told = List.of(
                new Told("receipt", 1, EAST, Kind.RECEIPT, 5, 1),
                new Told("sale", 1, EAST, Kind.SALE, -2, 2),
                new Told("sale", 2, EAST, Kind.SALE, -3, 2),
                new Told("sale", 2, EAST, Kind.SALE, -3, 2),
                new Told("count", 1, EAST, Kind.COUNT, 4, 3),
                new Told("late-sale", 1, EAST, Kind.SALE, -6, 4));

        inEveryOrder(told, Told::of, (order, end) -> {
            assertThat(end.net(EAST)).as("%s", order).isEqualTo(4 - 6);
            assertThat(end.at(EAST))
                    .as("%s", order)
                    .extracting(Balance::onHand, Balance::shortfall)
                    .containsExactly(0, 2);
        });
    }

    @Test
    void everyOrderOfTwoCountsAndACorrectionThatChangesItsPlaceEndsTheSame() {
        List<Told> told = List.of(
                new Told("older-count", 1, EAST, Kind.COUNT, 9, 2),
                new Told("count", 1, EAST, Kind.COUNT, 5, 3),
                new Told("sale", 1, EAST, Kind.SALE, -1, 5),
                new Told("sale", 2, WEST, Kind.SALE, -1, 5),
                new Told("sale", 3, EAST, Kind.SALE, -2, 4));

        inEveryOrder(told, Told::of, (order, end) -> {
            assertThat(end.net(EAST)).as("%s", order).isEqualTo(3);
            assertThat(end.net(WEST)).as("%s", order).isZero();
        });
    }

    @Test
    void everyOrderOfACountThatIsCorrectedEndsTheSame() {
        List<Told> told = List.of(
                new Told("count", 1, EAST, Kind.COUNT, 9, 6),
                new Told("count", 2, EAST, Kind.COUNT, 7, 2),
                new Told("sale", 1, EAST, Kind.SALE, -1, 1),
                new Told("sale-2", 1, EAST, Kind.SALE, -2, 2),
                new Told("sale-3", 1, EAST, Kind.SALE, -4, 6));

        inEveryOrder(
                told,
                Told::of,
                (order, end) -> assertThat(end.net(EAST)).as("%s", order).isEqualTo(7 - 2 - 4));
    }

    @Test
    void everyOrderOfACountThatTurnsOutToBeASaleEndsTheSame() {
        List<Told> told = List.of(
                new Told("mistaken", 1, EAST, Kind.COUNT, 9, 4),
                new Told("mistaken", 2, EAST, Kind.SALE, -2, 1),
                new Told("count", 1, EAST, Kind.COUNT, 5, 3),
                new Told("sale", 1, EAST, Kind.SALE, -1, 4));

        inEveryOrder(
                told,
                Told::of,
                (order, end) -> assertThat(end.net(EAST)).as("%s", order).isEqualTo(5 - 1));
    }

    @Test
    void everyOrderOfATransferItsCorrectedReceiptAndACountEndsTheSame() {
        List<Transferred> told = List.of(
                new Transferred("out", 1, EAST, Measure.ON_HAND, Kind.TRANSFER_OUT, -5, 2),
                new Transferred("sent", 1, WEST, Measure.IN_TRANSIT, Kind.TRANSFER_OUT, 5, 2),
                new Transferred("in", 1, WEST, Measure.ON_HAND, Kind.TRANSFER_IN, 3, 4),
                new Transferred("in", 2, WEST, Measure.ON_HAND, Kind.TRANSFER_IN, 5, 4),
                new Transferred("arrived", 1, WEST, Measure.IN_TRANSIT, Kind.TRANSFER_IN, -5, 4),
                new Transferred("count", 1, EAST, Measure.ON_HAND, Kind.COUNT, 9, 1));

        inEveryOrder(told, Transferred::of, (order, end) -> {
            assertThat(end.net(EAST)).as("%s", order).isEqualTo(9 - 5);
            assertThat(end.net(WEST)).as("%s", order).isEqualTo(5);
            assertThat(end.at(WEST).inTransit()).as("%s", order).isZero();
        });
    }

    /** What counts is the latest version, by the recipe of the day on which it was told first. */
    @Test
    void everyOrderOfACorrectedSaleAndANewRecipeOfItsBundleEndsTheSame() {
        List<SetsSold> told = List.of(
                new SetsSold(1, EAST, 4),
                new SetsSold(2, WEST, 3),
                new SetsSold(2, WEST, 3),
                new SetsSold(3, EAST, 2),
                SetsSold.NEW_RECIPE);

        List<List<SetsSold>> orders = distinctOrders(told);
        List<Sets> sets = Stream.generate(Sets::next).limit(orders.size()).toList();
        InventoryLedger before = bundling(sets, Sets::before);
        InventoryLedger since = bundling(sets, Sets::since);
        for (int step = 0; step < told.size(); step++) {
            tell(before, sold(orders, sets, step, false));
            tell(since, sold(orders, sets, step, true));
        }

        Map<Sku, Whereabouts> found =
                whereabouts(sets.stream().flatMap(one -> one.parts().stream()).toList());
        for (int i = 0; i < orders.size(); i++) {
            List<SetsSold> order = orders.get(i);
            List<Whereabouts> parts =
                    sets.get(i).parts().stream().map(found::get).toList();
            boolean old = order.indexOf(new SetsSold(3, EAST, 2)) < order.indexOf(SetsSold.NEW_RECIPE);
            assertThat(parts.stream().map(part -> part.net(EAST)))
                    .as("%s", order)
                    .containsExactlyElementsOf(old ? List.of(-4, -2, 0) : List.of(-6, 0, -2));
            assertThat(parts.stream().map(part -> part.net(WEST)))
                    .as("%s", order)
                    .containsExactly(0, 0, 0);
        }
    }

    private static void tell(InventoryLedger ledger, List<Movement> movements) {
        if (!movements.isEmpty()) {
            ledger.record(movements);
        }
    }

    /** What the orders of which the new recipe is known at that step, or not yet, tell then. */
    private static List<Movement> sold(List<List<SetsSold>> orders, List<Sets> sets, int step, boolean known) {
        List<Movement> sold = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            int change = orders.get(i).indexOf(SetsSold.NEW_RECIPE);
            if (change != step && (change < step) == known) {
                sold.add(orders.get(i).get(step).of(sets.get(i).set()));
            }
        }
        return sold;
    }

    /** A bundle and what it consists of, by either recipe. */
    private record Sets(Sku set, Sku tee, Sku cap, Sku scarf) {
        static Sets next() {
            String run = "-" + RUNS.incrementAndGet();
            return new Sets(Sku.of("SET" + run), Sku.of("TEE" + run), Sku.of("CAP" + run), Sku.of("SCARF" + run));
        }

        List<Part> before() {
            return List.of(new Part(tee, 2), new Part(cap, 1));
        }

        List<Part> since() {
            return List.of(new Part(tee, 3), new Part(scarf, 1));
        }

        List<Sku> parts() {
            return List.of(tee, cap, scarf);
        }
    }

    /** A version of a till's sale of a bundle. */
    private record SetsSold(long version, FacilityId facility, int units) {
        static final SetsSold NEW_RECIPE = new SetsSold(0, FacilityId.UNROUTED, 0);

        Movement of(Sku set) {
            return new Movement(
                    new StockSource(SampleStockRules.POS, "sale/" + set, version),
                    facility,
                    set,
                    Measure.ON_HAND,
                    Kind.SALE,
                    -units,
                    Optional.empty(),
                    PostgresExtension.START);
        }
    }

    private static InventoryLedger bundling(List<Sets> sets, Function<Sets, List<Part>> recipe) {
        Map<Sku, List<Part>> recipes = sets.stream().collect(Collectors.toMap(Sets::set, recipe));
        Bundles bundles = sku -> recipes.getOrDefault(sku, List.of(new Part(sku, 1)));
        return POSTGRES.database()
                .stock(SampleStockRules.with(bundles, SafetyStocks.none()))
                .inventory();
    }

    /** What one side of a transfer tells; its instant is so many minutes after the start. */
    private record Transferred(
            String id, long version, FacilityId facility, Measure measure, Kind kind, int units, int minute) {
        Movement of(Sku sku) {
            return new Movement(
                    new StockSource(SampleStockRules.POS, sku + "/" + id, version),
                    facility,
                    sku,
                    measure,
                    kind,
                    units,
                    Optional.empty(),
                    PostgresExtension.START.minusSeconds(86_400).plusSeconds(60L * minute));
        }
    }

    @Test
    void anyOrderOfManyEndsTheSame() {
        SplittableRandom random = new SplittableRandom(Seeds.next());
        for (int round = 0; round < 12; round++) {
            List<Told> told = random(random, 30);
            Sku sku = Sku.of("ORDER-" + RUNS.incrementAndGet());

            tell(withRepeats(told, random), sku, random);

            assertThat(netAt(EAST, sku)).as("round %s", round).isEqualTo(expected(told, EAST));
            assertThat(netAt(WEST, sku)).as("round %s", round).isEqualTo(expected(told, WEST));
        }
    }

    @Test
    void manyAtOnceEndTheSame() throws Exception {
        SplittableRandom random = new SplittableRandom(Seeds.next());
        for (int round = 0; round < 4; round++) {
            List<Told> told = random(random, 24);
            Sku sku = Sku.of("AT-ONCE-" + RUNS.incrementAndGet());

            List<SplittableRandom> tellers =
                    Stream.generate(random::split).limit(6).toList();
            Together.run(tellers.size(), teller -> {
                tell(withRepeats(told, tellers.get(teller)), sku, tellers.get(teller));
                return true;
            });

            assertThat(netAt(EAST, sku)).as("round %s", round).isEqualTo(expected(told, EAST));
            assertThat(netAt(WEST, sku)).as("round %s", round).isEqualTo(expected(told, WEST));
        }
    }

    /** One statement; its instant is so many minutes after the start. */
    private record Told(String id, long version, FacilityId facility, Kind kind, int quantity, int minute) {
        Movement of(Sku sku) {
            return new Movement(
                    new StockSource(SampleStockRules.POS, sku + "/" + id, version),
                    facility,
                    sku,
                    Measure.ON_HAND,
                    kind,
                    quantity,
                    Optional.of("as told"),
                    at());
        }

        Instant at() {
            return PostgresExtension.START.minusSeconds(86_400).plusSeconds(60L * minute);
        }
    }

    /** What follows from the latest version of each: the last count, and everything that is not older. */
    private static int expected(List<Told> told, FacilityId facility) {
        Map<String, Told> latest = new HashMap<>();
        told.forEach(one -> latest.merge(one.id(), one, (a, b) -> a.version() > b.version() ? a : b));
        List<Told> here = latest.values().stream()
                .filter(one -> one.facility().equals(facility))
                .toList();
        Optional<Told> count = here.stream()
                .filter(one -> one.kind().absolute())
                .max(Comparator.comparingInt(Told::minute).thenComparing(Told::id));
        return count.map(Told::quantity).orElse(0)
                + here.stream()
                        .filter(one -> !one.kind().absolute())
                        .filter(one ->
                                count.isEmpty() || one.minute() >= count.get().minute())
                        .mapToInt(Told::quantity)
                        .sum();
    }

    private static List<Told> random(SplittableRandom random, int size) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int id = random.nextInt(size / 2);
            int version = 1 + random.nextInt(4);
            boolean said = told.stream().anyMatch(one -> one.id().equals("s" + id) && one.version() == version);
            if (!said) {
                told.add(statement("s" + id, version, random));
            }
        }
        return told;
    }

    private static Told statement(String id, int version, SplittableRandom random) {
        List<Kind> kinds = List.of(Kind.values());
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        int units = random.nextInt(8);
        int quantity = kind == Kind.ADJUSTMENT ? units - 4 : kind.takes() ? -units : units;
        return new Told(id, version, random.nextInt(3) == 0 ? WEST : EAST, kind, quantity, random.nextInt(10));
    }

    private static List<Told> withRepeats(List<Told> told, SplittableRandom random) {
        List<Told> heard = new ArrayList<>(told);
        told.stream().filter(one -> random.nextInt(3) == 0).forEach(heard::add);
        for (int i = heard.size() - 1; i > 0; i--) {
            Collections.swap(heard, i, random.nextInt(i + 1));
        }
        return heard;
    }

    /**
     * Tells a SKU of its own in each order. What is said of one is nothing to another, so what comes to all of them at the same step comes in
     * one transaction.
     */
    private <T> void inEveryOrder(
            List<T> told, BiFunction<T, Sku, Movement> of, BiConsumer<List<T>, Whereabouts> check) {
        List<List<T>> orders = distinctOrders(told);
        List<Sku> skus = orders.stream()
                .map(_ -> Sku.of("ORDER-" + RUNS.incrementAndGet()))
                .toList();
        for (int i = 0; i < told.size(); i++) {
            int step = i;
            inventory.record(IntStream.range(0, orders.size())
                    .mapToObj(at -> of.apply(orders.get(at).get(step), skus.get(at)))
                    .toList());
        }

        Map<Sku, Whereabouts> found = whereabouts(skus);
        for (int i = 0; i < orders.size(); i++) {
            check.accept(orders.get(i), found.get(skus.get(i)));
        }
    }

    /** Where a SKU lies. */
    private record Whereabouts(Sku sku, Map<FacilityId, Balance> balances) {
        Balance at(FacilityId facility) {
            return balances.getOrDefault(facility, new Balance(facility, sku, 0, 0, 0, 0, 0, 0, 0));
        }

        int net(FacilityId facility) {
            return at(facility).onHand() - at(facility).shortfall();
        }
    }

    private Map<Sku, Whereabouts> whereabouts(List<Sku> skus) {
        Map<Sku, List<Balance>> balances =
                inventory.balances(skus).stream().collect(Collectors.groupingBy(Balance::sku));
        return skus.stream()
                .collect(Collectors.toMap(
                        sku -> sku,
                        sku -> new Whereabouts(
                                sku,
                                balances.getOrDefault(sku, List.of()).stream()
                                        .collect(Collectors.toMap(Balance::facility, balance -> balance)))));
    }

    /** One by one, or several in one transaction. */
    private void tell(List<Told> order, Sku sku, SplittableRandom random) {
        for (int from = 0; from < order.size(); ) {
            int to = Math.min(order.size(), from + 1 + random.nextInt(4));
            inventory.record(
                    order.subList(from, to).stream().map(one -> one.of(sku)).toList());
            from = to;
        }
    }

    private int netAt(FacilityId facility, Sku sku) {
        return Optional.ofNullable(whereabouts(List.of(sku)).get(sku))
                .orElseThrow()
                .net(facility);
    }

    /** Of what is told twice, two orders are one. */
    private static <T> List<List<T>> distinctOrders(List<T> told) {
        return permutations(told).stream().distinct().toList();
    }

    private static <T> List<List<T>> permutations(List<T> told) {
        if (told.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            List<T> others = new ArrayList<>(told);
            T first = others.remove(i);
            permutations(others).forEach(rest -> {
                List<T> one = new ArrayList<>(List.of(first));
                one.addAll(rest);
                all.add(one);
            });
        }
        return all;
    }
}
