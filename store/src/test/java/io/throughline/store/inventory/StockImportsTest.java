package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FeedRow;
import io.throughline.domain.inventory.FeedRow.Field;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockImport;
import io.throughline.domain.inventory.StockImport.Progress;
import io.throughline.domain.inventory.StockImports;
import io.throughline.domain.inventory.StockImports.Received;
import io.throughline.domain.inventory.WarehouseFeed;
import io.throughline.domain.inventory.WarehouseFeed.Mode;
import io.throughline.domain.inventory.WarehouseFeed.Unnamed;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A warehouse's files become its stock, however they are handed over and wherever their booking was broken off. */
class StockImportsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Instant AS_OF = PostgresExtension.START.minusSeconds(3600);

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final StockImports imports = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .stockImports(sku -> !sku.value().startsWith("UNKNOWN"));

    /** Each test has a facility and SKUs of its own. */
    private final int number = NUMBERS.incrementAndGet();

    private final FacilityId facility = SampleFacilities.ALL_IDS.get(number % SampleFacilities.ALL_IDS.size());
    private final String prefix = "IMP-" + number + "-";

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void levelsAreCountsOfTheirInstant() {
        moved("a", Kind.RECEIPT, 5, AS_OF.minusSeconds(60));
        moved("a", Kind.SALE, -2, AS_OF.plusSeconds(60));

        Progress progress = booked(full("levels", 1, Unnamed.UNTOUCHED), List.of(level("a", "10"), level("b", "4")));

        assertThat(progress).isEqualTo(new Progress(2, 2, 2, 0, 0, 0, 0, 0, true));
        assertThat(onHand("a")).isEqualTo(8);
        assertThat(onHand("b")).isEqualTo(4);
    }

    @Test
    void whatLiesAheadIsRefused() {
        Instant tomorrow = PostgresExtension.START.plusSeconds(86_400 * 30L);

        Progress progress = booked(
                delta("ahead"),
                List.of(movement("A1", "RECEIPT", "a", "5", tomorrow), movement("A2", "RECEIPT", "a", "3", AS_OF)));

        assertThat(progress.refused()).isEqualTo(1);
        assertThat(onHand("a")).isEqualTo(3);
    }

    @Test
    void anOlderFileThatComesLateChangesNothing() {
        booked(full("new", 1, Unnamed.UNTOUCHED), List.of(level("a", "10")));
        WarehouseFeed older = new WarehouseFeed(
                account(SampleStockRules.POS),
                facility,
                name("old"),
                1,
                Mode.FULL,
                Optional.of(AS_OF.minusSeconds(60)),
                Unnamed.UNTOUCHED);

        assertThat(booked(older, List.of(level("a", "99"))).covered()).isEqualTo(1);
        assertThat(onHand("a")).isEqualTo(10);
    }

    @Test
    void whatAFullFeedDoesNotNameIsNoneOrUntouched() {
        moved("a", Kind.RECEIPT, 5, AS_OF.minusSeconds(60));
        moved("b", Kind.RECEIPT, 6, AS_OF.minusSeconds(60));
        moved("b", Kind.RECEIPT, 1, AS_OF.plusSeconds(60));

        booked(full("untouched", 1, Unnamed.UNTOUCHED), List.of(level("a", "3")));
        assertThat(onHand("b")).isEqualTo(7);

        Progress progress = booked(full("zero", 1, Unnamed.ZERO), List.of(level("a", "3")));
        assertThat(progress.zeroed()).isPositive();
        assertThat(onHand("a")).isEqualTo(3);
        assertThat(onHand("b")).as("what came since is still there").isEqualTo(1);
    }

    @Test
    void theSameFileAgainIsTheSameImport() {
        WarehouseFeed feed = full("twice", 1, Unnamed.UNTOUCHED);
        ImportId first = handed(feed, List.of(level("a", "10")), "digest");

        assertThat(received(feed, List.of(level("a", "10")), "digest")).isEqualTo(new Received.Repeated(first));
        assertThat(received(feed, List.of(level("a", "11")), "other")).isEqualTo(new Received.Differs(first));
        assertThat(received(full("twice", 2, Unnamed.UNTOUCHED), List.of(level("a", "11")), "other"))
                .isInstanceOf(Received.Accepted.class);
    }

    @Test
    void handedOverByManyAtOnceItIsOneImport() throws Exception {
        WarehouseFeed feed = full("at-once", 1, Unnamed.UNTOUCHED);

        List<Received> received = Together.run(6, thread -> received(feed, List.of(level("a", "10")), "digest"));

        assertThat(received).filteredOn(Received.Accepted.class::isInstance).hasSize(1);
        assertThat(received).filteredOn(Received.Repeated.class::isInstance).hasSize(5);
    }

    @Test
    void aLaterSequenceCorrectsTheSameInstant() {
        booked(full("corrected", 1, Unnamed.UNTOUCHED), List.of(level("a", "10")));
        booked(full("corrected", 2, Unnamed.UNTOUCHED), List.of(level("a", "7")));

        assertThat(onHand("a")).isEqualTo(7);
    }

    @Test
    void movementsInPiecesTwiceAndReorderedEndTheSame() {
        List<FeedRow> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rows.add(movement("r" + i, "RECEIPT", "b" + i % 7, "3", AS_OF.plusSeconds(i)));
            rows.add(movement("j" + i, "REJECT", "b" + i % 7, "1", AS_OF.plusSeconds(i)));
            rows.add(movement("a" + i, "ADJUSTMENT", "b" + i % 7, "-1", AS_OF.plusSeconds(i)));
        }
        long seed = Seeds.next();
        Collections.shuffle(rows, new Random(seed));

        booked(delta("piece-1"), rows.subList(0, 100));
        booked(delta("piece-2"), rows.subList(50, 180));
        Collections.shuffle(rows, new Random(seed + 1));
        Progress again = booked(delta("whole"), rows);

        assertThat(again.known()).isEqualTo(180);
        assertThat(IntStream.range(0, 7).map(i -> onHand("b" + i)).sum()).isEqualTo(60);
    }

    @Test
    void whoeverGoesOnGoesOnFromThePosition() {
        List<FeedRow> rows = IntStream.range(0, 250)
                .mapToObj(i -> movement("m" + i, "RECEIPT", "c", "1", AS_OF.plusSeconds(i)))
                .toList();
        ImportId id = handed(delta("broken-off"), rows, "digest");
        imports.book(id, 100);
        int before = onHand("c");

        // Another process, which knows nothing but the tables.
        StockImports other = POSTGRES.database().stock(SampleStockRules.plain()).stockImports(sku -> true);
        Progress progress = finish(other, id);

        assertThat(before).isEqualTo(100);
        assertThat(progress).isEqualTo(new Progress(250, 250, 250, 0, 0, 0, 0, 0, true));
        assertThat(onHand("c")).isEqualTo(250);
        assertThat(finish(imports, id)).as("once more").isEqualTo(progress);
    }

    @Test
    void manyAtOnceBookEachRowOnce() throws Exception {
        List<FeedRow> rows = IntStream.range(0, 300)
                .mapToObj(i -> movement("m" + i, "RECEIPT", "d" + i % 5, "1", AS_OF.plusSeconds(i)))
                .toList();
        ImportId id = handed(delta("raced"), rows, "digest");

        Together.run(4, thread -> finish(imports, id));

        assertThat(found(id).progress()).isEqualTo(new Progress(300, 300, 300, 0, 0, 0, 0, 0, true));
        assertThat(IntStream.range(0, 5).map(i -> onHand("d" + i)).sum()).isEqualTo(300);
    }

    @Test
    void badRowsAreToldAndDoNotStopTheOthers() {
        List<FeedRow> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            rows.add(movement("bad" + i, "RECEIPT", "e", "many", AS_OF));
        }
        rows.add(movement("good", "RECEIPT", "e", "2", AS_OF));
        rows.add(FeedRow.unreadable(999, "it is torn"));

        ImportId id = handed(delta("bad"), rows, "digest");
        Progress progress = finish(imports, id);

        assertThat(progress).isEqualTo(new Progress(122, 122, 1, 0, 0, 0, 121, 0, true));
        assertThat(onHand("e")).isEqualTo(2);
        assertThat(found(id).refused()).hasSize(StockImport.MOST_REASONS);
        assertThat(found(id).refused().getFirst())
                .isEqualTo(new StockImport.RefusedRow(1, 7, "quantity must be a whole number from 0 to 10000000"));
    }

    @Test
    void whoeverDoesNotMoveThisStockIsComparedOnly() {
        WarehouseFeed feed = new WarehouseFeed(
                account("somebody"), facility, name("other"), 1, Mode.DELTA, Optional.empty(), Unnamed.UNTOUCHED);

        assertThat(booked(feed, List.of(movement("x", "RECEIPT", "f", "9", AS_OF)))
                        .observed())
                .isEqualTo(1);
        assertThat(onHand("f")).isZero();
    }

    @Test
    void anImportIsThereOnceItIsWholeAndItsProcessIsWokenWithIt() {
        WarehouseFeed feed = delta("whole-or-not");
        ImportId torn = imports.begin(feed);
        imports.add(torn, List.of(movement("x", "RECEIPT", "g", "9", AS_OF)));
        assertThat(imports.find(torn)).isEmpty();
        imports.abandon(torn);

        ImportId whole = handed(feed, List.of(movement("x", "RECEIPT", "g", "9", AS_OF)), "digest");

        assertThat(found(whole).progress()).isEqualTo(new Progress(1, 0, 0, 0, 0, 0, 0, 0, false));
        int wakes = POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select count(*) from inbox_message where subject = ?", whole.workflowId())
                        .mapTo(Integer.class)
                        .one());
        assertThat(wakes).isEqualTo(1);
    }

    private Progress booked(WarehouseFeed feed, List<FeedRow> rows) {
        return finish(imports, handed(feed, rows, "digest"));
    }

    private static Progress finish(StockImports imports, ImportId id) {
        Progress progress = imports.book(id, 50);
        while (!progress.done()) {
            progress = imports.book(id, 50);
        }
        return progress;
    }

    private ImportId handed(WarehouseFeed feed, List<FeedRow> rows, String digest) {
        return ((Received.Accepted) received(feed, rows, digest)).id();
    }

    private Received received(WarehouseFeed feed, List<FeedRow> rows, String digest) {
        ImportId id = imports.begin(feed);
        imports.add(id, rows.subList(0, rows.size() / 2));
        imports.add(id, rows.subList(rows.size() / 2, rows.size()));
        return imports.complete(id, digest);
    }

    private StockImport found(ImportId id) {
        return imports.find(id).orElseThrow();
    }

    private WarehouseFeed full(String name, long sequence, Unnamed unnamed) {
        return new WarehouseFeed(
                account(SampleStockRules.POS), facility, name(name), sequence, Mode.FULL, Optional.of(AS_OF), unnamed);
    }

    private WarehouseFeed delta(String name) {
        return new WarehouseFeed(
                account(SampleStockRules.POS),
                facility,
                name(name),
                1,
                Mode.DELTA,
                Optional.empty(),
                Unnamed.UNTOUCHED);
    }

    private static AccountId account(String id) {
        return AccountId.of(id);
    }

    private String name(String name) {
        return name + "-" + number;
    }

    private FeedRow level(String sku, String quantity) {
        return FeedRow.of(7, Map.of(Field.SKU, prefix + sku, Field.QUANTITY, quantity));
    }

    private FeedRow movement(String id, String kind, String sku, String quantity, Instant at) {
        return FeedRow.of(
                7,
                Map.of(
                        Field.ID,
                        prefix + id,
                        Field.KIND,
                        kind,
                        Field.SKU,
                        prefix + sku,
                        Field.QUANTITY,
                        quantity,
                        Field.REASON,
                        "for the test",
                        Field.OCCURRED_AT,
                        at.toString()));
    }

    private void moved(String sku, Kind kind, int quantity, Instant at) {
        inventory.record(new Movement(
                facility,
                Sku.of(prefix + sku),
                quantity,
                kind,
                SampleStockRules.POS,
                prefix + NUMBERS.incrementAndGet(),
                at));
    }

    private int onHand(String sku) {
        return inventory.balances(List.of(Sku.of(prefix + sku))).stream()
                .filter(balance -> balance.facility().equals(facility))
                .mapToInt(Balance::onHand)
                .sum();
    }
}
