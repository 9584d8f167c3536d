package io.throughline.activities.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.throughline.activities.TestingErp;
import io.throughline.activities.TestingVendor;
import io.throughline.activities.call.Checkpoints;
import io.throughline.activities.call.Effects;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.TestingEffectLedger;
import io.throughline.domain.event.EventType;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.StockAdjustment;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.PassedOverProducts;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.TestingInventory;
import io.throughline.domain.inventory.TestingRepublications;
import io.throughline.domain.trace.TestingTrace;
import io.throughline.domain.transfer.ErpTransfer;
import io.throughline.domain.transfer.ErpTransferId;
import io.throughline.domain.transfer.ErpTransfers;
import io.throughline.workflows.inventory.ErpStockLook;
import io.throughline.workflows.inventory.ErpStockPass;
import io.throughline.workflows.inventory.ErpStockSteps;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErpStockStepsTest {
    private static final AccountId BOOKS = SampleAccounts.ERP;
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final Sku MUG = Sku.of("NW-MUG-RED");
    private static final StockAdjustment LOST = adjusted(StockAdjustment.Direction.LOST, 2);
    private static final StockAdjustment FOUND = adjusted(StockAdjustment.Direction.FOUND, 1);
    private static final Sku UNKNOWN = Sku.of("SCREWS");

    private final SettableClock clock = new SettableClock(NOW);
    private final TestingInventory inventory = new TestingInventory(new TestingFulfillmentOrders(clock));
    private final TestingObservations observations = new TestingObservations();
    private final TestingDrift drift = new TestingDrift();
    private final TestingWatermarks watermarks = new TestingWatermarks();
    private final TestingCases cases = new TestingCases(clock);
    private final Books books = new Books();
    private final Supply supply = new Supply();
    private final Ended transfers = new Ended();
    private final PassedOver passedOver = new PassedOver();
    private final TestingTrace trace = new TestingTrace(clock);
    private final TestingVendor vendor = new TestingVendor();
    private final TestingErp erp = new TestingErp(vendor);
    private final TestingStockAdjustments untold = new TestingStockAdjustments(cases);
    private boolean screwsAreSold;
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();

    @BeforeEach
    void register() {
        environment.registerActivitiesImplementations(new ErpStockStepsImpl(
                books,
                new SampleFacilities(),
                new StockBooks(
                        inventory,
                        observations,
                        drift,
                        (facility, measure) -> new Authority(BOOKS.value(), Basis.MOVEMENTS),
                        instant -> SampleStockPolicies.plain("test-1"),
                        new ShownPlaces(
                                new SampleAccounts(),
                                new SampleFacilities(),
                                SampleStockRules.movedBy(
                                        (facility, measure) -> new Authority(BOOKS.value(), Basis.MOVEMENTS))),
                        new TestingRepublications()),
                supply,
                transfers,
                passedOver,
                trace,
                sku -> screwsAreSold || !sku.value().startsWith(UNKNOWN.value()),
                watermarks,
                cases,
                new ErpStockStepsImpl.Rhythm(
                        Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1)),
                new AdjustmentPosting(
                        new Effects(new TestingEffectLedger(clock), new SampleAccounts(), clock, Checkpoints.none()),
                        erp,
                        untold,
                        cases,
                        clock),
                clock));
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void itIsAskedSoonAfterNewsAndSeldomWhenThereAreNone() {
        books.upTo = Optional.of(NOW);
        ErpStockPass news = pass(ErpStockPass.FIRST);
        assertThat(news.rest()).isEqualTo(Duration.ofSeconds(3));

        ErpStockPass nothing = pass(news);
        assertThat(nothing.rest()).as("what is told again is no news").isEqualTo(Duration.ofSeconds(6));
        ErpStockPass longer = pass(pass(nothing));
        assertThat(longer.rest()).isEqualTo(Duration.ofSeconds(24));

        supply.awaited = true;
        assertThat(pass(longer).rest()).isEqualTo(Duration.ofSeconds(10));
        books.upTo = Optional.of(NOW.plusSeconds(1));
        assertThat(pass(longer).rest()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whatItHasIsComparedOnceInAWhile() {
        assertThat(pass(ErpStockPass.FIRST).comparing()).isTrue();
        steps().compare(BOOKS);
        assertThat(pass(ErpStockPass.FIRST).comparing()).isFalse();

        clock.advance(Duration.ofMinutes(61));

        assertThat(pass(ErpStockPass.FIRST).comparing()).isTrue();
        drift.apart = Optional.of(new Discrepancy(BOOKS.value(), EAST, MUG, Measure.ON_HAND, 7, 9, NOW));
        assertThat(steps().compare(BOOKS)).isEqualTo(1);
        assertThat(cases.ofSubject("stock/WH-EAST/NW-MUG-RED"))
                .extracting(Case::code)
                .containsExactly(FailureCode.STOCK_DISCREPANCY);
    }

    @Test
    void whatItHasIsTakenDownPageByPageWithoutWhatNobodySells() {
        ErpStockLook look = steps().observe(BOOKS, ErpStockLook.BEGIN);
        assertThat(look.over()).isFalse();

        assertThat(steps().observe(BOOKS, look).over()).isTrue();

        assertThat(observations.books)
                .containsExactly(new ErpStock.OnHand(EAST, MUG, 7), new ErpStock.OnHand(EAST, MUG, 8));
    }

    @Test
    void afterTheFirstReadingComesWhatWasOrderedBefore() {
        books.onOrder = List.of(awaited(MUG, 12));

        pass(ErpStockPass.FIRST);
        assertThat(supply.expected).extracting(Expected::outstanding).containsExactly(12);

        books.upTo = Optional.of(NOW);
        pass(ErpStockPass.FIRST);
        pass(ErpStockPass.FIRST);
        assertThat(supply.expected)
                .as("until there is a watermark, and not after")
                .hasSize(2);
    }

    @Test
    void whatIsLeftOfAPurchaseIsExpectedBeforeWhatHasComeIsNotAnyMore() {
        books.onOrder = List.of(awaited(MUG, 0), awaited(MUG, 2));

        pass(ErpStockPass.FIRST);

        assertThat(supply.expected).extracting(Expected::outstanding).containsExactly(2, 0);
    }

    @Test
    void allAboutAProductThatIsSoldByNowIsAskedFor() {
        books.moved = List.of(receipt(UNKNOWN, 30), receipt(MUG, 4));
        pass(ErpStockPass.FIRST);
        assertThat(inventory.onHand(EAST, UNKNOWN)).isZero();
        steps().observe(BOOKS, ErpStockLook.BEGIN);
        assertThat(inventory.onHand(EAST, UNKNOWN)).isZero();

        screwsAreSold = true;
        steps().observe(BOOKS, ErpStockLook.BEGIN);

        assertThat(inventory.onHand(EAST, UNKNOWN)).isEqualTo(30);
        assertThat(inventory.onHand(EAST, MUG)).isEqualTo(4);
        assertThat(passedOver.products).isEmpty();
    }

    @Test
    void manyProductsThatAreSoldByNowAreTakenInPageByPageBeforeWhatThereIs() {
        List<Sku> screws = IntStream.range(0, ErpStockStepsImpl.MOST_PRODUCTS_AT_ONCE + 1)
                .mapToObj(size -> Sku.of(UNKNOWN + "-" + size))
                .toList();
        books.moved = screws.stream().map(screw -> receipt(screw, 3)).toList();
        pass(ErpStockPass.FIRST);
        screwsAreSold = true;

        ErpStockLook look = steps().observe(BOOKS, ErpStockLook.BEGIN);
        assertThat(passedOver.products).hasSize(1);
        assertThat(observations.books).isEmpty();
        look = steps().observe(BOOKS, look);

        assertThat(passedOver.products).isEmpty();
        assertThat(screws)
                .allSatisfy(screw -> assertThat(inventory.onHand(EAST, screw)).isEqualTo(3));
        assertThat(observations.books).hasSize(2);
        assertThat(steps().observe(BOOKS, look).over()).isTrue();
    }

    @Test
    void anArrivalIsToldOnce() {
        books.arrived = List.of(arrival("1", MUG, 24), arrival("2", MUG, 6), arrival("3", UNKNOWN, 5));
        String order = "purchase-order/" + BOOKS + "/PO7";

        pass(ErpStockPass.FIRST);
        pass(ErpStockPass.FIRST);

        assertThat(trace.of(order))
                .flatExtracting(entry -> EventType.of(order, entry.kind(), entry.detail()))
                .as("the delivery, and each line of what we sell")
                .containsExactly(
                        EventType.PURCHASE_ORDER_RECEIVED,
                        EventType.PURCHASE_ORDER_LINE_RECEIVED,
                        EventType.PURCHASE_ORDER_LINE_RECEIVED);
        assertThat(EventType.PURCHASE_ORDER_LINE_RECEIVED.data(
                        order, trace.of(order).getLast().detail()))
                .isEqualTo(Map.of(
                        "account",
                        BOOKS.value(),
                        "purchaseOrder",
                        "PO7",
                        "facility",
                        EAST.value(),
                        "delivery",
                        "stock.shipment.in,3",
                        "sku",
                        MUG.value(),
                        "quantity",
                        6L));
    }

    private static ErpStock.Arrival arrival(String id, Sku sku, int units) {
        return new ErpStock.Arrival(
                "PO7", EAST, "stock.shipment.in,3", Optional.of(new ErpStock.Arrival.Goods(id, sku, units)));
    }

    @Test
    void aTransferThatIsOverIsJudgedByThePolicyWithoutWhatNobodySells() {
        ErpTransferId id = new ErpTransferId(BOOKS, "41");
        books.ended = List.of(new ErpTransfer(
                id,
                EAST,
                SampleFacilities.WH_WEST,
                List.of(new ErpTransfer.Line(MUG, 9, 6), new ErpTransfer.Line(UNKNOWN, 5, 0)),
                List.of()));

        pass(ErpStockPass.FIRST);

        assertThat(transfers.told)
                .containsExactly(new ErpTransfer(
                        id, EAST, SampleFacilities.WH_WEST, List.of(new ErpTransfer.Line(MUG, 9, 6)), List.of()));
        assertThat(transfers.tolerance).isEqualTo(new ErpTransfers.Tolerance(0, "no rule of test-1"));
    }

    @Test
    void itIsToldOfWhatWasAdjustedBeforeItIsAskedWhatItHas() {
        untold.documents.put(LOST.reference(), LOST);
        untold.documents.put(FOUND.reference(), FOUND);
        assertThat(pass(ErpStockPass.FIRST).comparing()).isTrue();

        ErpStockLook look = steps().observe(BOOKS, ErpStockLook.BEGIN);
        assertThat(observations.books).isEmpty();
        look = steps().observe(BOOKS, look);
        assertThat(vendor.effects())
                .containsExactly("adjust-stock " + LOST.reference(), "adjust-stock " + FOUND.reference());
        assertThat(untold.posted).containsExactly(LOST.reference(), FOUND.reference());
        assertThat(observations.books).isEmpty();

        look = steps().observe(BOOKS, look);
        assertThat(observations.books).hasSize(1);
        assertThat(steps().observe(BOOKS, look).over()).isTrue();
    }

    @Test
    void aDocumentThatIsDueAsksForATurnWithoutAComparison() {
        pass(ErpStockPass.FIRST);
        steps().compare(BOOKS);
        untold.documents.put(LOST.reference(), LOST);
        assertThat(pass(ErpStockPass.FIRST).comparing()).isTrue();

        ErpStockLook look = steps().observe(BOOKS, ErpStockLook.BEGIN);

        assertThat(untold.posted).containsExactly(LOST.reference());
        assertThat(steps().observe(BOOKS, look).over()).isTrue();
        assertThat(observations.books).isEmpty();
    }

    @Test
    void whatItRefusesIsACaseAndHoldsUpNothingElseUntilSomebodyDecides() {
        vendor.refuses("adjust-stock", FailureCode.ERP_PERIOD_CLOSED, "reopen period November");
        untold.documents.put(LOST.reference(), LOST);
        untold.documents.put(FOUND.reference(), FOUND);

        tellAll();

        assertThat(untold.posted).containsExactly(FOUND.reference());
        Case asked = cases.current(LOST.reference(), AdjustmentPosting.STEP).orElseThrow();
        assertThat(asked.code()).isEqualTo(FailureCode.ERP_PERIOD_CLOSED);
        tellAll();
        assertThat(untold.posted).as("it waits for an answer").hasSize(1);

        decide(asked, Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01"));
        tellAll();

        assertThat(untold.posted).containsExactly(FOUND.reference(), LOST.reference());
        assertThat(erp.adjustment(LOST.reference()).businessDate()).isEqualTo("2026-12-01");
        assertThat(cases.current(LOST.reference(), AdjustmentPosting.STEP)).isEmpty();
    }

    @Test
    void whatItShallNotBeToldIsGivenUp() {
        vendor.refuses("adjust-stock", FailureCode.ERP_REJECTED, "no such product");
        untold.documents.put(LOST.reference(), LOST);
        tellAll();

        decide(cases.current(LOST.reference(), AdjustmentPosting.STEP).orElseThrow(), Action.CANCEL, Map.of());
        tellAll();

        assertThat(untold.givenUp).containsExactly(LOST.reference());
        assertThat(vendor.effects()).isEmpty();
        assertThat(cases.current(LOST.reference(), AdjustmentPosting.STEP)).isEmpty();
    }

    @Test
    void whatMayHaveBeenMovedIsLookedForBeforeItIsAskedWhatItHas() {
        vendor.losesReply("adjust-stock");
        untold.documents.put(LOST.reference(), LOST);

        assertThatThrownBy(() -> steps().observe(BOOKS, ErpStockLook.BEGIN)).isInstanceOf(ActivityFailure.class);
        assertThat(untold.posted).isEmpty();
        assertThat(observations.books).isEmpty();
        tellAll();

        assertThat(vendor.effects()).containsExactly("adjust-stock " + LOST.reference());
        assertThat(untold.posted).containsExactly(LOST.reference());
    }

    private static StockAdjustment adjusted(StockAdjustment.Direction direction, int units) {
        LocalDate day = LocalDate.of(2026, 11, 25);
        return new StockAdjustment(
                StockAdjustment.reference(EAST, day, direction, 1),
                EAST,
                day,
                direction,
                new TreeMap<>(Map.of(MUG, units)));
    }

    private void decide(Case about, Action action, Map<String, String> amendment) {
        cases.decide(about.id(), new Decision(action, "fay", true, Optional.empty(), amendment, clock.instant()));
    }

    private void tellAll() {
        ErpStockLook look = ErpStockLook.BEGIN;
        do {
            look = steps().observe(BOOKS, look);
        } while (!look.over());
    }

    private static Expected awaited(Sku sku, int units) {
        return new Expected(new StockSource(BOOKS.value(), "move/1", 1), EAST, sku, units, NOW);
    }

    private static Movement receipt(Sku sku, int units) {
        return new Movement(EAST, sku, units, Movement.Kind.RECEIPT, BOOKS.value(), "move/" + sku, NOW);
    }

    private ErpStockPass pass(ErpStockPass before) {
        ErpStockPass pass = before.following();
        do {
            pass = steps().takeIn(BOOKS, pass);
        } while (!pass.over());
        return pass;
    }

    private ErpStockSteps steps() {
        return environment.newActivityStub(ErpStockSteps.class);
    }

    /** Tells the same each time; what there is comes in two pages. */
    private static final class Books implements ErpStock {
        private Optional<Instant> upTo = Optional.empty();
        private List<Movement> moved = List.of();
        private List<Expected> onOrder = List.of();
        private List<Arrival> arrived = List.of();
        private List<ErpTransfer> ended = List.of();

        @Override
        public Page since(AccountId account, Instant since, Optional<String> cursor) {
            return new Page(moved, List.of(), arrived, ended, upTo, Optional.empty());
        }

        @Override
        public Page onOrder(AccountId account, Optional<String> cursor) {
            return new Page(List.of(), onOrder, List.of(), Optional.empty(), Optional.empty());
        }

        @Override
        public Page about(AccountId account, Sku sku, Optional<String> cursor) {
            return new Page(
                    moved.stream().filter(one -> one.sku().equals(sku)).toList(),
                    List.of(),
                    List.of(),
                    upTo,
                    Optional.empty());
        }

        @Override
        public Shelves onHand(AccountId account, Optional<String> cursor) {
            return cursor.isEmpty()
                    ? new Shelves(
                            List.of(new OnHand(EAST, MUG, 7), new OnHand(EAST, UNKNOWN, 900)), Optional.of("WH-EAST:7"))
                    : new Shelves(List.of(new OnHand(EAST, MUG, 8)), Optional.empty());
        }
    }

    private static final class Ended implements ErpTransfers {
        private final List<ErpTransfer> told = new ArrayList<>();
        private Tolerance tolerance = new Tolerance(-1, "none");

        @Override
        public void ended(ErpTransfer transfer, Tolerance by) {
            told.add(transfer);
            tolerance = by;
        }

        @Override
        public void acceptDifference(ErpTransferId id, CaseId reason) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Supply implements IncomingSupply {
        private final List<Expected> expected = new ArrayList<>();
        private boolean awaited;

        @Override
        public List<Repromised> expect(Expected supply) {
            expected.add(supply);
            return List.of();
        }

        @Override
        public List<Expected> open(Collection<Sku> skus) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean awaitedFrom(AccountId source) {
            return awaited;
        }
    }

    private static final class PassedOver implements PassedOverProducts {
        private final Set<Sku> products = new TreeSet<>();

        @Override
        public void passOver(AccountId account, Collection<Sku> others) {
            products.addAll(others);
        }

        @Override
        public List<Sku> of(AccountId account) {
            return List.copyOf(products);
        }

        @Override
        public void takenIn(AccountId account, Sku product) {
            products.remove(product);
        }
    }
}
