package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.event.EventType;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.DriftHistories;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Parting;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.internal.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a system's word and the ledger have parted. */
class DriftTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId TILLS = AccountId.of(SampleStockRules.POS);
    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final AccountId ERP = AccountId.of("tryton-northwind");
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final StockObservations observations =
            POSTGRES.database().stock(SampleStockRules.plain()).stockObservations();
    private final Sku tee = Sku.of("DRIFT-" + NUMBERS.incrementAndGet());
    private final Sku set = Sku.of("SET-" + tee);
    private final StockRules rules = SampleStockRules.with(
            sku -> List.of(sku.equals(set) ? new Part(tee, 2) : new Part(sku, 1)), SafetyStocks.none());
    private final ShownPlaces shown = new ShownPlaces(new SampleAccounts(), new SampleFacilities(), rules);
    private final StockDrift drift = POSTGRES.database().stock(rules).stockDrift(shown);
    private final StockSubject place = new StockSubject(HARBOR, tee);

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void placesAreComparedWhenBothHaveBeenQuiet() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);

        assertThat(apart(now())).as("not quiet yet").isEmpty();
        pass();
        assertThat(apart(now()))
                .containsExactly(
                        new Discrepancy(TILLS.value(), HARBOR, tee, Measure.ON_HAND, 3, 5, PostgresExtension.START));
        move("A2", Kind.SALE, -1);
        assertThat(apart(now())).as("the ledger has spoken meanwhile").isEmpty();
        assertThat(drift.apartAt(TILLS, place, Measure.ON_HAND)).isPresent();
    }

    @Test
    void theyAgreeWhenTheLastWordIsTheLedgers() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        move("A2", Kind.SALE, -2);
        pass();

        assertThat(apart(now())).isEmpty();
        assertThat(drift.apartAt(TILLS, place, Measure.ON_HAND)).isEmpty();
    }

    @Test
    void theStoryBeginsWhereTheyLastAgreed() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 5);
        pass();
        move("A2", Kind.SALE, -1);
        tell("L2", 2);

        String story = drift.story(drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow());

        assertThat(story).contains("SALE -1 " + TILLS + "/" + tee + "/A2", "2 there " + tee + "/L2");
        assertThat(story).doesNotContain("A1").doesNotContain("L1");
    }

    @Test
    void theLedgerCanFollow() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        Discrepancy apart = drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow();

        inventory.record(Movement.following(apart, now()));
        inventory.record(Movement.following(apart, now()));

        assertThat(drift.apartAt(TILLS, place, Measure.ON_HAND)).isEmpty();
        TraceEntry told = POSTGRES.database().trace().of(place.toString()).getLast();
        assertThat(EventType.of(told.subject(), told.kind(), told.detail()))
                .as("it is public, and says why")
                .singleElement()
                .satisfies(type -> assertThat(type.data(told.subject(), told.detail()))
                        .containsEntry("movement", "ADJUSTMENT")
                        .containsEntry("change", -2L)
                        .containsEntry("reason", "the ledger follows " + TILLS + ", which tells of 3"));
    }

    /** A warehouse's words may be about a person. */
    @Test
    void whatOthersGiveAsTheirReasonStaysInTheLedger() {
        inventory.record(new Movement(
                new StockSource(TILLS.value(), tee + "/words", 1),
                HARBOR,
                tee,
                Measure.ON_HAND,
                Kind.ADJUSTMENT,
                2,
                Optional.of("found by Ada Example"),
                now()));

        TraceEntry told = POSTGRES.database().trace().of(place.toString()).getLast();
        assertThat(told.detail()).containsEntry("change", "2").doesNotContainKey("reason");
    }

    @Test
    void anErpThatHearsOfSalesByDocumentsIsComparedWithoutThem() {
        move("A1", Kind.RECEIPT, 5);
        move("A2", Kind.SALE, -2);
        move("A3", Kind.RETURN, 1);

        erpHas(5);
        assertThat(apartFromErp()).isEmpty();
        erpHas(5);
        assertThat(words()).as("nothing new was told").isEqualTo(1);

        erpHas(8);
        assertThat(apartFromErp())
                .get()
                .extracting(Discrepancy::told, Discrepancy::ledger)
                .containsExactly(7, 4);
        move("A4", Kind.RECEIPT, 3);
        assertThat(apartFromErp()).isEmpty();
    }

    @Test
    void aSaleThatACountHasSeenAlreadyIsNoDifferenceEither() {
        move("A1", Kind.RECEIPT, 5, PostgresExtension.START.minusSeconds(180));
        inventory.record(movement("C1", Kind.COUNT, 3));
        move("A2", Kind.SALE, -2, PostgresExtension.START.minusSeconds(120));

        erpHas(5);

        assertThat(apartFromErp()).isEmpty();
    }

    @Test
    void aCountOfTheErpsOwnHasSeenWhatHadLeftByThen() {
        move("A1", Kind.RECEIPT, 50);
        move("A2", Kind.SALE, -10);
        erpHas(50);
        assertThat(apartFromErp()).isEmpty();

        erpCounts(40);
        pass();
        erpHas(40);
        assertThat(apartFromErp()).isEmpty();

        sellNow("A3", 2);
        erpHas(40);
        assertThat(apartFromErp()).isEmpty();
        erpHas(39);
        assertThat(apartFromErp())
                .get()
                .extracting(Discrepancy::told, Discrepancy::ledger)
                .containsExactly(37, 38);

        forgotten(now());
        erpHas(40);
        assertThat(apartFromErp()).as("the count is not forgotten").isEmpty();
    }

    private void erpCounts(int units) {
        inventory.record(new Movement(
                new StockSource(ERP.value(), "count/" + tee, 1),
                HARBOR,
                tee,
                Measure.ON_HAND,
                Kind.COUNT,
                units,
                Optional.empty(),
                now()));
    }

    private void sellNow(String id, int units) {
        inventory.record(new Movement(HARBOR, tee, -units, Kind.SALE, TILLS.value(), tee + "/" + id, now()));
    }

    private void erpHas(int units) {
        observations.observeBooks(ERP, List.of(new ErpStock.OnHand(HARBOR, tee, units)));
        pass();
    }

    private Optional<Discrepancy> apartFromErp() {
        return drift.apartAt(ERP, place, Measure.ON_HAND);
    }

    private long words() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select("select count(*) from stock_observation where sku = ?", tee.value())
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void whatIsOldIsForgottenButForTheLastWord() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        tell("L2", 4);
        observations.keep(movement("A2", Kind.SALE, -1));
        assertThat(words()).isEqualTo(3);
        pass();

        assertThat(forgotten(now())).isGreaterThanOrEqualTo(2);

        assertThat(words()).isEqualTo(1);
        assertThat(drift.apartAt(TILLS, place, Measure.ON_HAND))
                .get()
                .extracting(Discrepancy::told)
                .isEqualTo(4);
    }

    private static int forgotten(Instant before) {
        int forgotten = 0;
        int more;
        do {
            more = POSTGRES.database().stockWords().forget(before, 1);
            forgotten += more;
        } while (more > 0);
        return forgotten;
    }

    @Test
    void whatWasHeardIsKnown() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 5);
        observations.keep(movement("A2", Kind.SALE, -1));

        assertThat(observations.unheard(List.of(source("A1"), source("L1"), source("A2"), source("A3"))))
                .isEqualTo(Set.of(source("A3")));
    }

    @Test
    void aDifferenceThatWasAcceptedIsNoneWhateverBothComeTo() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        pass();
        drift.accept(drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow());
        assertThat(apart(now())).isEmpty();

        move("A2", Kind.SALE, -1);
        tell("L2", 2);
        pass();
        assertThat(apart(now())).as("both have sold one").isEmpty();

        tell("L3", 1);
        pass();
        assertThat(apart(now())).extracting(Discrepancy::told).containsExactly(1);
    }

    @Test
    void whereTheLedgerHasHeardOfNothingItsStockBegins() {
        tell("L1", 3);
        pass();

        assertThat(begun(now()))
                .extracting(Discrepancy::told, Discrepancy::ledger)
                .containsExactly(Tuple.tuple(3, 0));
        assertThat(apart(now())).isEmpty();
    }

    @Test
    void allPlacesAreComparedHoweverManyThereAre() {
        AccountId tills = AccountId.of("many-tills");
        int places = 2_300;
        POSTGRES.tables()
                .useHandle(handle -> handle.createUpdate("""
                        insert into stock_observation (source, source_id, version, sku, facility, measure, absolute, units,
                            observed_at, recorded_at, echo)
                        select 'many-tills', 'L' || n, 1, 'MANY-' || n, 'ST-HARBOR', 'ON_HAND', true, 1, :at, :at, false
                        from generate_series(1, :places) as n
                        """)
                        .bind("at", Columns.at(now()))
                        .bind("places", places)
                        .execute());
        pass();
        Set<Sku> seen = new HashSet<>();
        int pages = 0;

        StockDrift.Page page;
        do {
            page = drift.next(tills, now());
            assertThat(drift.next(tills, now()))
                    .as("a page that was not gone through comes again")
                    .isEqualTo(page);
            page.apart()
                    .forEach(begun -> assertThat(seen.add(begun.found().sku())).isTrue());
            drift.passed(tills, page, List.of());
            pages++;
        } while (!page.last());

        assertThat(seen).hasSize(places);
        assertThat(pages).isGreaterThan(2);
        assertThat(drift.next(tills, now()).apart()).as("it begins anew").isNotEmpty();
    }

    @Test
    void casesAreSettledWhereBothAgreeAgain() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        Case open = POSTGRES.database()
                .cases()
                .open(
                        TILLS,
                        place.toString(),
                        new DriftStep(TILLS, Measure.ON_HAND, false).toString(),
                        FailureCode.STOCK_DISCREPANCY,
                        "two apart");
        assertThat(drift.settled(TILLS)).doesNotContain(open.id());

        move("A2", Kind.SALE, -2);

        assertThat(drift.settled(TILLS)).contains(open.id());
    }

    @Test
    void whatAnErpTellsOfABundleIsComparedWithNothing() {
        move("A1", Kind.RECEIPT, 5);
        observations.observeBooks(ERP, List.of(new ErpStock.OnHand(HARBOR, set, 9)));
        pass();

        assertThat(partings(ERP)).isEmpty();
        assertThat(drift.apartAt(ERP, new StockSubject(HARBOR, set), Measure.ON_HAND))
                .isEmpty();
    }

    @Test
    void whatAShopShowsOfABundleIsComparedWithAsManyAsCanBeMadeUp() {
        move("A1", Kind.RECEIPT, 5);
        shopShows(set, "S1", 2);
        pass();
        assertThat(partings(SHOP)).isEmpty();

        shopShows(set, "S2", 4);
        pass();
        assertThat(partings(SHOP)).singleElement().satisfies(parting -> {
            assertThat(parting.found().told()).isEqualTo(4);
            assertThat(parting.found().ledger()).isEqualTo(2);
            assertThat(parting.reckoned()).isTrue();
            assertThat(parting.sure()).as("claims change it at any time").isEmpty();
        });
        assertThat(drift.apartAt(SHOP, new StockSubject(HARBOR, set), Measure.ON_HAND))
                .isPresent();
        move("A2", Kind.RECEIPT, 3);
        assertThat(drift.apartAt(SHOP, new StockSubject(HARBOR, set), Measure.ON_HAND))
                .as("four can be made up")
                .isEmpty();
    }

    @Test
    void whatIsWithinTheToleranceIsToldOnceInTheTraceOfThePlace() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 4);
        Discrepancy apart = drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow();

        drift.note(apart);
        drift.note(apart);

        assertThat(POSTGRES.database().trace().of(place.toString()))
                .filteredOn(entry -> entry.kind().equals("stock.apart"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.summary()).contains("tells of 4, the ledger of 5"));
    }

    @Test
    void bothHistoriesBeginWhereTheyLastAgreedTheNewestFirst() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 5);
        pass();
        move("A2", Kind.SALE, -1);
        move("A3", Kind.SALE, -1);
        tell("L2", 2);
        DriftHistories histories = POSTGRES.database().stock(rules).driftHistories(shown);

        DriftHistories.Sides sides = histories.of(TILLS.value(), place, Measure.ON_HAND);

        assertThat(sides.since()).isPresent();
        assertThat(sides.ledger())
                .extracting(DriftHistories.Moved::units, DriftHistories.Moved::after)
                .containsExactly(Tuple.tuple(-1, 3), Tuple.tuple(-1, 4));
        assertThat(sides.other()).extracting(DriftHistories.Told::units).containsExactly(2);
        move("A4", Kind.SALE, -1);
        assertThat(histories.of(TILLS.value(), place, Measure.ON_HAND).ledger())
                .as("once they agree, all that is there")
                .hasSize(4);
    }

    @Test
    void ofABundleTheLedgerHasWhatMovedOfItsParts() {
        move("A1", Kind.RECEIPT, 5);
        shopShows(set, "S1", 4);

        DriftHistories.Sides sides = POSTGRES.database()
                .stock(rules)
                .driftHistories(shown)
                .of(SHOP.value(), new StockSubject(HARBOR, set), Measure.ON_HAND);

        assertThat(sides.ledger()).extracting(DriftHistories.Moved::sku).containsExactly(tee.value());
        assertThat(sides.other()).extracting(DriftHistories.Told::units).containsExactly(4);
    }

    private void shopShows(Sku sku, String id, int units) {
        observations.observe(new Level(
                new StockSource(SHOP.value(), sku + "/" + id, 1),
                HARBOR,
                sku,
                Measure.ON_HAND,
                units,
                now(),
                Optional.empty()));
    }

    private List<Parting> partings(AccountId account) {
        return partings(account, now());
    }

    private List<Parting> partings(AccountId account, Instant quietSince) {
        List<Parting> found = new ArrayList<>();
        StockDrift.Page page;
        do {
            page = drift.next(account, quietSince);
            found.addAll(page.apart());
            drift.passed(account, page, List.of());
        } while (!page.last());
        found.removeIf(
                one -> !one.found().sku().equals(tee) && !one.found().sku().equals(set));
        return found;
    }

    private List<Discrepancy> apart(Instant quietSince) {
        return found(quietSince, parting -> !parting.begun());
    }

    private List<Discrepancy> begun(Instant quietSince) {
        return found(quietSince, Parting::begun);
    }

    private List<Discrepancy> found(Instant quietSince, Predicate<Parting> which) {
        return partings(TILLS, quietSince).stream()
                .filter(Parting::quiet)
                .filter(which)
                .map(Parting::found)
                .toList();
    }

    private void move(String id, Kind kind, int units) {
        inventory.record(movement(id, kind, units));
    }

    private void move(String id, Kind kind, int units, Instant at) {
        inventory.record(movement(id, kind, units, at));
    }

    private Movement movement(String id, Kind kind, int units) {
        return movement(id, kind, units, PostgresExtension.START.minusSeconds(60));
    }

    private Movement movement(String id, Kind kind, int units, Instant at) {
        return new Movement(source(id), HARBOR, tee, Measure.ON_HAND, kind, units, Optional.empty(), at);
    }

    private void tell(String id, int units) {
        observations.observe(
                new Level(source(id), HARBOR, tee, Measure.ON_HAND, units, PostgresExtension.START, Optional.empty()));
    }

    private StockSource source(String id) {
        return new StockSource(TILLS.value(), tee + "/" + id, 1);
    }

    private static void pass() {
        POSTGRES.clock().advance(Duration.ofMinutes(1));
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }
}
