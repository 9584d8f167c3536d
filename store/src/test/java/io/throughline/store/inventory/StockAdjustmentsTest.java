package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.finance.StockAdjustment;
import io.throughline.domain.finance.StockAdjustment.Direction;
import io.throughline.domain.finance.StockAdjustments;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockCompanies.Books;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.store.PostgresExtension;
import io.throughline.store.StockStores;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the ledger adjusts is expected in the books of an ERP that does not move the stock, which is told of it, and agrees at every moment. */
class StockAdjustmentsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId ERP = AccountId.of("tryton-northwind");
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final StockRules rules = SampleStockRules.plain()
            .told(facility -> facility.equals(HARBOR)
                    ? Optional.of(new Books(ERP, ZoneId.of("America/New_York")))
                    : Optional.empty());
    private final StockStores stores = POSTGRES.database().stock(rules);
    private final InventoryLedger inventory = stores.inventory();
    private final StockObservations observations = stores.stockObservations();
    private final StockDrift drift =
            stores.stockDrift(new ShownPlaces(new SampleAccounts(), new SampleFacilities(), rules));
    private final StockAdjustments adjustments = stores.stockAdjustments();
    private final Sku mug = Sku.of("ADJUSTED-" + NUMBERS.incrementAndGet());
    private final StockSubject place = new StockSubject(HARBOR, mug);

    @BeforeEach
    void nobodyHasLeftAnything() {
        POSTGRES.clock().advance(Duration.ofDays(1));
        adjustments.gather(ERP, now());
        adjustments.open(ERP, 99).forEach(document -> adjustments.posted(document.reference(), "INT0"));
    }

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void whatIsLostOrFoundIsExpectedInTheBooksAtWhatItCosts() {
        cost("2.35");
        opening(10);
        adjust("A1", -3);
        adjust("A2", 1);

        assertThat(journals())
                .extracting(posting -> posting.journal().kind(), Posting::status)
                .containsOnly(tuple(Journal.Kind.STOCK_ADJUSTMENT, PostingStatus.PENDING));
        assertThat(journals())
                .extracting(posting -> Journal.net(posting.journal().lines()))
                .containsExactly(net("7.05"), net("-2.35"));

        adjust("A1", -3);
        assertThat(journals()).as("what is told again is adjusted once").hasSize(2);
        assertThat(dueTomorrow()).singleElement().satisfies(document -> {
            assertThat(document.direction()).isEqualTo(Direction.LOST);
            assertThat(document.units()).containsOnly(Map.entry(mug, 2));
        });
    }

    @Test
    void whatHasNoKnownCostIsToldToTheErpAndHasNoJournal() {
        opening(10);
        adjust("A1", -3);

        assertThat(journals()).isEmpty();
        assertThat(POSTGRES.database().trace().of(place.value()))
                .extracting(entry -> entry.kind())
                .contains("stock.adjusted-without-value");
        assertThat(dueTomorrow()).extracting(StockAdjustment::units).containsExactly(new TreeMap<>(Map.of(mug, 3)));
        post();
    }

    @Test
    void whereNobodyKeepsTheBooksNothingIsExpected() {
        cost("2.35");
        inventory.record(new Movement(
                new StockSource(StockSource.PEOPLE, mug + "/A1", 1),
                SampleFacilities.WH_EAST,
                mug,
                Measure.ON_HAND,
                Kind.ADJUSTMENT,
                4,
                Optional.of("found"),
                now()));

        assertThat(POSTGRES.database().journals().of(new StockSubject(SampleFacilities.WH_EAST, mug)))
                .isEmpty();
    }

    @Test
    void theFirstCountIsABeginningAndALaterOneAnAdjustment() {
        cost("1.00");
        count("C1", 8, now().minusSeconds(60));
        assertThat(journals()).isEmpty();

        count("C2", 6, now());

        assertThat(journals())
                .extracting(posting -> Journal.net(posting.journal().lines()))
                .containsExactly(net("2.00"));
        dueTomorrow();
        post();
    }

    @Test
    void aSaleThatACountHasSeenWasNotLost() {
        cost("1.00");
        opening(10);
        erpHas(10);
        Instant sold = now();
        pass();
        count("C1", 8, now());
        pass();
        inventory.record(new Movement(HARBOR, mug, -2, Kind.SALE, SampleStockRules.POS, mug + "/S1", sold));

        assertThat(journals())
                .extracting(posting -> Journal.net(posting.journal().lines()))
                .containsExactly(net("2.00"), net("-2.00"));
        erpHas(10);
        assertThat(apart()).isEmpty();
        assertThat(dueTomorrow()).as("nothing is to be moved").isEmpty();
        erpHas(10);
        assertThat(apart()).isEmpty();
        assertThat(journals()).extracting(Posting::status).containsOnly(PostingStatus.CONFIRMED);
    }

    @Test
    void untilTheErpIsToldItAgreesAndAfterwardsToo() {
        cost("2.35");
        opening(10);
        adjust("A1", -3);
        pass();

        erpHas(10);
        assertThat(apart()).as("it is still to be told").isEmpty();
        assertThat(adjustments.isAnyDue(ERP, now())).isFalse();
        adjustments.gather(ERP, now());
        assertThat(adjustments.open(ERP, 9)).as("the day is not over").isEmpty();

        List<StockAdjustment> due = dueTomorrow();
        assertThat(due).singleElement().satisfies(document -> {
            assertThat(document.reference())
                    .isEqualTo("stock-adjustment/ST-HARBOR/" + document.businessDate() + "/LOST/"
                            + document.reference()
                                    .substring(document.reference().lastIndexOf('/') + 1));
            assertThat(StockAdjustment.isNamed(document.reference())).isTrue();
            assertThat(document.units()).containsOnly(Map.entry(mug, 3));
        });
        erpHas(10);
        assertThat(apart()).as("its document is on its way").isEmpty();

        post();
        assertThat(journals())
                .extracting(Posting::status, Posting::documentNumber)
                .containsExactly(tuple(PostingStatus.CONFIRMED, Optional.of("INT1")));
        erpHas(7);
        assertThat(apart()).isEmpty();
        erpHas(10);
        assertThat(apart())
                .as("it says that it has moved them")
                .get()
                .extracting(Discrepancy::told, Discrepancy::ledger)
                .containsExactly(10, 7);
    }

    @Test
    void whatTheErpsPeopleHaveCountedSinceNeedsNoDocument() {
        cost("2.35");
        opening(10);
        adjust("A1", -3);
        pass();
        inventory.record(new Movement(
                new StockSource(ERP.value(), "count/" + mug, 1),
                HARBOR,
                mug,
                Measure.ON_HAND,
                Kind.COUNT,
                7,
                Optional.empty(),
                now()));
        pass();

        erpHas(7);
        assertThat(apart()).isEmpty();
        assertThat(dueTomorrow()).isEmpty();
        assertThat(journals())
                .extracting(Posting::status, Posting::documentNumber)
                .containsExactly(tuple(PostingStatus.CONFIRMED, Optional.of("counted in " + ERP)));
    }

    @Test
    void whatIsGivenUpIsADifferenceAgain() {
        opening(10);
        adjust("A1", -3);
        dueTomorrow().forEach(document -> adjustments.givenUp(document.reference(), "decided"));

        erpHas(10);

        assertThat(apart()).isPresent();
        assertThat(adjustments.isAnyDue(ERP, now())).isFalse();
    }

    @Test
    void aDocumentNeverBecomesAnother() {
        opening(10);
        adjust("A1", -3);
        String reference = dueTomorrow().getFirst().reference();
        adjustments.posted(reference, "INT1");

        adjustments.givenUp(reference, "too late");
        assertThat(state(reference)).isEqualTo("POSTED");
        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle -> handle.execute(
                                "update stock_adjustment_document set state = 'OPEN', document_number = null, ended_at = null"
                                        + " where reference = ?",
                                reference)))
                .hasMessageContaining("never becomes another");
    }

    @Test
    void whatHasACostCantBeAdjustedWithoutItsJournal() {
        assertThatThrownBy(
                        () -> POSTGRES.tables().useTransaction(handle -> handle.execute("""
                insert into stock_adjustment (company, facility, sku, units, unit_cost, currency, worth, cost_taken, reason,
                    source, source_id, version, business_date, occurred_at, recorded_at)
                values ('tryton-northwind', 'ST-HARBOR', ?, -1, 2, 'USD', 200, false, 'COUNT', 'x', ?, 1, '2026-11-23', now(), now())
                """, mug.value(), mug.value())))
                .hasStackTraceContaining("its journal comes to");
    }

    private static String state(String reference) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select state from stock_adjustment_document where reference = ?", reference)
                        .mapTo(String.class)
                        .one());
    }

    private Map<LedgerAccount, Money> net(String lost) {
        Money money = Money.of(lost, USD);
        return Map.of(
                LedgerAccount.of(LedgerAccount.Role.STOCK_ADJUSTMENT),
                money,
                LedgerAccount.of(LedgerAccount.Role.INVENTORY),
                money.negated());
    }

    private List<Posting> journals() {
        return POSTGRES.database().journals().of(place);
    }

    /** What is due when this day is over, of this product. */
    private List<StockAdjustment> dueTomorrow() {
        POSTGRES.clock().advance(Duration.ofDays(1));
        adjustments.gather(ERP, now());
        return mine();
    }

    private List<StockAdjustment> mine() {
        return adjustments.open(ERP, 99).stream()
                .filter(document -> document.units().containsKey(mug))
                .toList();
    }

    private void post() {
        int number = 0;
        for (StockAdjustment document : mine()) {
            adjustments.posted(document.reference(), "INT" + ++number);
        }
    }

    private void cost(String amount) {
        POSTGRES.tables().useHandle(handle -> handle.execute("""
                insert into product_cost (sku, source, unit_cost, currency, version, at)
                values (?, 'tryton-northwind', cast(? as numeric), 'USD', now(), now())
                """, mug.value(), amount));
    }

    private void opening(int units) {
        inventory.record(new Movement(
                HARBOR, mug, units, Kind.OPENING, StockSource.OWN, "opening/" + mug, now().minusSeconds(600)));
    }

    private void adjust(String id, int units) {
        inventory.record(new Movement(
                new StockSource(StockSource.PEOPLE, mug + "/" + id, 1),
                HARBOR,
                mug,
                Measure.ON_HAND,
                Kind.ADJUSTMENT,
                units,
                Optional.of("damaged"),
                now()));
    }

    private void count(String id, int units, Instant at) {
        inventory.record(new Movement(
                new StockSource(SampleStockRules.POS, mug + "/" + id, 1),
                HARBOR,
                mug,
                Measure.ON_HAND,
                Kind.COUNT,
                units,
                Optional.empty(),
                at));
    }

    private void erpHas(int units) {
        observations.observeBooks(ERP, List.of(new ErpStock.OnHand(HARBOR, mug, units)));
        pass();
    }

    private Optional<Discrepancy> apart() {
        return drift.apartAt(ERP, place, Measure.ON_HAND);
    }

    private static void pass() {
        POSTGRES.clock().advance(Duration.ofMinutes(1));
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }
}
