package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Verdict;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may move stock, what is only compared, and what the database itself refuses. */
class LedgerRulesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final String POS = SampleStockRules.POS;
    private static final AccountId SHOP = AccountId.of("northwind");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final StockObservations observations =
            POSTGRES.database().stock(SampleStockRules.plain()).stockObservations();
    private final Sku tee = Sku.of("TEE-" + NUMBERS.incrementAndGet());
    private final Instant beginning = POSTGRES.clock().instant().minus(Duration.ofHours(1));

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void eachMeasureHasItsOwnMovements() {
        move(Measure.ON_HAND, Kind.RECEIPT, 10, "r1");
        move(Measure.HELD, Kind.ADJUSTMENT, 2, "h1");
        move(Measure.DAMAGED, Kind.REJECT, 1, "d1");
        move(Measure.IN_TRANSIT, Kind.TRANSFER_OUT, 5, "t1");
        move(Measure.SAFETY_STOCK, Kind.COUNT, 3, "s1");

        assertThat(balance()).isEqualTo(new Balance(EAST, tee, 10, 0, 3, 2, 0, 1, 5));
        assertThat(inventory.availability(List.of(tee)).get(EAST)).containsEntry(tee, 4);
    }

    @Test
    void goodsThatArriveBeforeTheyWereSentAreNotNegativeOnTheirWay() {
        move(Measure.IN_TRANSIT, Kind.TRANSFER_IN, -5, "arrived");
        assertThat(balance().inTransit()).isZero();

        move(Measure.IN_TRANSIT, Kind.TRANSFER_OUT, 5, "sent");

        assertThat(balance().inTransit()).isZero();
    }

    @Test
    void laterVersionCorrectsByTheDifference() {
        assertThat(sale(1, -2)).extracting(Booking::verdict, Booking::change).containsExactly(Verdict.BOOKED, -2);
        assertThat(sale(3, -5)).extracting(Booking::verdict, Booking::change).containsExactly(Verdict.BOOKED, -3);
        assertThat(sale(2, -4).verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(sale(3, -5).verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(sale(4, 0)).extracting(Booking::verdict, Booking::change).containsExactly(Verdict.BOOKED, 5);
        assertThat(balance()).extracting(Balance::onHand, Balance::shortfall).containsExactly(0, 0);
    }

    @Test
    void whatOccurredBeforeACountIsCoveredByIt() {
        inventory.record(movement(POS, "count", 1, Kind.COUNT, 7, 10));

        assertThat(inventory.record(movement(POS, "early", 1, Kind.SALE, -2, 9)).verdict())
                .isEqualTo(Verdict.COVERED);
        assertThat(inventory
                        .record(movement(POS, "at-once", 1, Kind.SALE, -2, 10))
                        .verdict())
                .isEqualTo(Verdict.BOOKED);
        assertThat(inventory
                        .record(movement(POS, "older-count", 1, Kind.COUNT, 99, 8))
                        .verdict())
                .isEqualTo(Verdict.COVERED);
        assertThat(balance().onHand()).isEqualTo(5);
    }

    @Test
    void aClockThatIsAheadLeadsToTheSameEndInWhateverOrder() {
        Movement count = movement(POS, "count", 1, Kind.COUNT, 7, 70);
        Movement sale = movement(POS, "sale", 1, Kind.SALE, -2, 65);
        inventory.record(count);
        POSTGRES.clock().advance(Duration.ofMinutes(6));

        assertThat(inventory.record(sale).verdict()).as("it has seen it leave").isEqualTo(Verdict.COVERED);

        assertThat(balance().onHand()).isEqualTo(7);
    }

    @Test
    void onlyTheAuthorityMovesStock() {
        inventory.record(movement(POS, "count", 1, Kind.COUNT, 7, 1));

        Booking sale = inventory.record(movement("northwind", "sale", 1, Kind.SALE, -2, 2));

        assertThat(sale).isEqualTo(Booking.without(Verdict.OBSERVED));
        assertThat(inventory
                        .record(movement("northwind", "sale", 1, Kind.SALE, -2, 2))
                        .verdict())
                .isEqualTo(Verdict.KNOWN);
        assertThat(inventory
                        .record(movement(StockSource.PEOPLE, "found-one", 1, Kind.ADJUSTMENT, 1, 3))
                        .verdict())
                .isEqualTo(Verdict.BOOKED);
        assertThat(balance().onHand()).isEqualTo(8);
    }

    @Test
    void aSaleAndTheCountThatItCausesAreOneMovement() {
        inventory.record(movement(POS, "count", 1, Kind.COUNT, 7, 1));

        Booking told = observations.observe(level(POS, "webhook-1", 6, 5));
        assertThat(told.verdict()).isEqualTo(Verdict.OBSERVED);
        assertThat(apart()).contains(new Discrepancy(POS, EAST, tee, Measure.ON_HAND, 6, 7, at(5)));
        inventory.record(movement(POS, "sale", 1, Kind.SALE, -1, 5));

        assertThat(balance().onHand()).isEqualTo(6);
        assertThat(apart()).isEmpty();
    }

    @Test
    void versionsGoOnAfterOldPublicationsAreForgotten() {
        observations.publish(SHOP, EAST, tee, Measure.ON_HAND, 7);
        observations.publish(SHOP, EAST, tee, Measure.ON_HAND, 6);

        Instant later = POSTGRES.clock().instant().plusSeconds(1);
        assertThat(POSTGRES.database().stockPublications().forget(later, 1_000)).isPositive();

        assertThat(publications()).containsExactly(2L);
        assertThat(observations.publish(SHOP, EAST, tee, Measure.ON_HAND, 5)).isEqualTo(3);
    }

    @Test
    void whatWePublishedIsKnownAgain() {
        long first = observations.publish(SHOP, EAST, tee, Measure.ON_HAND, 7);
        long second = observations.publish(SHOP, EAST, tee, Measure.ON_HAND, 6);
        long third = observations.publish(SHOP, EAST, tee, Measure.ON_HAND, 7);
        assertThat(List.of(first, second, third)).containsExactly(1L, 2L, 3L);

        assertThat(observations.observe(level("northwind", "a", 6, 65)).verdict())
                .isEqualTo(Verdict.ECHO);
        assertThat(observations.observe(level("northwind", "b", 7, 66)).verdict())
                .isEqualTo(Verdict.ECHO);
        assertThat(observations.observe(level("northwind", "c", 6, 67)).verdict())
                .as("older than what has come back already")
                .isEqualTo(Verdict.OBSERVED);
        assertThat(observations.observe(level("northwind", "d", 8, 67)).verdict())
                .isEqualTo(Verdict.OBSERVED);
        assertThat(observations.observe(versioned("e", 6, second)).verdict()).isEqualTo(Verdict.ECHO);
        assertThat(observations.observe(versioned("f", 5, second)).verdict()).isEqualTo(Verdict.OBSERVED);
    }

    @Test
    void aSystemThatMovesStockByItsLevelsIsCounted() {
        StockRules rules = new StockRules(
                (facility, measure) -> new Authority("warehouse", Basis.LEVELS),
                SafetyStocks.none(),
                SampleStockRules.plain().bundles(),
                () -> Displacement.NEWEST_FIRST);
        StockObservations levels = POSTGRES.database().stock(rules).stockObservations();

        assertThat(levels.observe(level("warehouse", "l1", 40, 59)))
                .extracting(Booking::verdict, Booking::change)
                .containsExactly(Verdict.BOOKED, 40);
        assertThat(POSTGRES.database()
                        .stock(rules)
                        .inventory()
                        .record(movement("warehouse", "s1", 1, Kind.SALE, -1, 5))
                        .verdict())
                .as("its levels tell that already")
                .isEqualTo(Verdict.OBSERVED);
        levels.publish(AccountId.of("warehouse"), EAST, tee, Measure.ON_HAND, 38);
        assertThat(levels.observe(level("warehouse", "l2", 38, 66)).verdict()).isEqualTo(Verdict.ECHO);
        assertThat(balance().onHand()).isEqualTo(40);

        POSTGRES.clock().advance(Duration.ofMinutes(8));
        assertThat(levels.observe(level("warehouse", "l3", 37, 67)).verdict()).isEqualTo(Verdict.BOOKED);
        assertThat(levels.observe(level("warehouse", "l4", 38, 68)).verdict())
                .as("our number, but its own word since")
                .isEqualTo(Verdict.BOOKED);
        assertThat(balance().onHand()).isEqualTo(38);
    }

    @Test
    void databaseRefusesABalanceThatNothingMoved() {
        move(Measure.ON_HAND, Kind.RECEIPT, 5, "r");

        refused(
                "update stock_balance set on_hand = 6 where sku = '%s' and facility = 'WH-EAST'",
                "movements come to 5");
        refused("update stock_balance set held = 1 where sku = '%s' and facility = 'WH-EAST'", "movements come to 0");
        refused("delete from stock_balance where sku = '%s' and facility = 'WH-EAST'", "movements come to 5");
        refused(insert(2, 9, 4), "movements come to 9");
        refused(insert(2, 8, 4), "does not follow");
        refused(insert(3, 9, 4), "does not follow");
        refused(insert(1, 4, 4), "does not follow");
    }

    private void refused(String statement, String words) {
        assertThatThrownBy(() -> POSTGRES.tables().useHandle(handle -> handle.execute(statement.formatted(tee))))
                .hasMessageContaining(words);
    }

    private static String insert(int ordinal, int net, int quantity) {
        return """
                insert into stock_movement (sku, facility, kind, quantity, stated, source, source_id, ordinal, net,
                    occurred_at, recorded_at)
                values ('%%s', 'WH-EAST', 'RECEIPT', %3$d, %3$d, 'forged', 'x', %1$d, %2$d, now(), now())
                """.formatted(ordinal, net, quantity);
    }

    private Booking sale(long version, int quantity) {
        return inventory.record(movement(POS, "sale", version, Kind.SALE, quantity, 1));
    }

    private void move(Measure measure, Kind kind, int quantity, String id) {
        inventory.record(new Movement(
                new StockSource(POS, tee + "/" + id, 1),
                EAST,
                tee,
                measure,
                kind,
                quantity,
                Optional.of("for the test"),
                at(1)));
    }

    private Movement movement(String system, String id, long version, Kind kind, int quantity, int minute) {
        return new Movement(
                new StockSource(system, tee + "/" + id, version),
                EAST,
                tee,
                Measure.ON_HAND,
                kind,
                quantity,
                Optional.of("for the test"),
                at(minute));
    }

    private Level level(String system, String id, int units, int minute) {
        return new Level(
                new StockSource(system, tee + "/" + id, 1),
                EAST,
                tee,
                Measure.ON_HAND,
                units,
                at(minute),
                Optional.empty());
    }

    private Level versioned(String id, int units, long publication) {
        return new Level(
                new StockSource("northwind", tee + "/" + id, 1),
                EAST,
                tee,
                Measure.ON_HAND,
                units,
                at(69),
                Optional.of(publication));
    }

    private List<Long> publications() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select("select version from stock_publication where sku = ?", tee.value())
                        .mapTo(Long.class)
                        .list());
    }

    private Optional<Discrepancy> apart() {
        return POSTGRES.database()
                .stock(SampleStockRules.plain())
                .stockDrift(new ShownPlaces(new SampleAccounts(), new SampleFacilities(), SampleStockRules.plain()))
                .apartAt(AccountId.of(POS), new StockSubject(EAST, tee), Measure.ON_HAND);
    }

    /** The first hour has passed. */
    private Instant at(int minute) {
        return beginning.plusSeconds(60L * minute);
    }

    private Balance balance() {
        return inventory.balances(List.of(tee)).stream()
                .filter(balance -> balance.facility().equals(EAST))
                .findFirst()
                .orElseThrow();
    }
}
