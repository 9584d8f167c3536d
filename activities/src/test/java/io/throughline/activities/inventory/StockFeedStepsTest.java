package io.throughline.activities.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.testing.TestActivityEnvironment;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.availability.StockPolicy.Scope;
import io.throughline.domain.availability.StockPolicy.ToleranceRule;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockReports.Report.Unplaced;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.TestingInventory;
import io.throughline.domain.inventory.TestingRepublications;
import io.throughline.domain.inventory.UnplacedReports;
import io.throughline.workflows.inventory.StockFeedSteps;
import io.throughline.workflows.inventory.StockPass;
import io.throughline.workflows.inventory.StockPass.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StockFeedStepsTest {
    private static final AccountId TILLS = SampleAccounts.POS;
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final Sku MUG = Sku.of("NW-MUG-RED");
    private static final StockPolicy POLICY =
            SampleStockPolicies.plain("test-1", new ToleranceRule("one", new Scope(Set.of(HARBOR), Set.of()), 1));

    private static final StockAuthorities AUTHORITIES = (facility, measure) ->
            new Authority(facility.equals(SampleFacilities.WH_EAST) ? "erp" : TILLS.value(), Basis.MOVEMENTS);

    private final SettableClock clock = new SettableClock(NOW);
    private final TestingInventory inventory = new TestingInventory(new TestingFulfillmentOrders(clock));
    private final Tills tills = new Tills(clock);
    private final TestingObservations told = new TestingObservations();
    private final Waiting waiting = new Waiting();
    private final TestingDrift drift = new TestingDrift();
    private final TestingRepublications republications = new TestingRepublications();
    private final TestingCases cases = new TestingCases(clock);
    private final TestingWatermarks watermarks = new TestingWatermarks();
    private final Map<String, Instant> marks = watermarks.marks();
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();

    @BeforeEach
    void register() {
        environment.registerActivitiesImplementations(new StockFeedStepsImpl(
                new SampleAccounts(),
                new SampleFacilities(),
                Map.of(OutsideSystem.SQUARE, tills),
                new StockBooks(
                        inventory,
                        told,
                        drift,
                        AUTHORITIES,
                        instant -> POLICY,
                        new ShownPlaces(
                                new SampleAccounts(), new SampleFacilities(), SampleStockRules.movedBy(AUTHORITIES)),
                        republications),
                waiting,
                watermarks,
                cases,
                new StockFeedStepsImpl.Rhythm(Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofHours(24)),
                clock));
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void eachPageIsTakenInAndTheLastOneMovesTheWatermark() {
        tills.pages = List.of(List.of(moved("A1", 2)), List.of(moved("A2", -1)));
        tills.takes = Duration.ofSeconds(1);

        StockPass first = steps().takeIn(TILLS, StockPass.begin(Reach.NEWS));
        assertThat(first.over()).isFalse();
        assertThat(marks).isEmpty();

        StockPass second = steps().takeIn(TILLS, first);
        assertThat(second.over()).isTrue();
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(1);
        assertThat(marks).containsEntry("stock", NOW.plusSeconds(1));
        assertThat(tills.asked)
                .containsExactly(NOW.minus(Duration.ofDays(1)) + " ", NOW.minus(Duration.ofDays(1)) + " 1");
    }

    @Test
    void quickPagesAreOneStep() {
        tills.pages = List.of(List.of(moved("A1", 2)), List.of(moved("A2", -1)), List.of(moved("A3", 4)));
        tills.takes = Duration.ofMillis(300);

        assertThat(steps().takeIn(TILLS, StockPass.begin(Reach.NEWS)).over()).isTrue();

        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(5);
        assertThat(marks).containsEntry("stock", NOW.plusSeconds(2));
    }

    @Test
    void whatWasTakenInBeforeAPageFailedCounts() {
        tills.pages = List.of(List.of(moved("A1", 2)), List.of(moved("A2", -1)));
        tills.failsAfter = 1;

        StockPass first = steps().takeIn(TILLS, StockPass.begin(Reach.NEWS));

        assertThat(first.over()).isFalse();
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(2);
        assertThatThrownBy(() -> steps().takeIn(TILLS, first)).hasStackTraceContaining("SYSTEM_UNREACHABLE");
    }

    @Test
    void theWatermarkIsOfTheSystemsOwnClockAndEachPassBeginsALittleBefore() {
        marks.put("stock", NOW);

        steps().takeIn(TILLS, StockPass.begin(Reach.NEWS));
        steps().takeIn(TILLS, StockPass.begin(Reach.SWEEP));

        assertThat(tills.asked).containsExactly(NOW.minusSeconds(5) + " ", NOW.minusSeconds(180) + " ");
        assertThat(marks).containsEntry("stock", NOW);
    }

    @Test
    void whatWasHeardBeforeIsPassedOver() {
        tills.pages = List.of(List.of(moved("A1", 2)));

        steps().takeIn(TILLS, StockPass.begin(Reach.NEWS));
        told.heard.add("A1");
        steps().takeIn(TILLS, StockPass.begin(Reach.SWEEP));

        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(2);
    }

    @Test
    void theSaleOfAnOrderIsKeptAndNotBooked() {
        tills.pages = List.of(List.of(new StockReports.Report.SoldByOrder(movement("A1", -2, Kind.SALE))));

        steps().takeIn(TILLS, StockPass.begin(Reach.NEWS));

        assertThat(inventory.onHand(HARBOR, MUG)).isZero();
        assertThat(told.kept).extracting(kept -> kept.source().id()).containsExactly("A1");
    }

    @Test
    void whatNobodyCanPlaceWaitsUntilSomebodyCan() {
        Unplaced unknown = new Unplaced(new StockSource(TILLS.value(), "A1/location L9", 1), "location L9", "raw");
        tills.pages = List.of(List.of(unknown));

        steps().takeIn(TILLS, StockPass.begin(Reach.NEWS));
        assertThat(steps().placeAgain(TILLS)).isEqualTo(Duration.ofMinutes(1));
        assertThat(waiting.reports).containsExactly(unknown);

        tills.known = true;
        steps().placeAgain(TILLS);
        assertThat(waiting.reports).isEmpty();
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(5);
    }

    @Test
    void whoWasAskedAndHadNothingNewIsNotSilent() {
        steps().takeIn(TILLS, StockPass.begin(Reach.NEWS));
        assertThat(told.heardFrom).isEmpty();
        assertThat(marks).doesNotContainKey("stock-news");

        steps().takeIn(TILLS, StockPass.begin(Reach.SWEEP));

        assertThat(marks).containsEntry("stock-news", NOW);
        assertThat(told.heardFrom).contains(HARBOR).doesNotContain(SampleFacilities.WH_EAST);
    }

    @Test
    void aFailureIsARetry() {
        tills.failure = Optional.of(SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "no line", null));

        assertThatThrownBy(() -> steps().takeIn(TILLS, StockPass.begin(Reach.NEWS)))
                .hasRootCauseInstanceOf(io.temporal.failure.ApplicationFailure.class)
                .hasStackTraceContaining("SYSTEM_UNREACHABLE");
        assertThat(marks).isEmpty();
    }

    @Test
    void withinTheToleranceTheLedgerFollowsTheSystemThatMovesTheStock() {
        inventory.stock(HARBOR, MUG, 5);
        drift.apart = Optional.of(apart(TILLS.value(), 4, 5));

        assertThat(steps().compare(TILLS)).isZero();

        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(4);
        assertThat(cases.ofSubject("stock/ST-HARBOR/NW-MUG-RED")).isEmpty();
    }

    @Test
    void beyondItIsACaseWithBothHistoriesThatClosesWhenTheyAgree() {
        inventory.stock(HARBOR, MUG, 5);
        drift.apart = Optional.of(apart(TILLS.value(), 2, 5));

        assertThat(steps().compare(TILLS)).isEqualTo(1);
        Case open = cases.ofSubject("stock/ST-HARBOR/NW-MUG-RED").getFirst();
        assertThat(open.code()).isEqualTo(FailureCode.STOCK_DISCREPANCY);
        assertThat(open.detail()).contains("tells of 2, the ledger of 5", "both histories");
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(5);

        drift.settled.add(open);
        steps().compare(TILLS);
        assertThat(cases.ofSubject("stock/ST-HARBOR/NW-MUG-RED"))
                .extracting(Case::status)
                .containsExactly(CaseStatus.CLOSED);
    }

    @Test
    void aComparisonGoesThroughAllPages() {
        drift.apart = Optional.of(apart(TILLS.value(), 2, 5));
        drift.pages = 3;

        assertThat(steps().compare(TILLS)).isEqualTo(3);

        assertThat(drift.passed).hasSize(3);
        assertThat(cases.ofSubject("stock/ST-HARBOR/NW-MUG-RED")).hasSize(1);
    }

    @Test
    void whereTheLedgerHasHeardOfNothingItBeginsWithWhatIsTold() {
        drift.begun = Optional.of(apart(TILLS.value(), 9, 0));

        assertThat(steps().compare(TILLS)).isZero();

        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(9);
    }

    @Test
    void whatAnotherSystemTellsThereIsForPeople() {
        drift.begun = Optional.of(apart("northwind", 9, 0));

        assertThat(steps().compare(SampleAccounts.SHOP)).isEqualTo(1);

        assertThat(inventory.onHand(HARBOR, MUG)).isZero();
    }

    @Test
    void oneReportThatCannotBeBookedKeepsNoneWaiting() {
        told.unfit.add("A1");
        inventory.refuses("A3");
        tills.pages = List.of(List.of(
                new StockReports.Report.SoldByOrder(movement("A1", -1, Kind.SALE)),
                moved("A2", 3),
                moved("A3", 5),
                moved("A4", 1)));

        assertThat(steps().takeIn(TILLS, StockPass.begin(Reach.NEWS)).over()).isTrue();

        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(4);
        assertThat(marks).containsKey("stock");
        for (String unfit : List.of("A1", "A3")) {
            assertThat(cases.ofSubject("unplaced/" + TILLS + "/statement " + unfit))
                    .extracting(Case::code)
                    .containsExactly(FailureCode.STOCK_UNPLACED);
        }
    }

    @Test
    void allLevelsAreReadAtFirstAndThenOnceADay() {
        assertThat(steps().takeIn(TILLS, StockPass.begin(Reach.LEVELS)).allDue())
                .isTrue();

        tills.takes = Duration.ofSeconds(1);
        StockPass all = steps().takeIn(TILLS, StockPass.begin(Reach.ALL));
        assertThat(all.over()).isFalse();
        assertThat(marks).doesNotContainKey("stock-all-levels");
        clock.advance(Duration.ofMinutes(10));
        assertThat(steps().takeIn(TILLS, all).over()).isTrue();

        assertThat(told.levels).extracting(level -> level.units()).containsExactly(7, 8);
        assertThat(marks).containsEntry("stock-all-levels", NOW);
        assertThat(steps().takeIn(TILLS, StockPass.begin(Reach.LEVELS)).allDue())
                .isFalse();
        clock.advance(Duration.ofHours(24));
        assertThat(steps().takeIn(TILLS, StockPass.begin(Reach.LEVELS)).allDue())
                .isTrue();
    }

    @Test
    void itIsComparedAgainOnlyAfterAWhile() {
        steps().compare(TILLS);
        drift.apart = Optional.of(apart(TILLS.value(), 2, 5));

        assertThat(steps().compare(TILLS)).isZero();
        clock.advance(Duration.ofMinutes(16));
        assertThat(steps().compare(TILLS)).isEqualTo(1);
    }

    private static Discrepancy apart(String system, int told, int ledger) {
        return new Discrepancy(system, HARBOR, MUG, Measure.ON_HAND, told, ledger, NOW);
    }

    private StockFeedSteps steps() {
        return environment.newActivityStub(StockFeedSteps.class);
    }

    private static StockReports.Report moved(String id, int units) {
        return new StockReports.Report.Moved(movement(id, units, units < 0 ? Kind.SALE : Kind.RECEIPT));
    }

    private static Movement movement(String id, int units, Kind kind) {
        return new Movement(
                new StockSource(TILLS.value(), id, 1),
                HARBOR,
                MUG,
                Measure.ON_HAND,
                kind,
                units,
                Optional.empty(),
                NOW);
    }

    /** Tells its pages each time, the n-th as of n seconds later. */
    private static final class Tills implements StockReports {
        private final SettableClock clock;
        private final List<String> asked = new ArrayList<>();
        private List<List<Report>> pages = List.of();
        private Optional<SystemFailure> failure = Optional.empty();
        private Duration takes = Duration.ZERO;
        private int failsAfter = Integer.MAX_VALUE;
        private boolean known;

        private Tills(SettableClock clock) {
            this.clock = clock;
        }

        @Override
        public Page since(AccountId account, Instant since, Optional<String> cursor) {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            if (asked.size() >= failsAfter) {
                throw SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "no line", null);
            }
            asked.add(since + " " + cursor.orElse(""));
            clock.advance(takes);
            int number = Integer.parseInt(cursor.orElse("0"));
            return number >= pages.size()
                    ? Page.empty()
                    : new Page(
                            pages.get(number),
                            Optional.of(NOW.plusSeconds(number)),
                            number + 1 < pages.size() ? Optional.of(Integer.toString(number + 1)) : Optional.empty());
        }

        @Override
        public Page levels(AccountId account, Instant since, Optional<String> cursor) {
            return Page.empty();
        }

        /** Two pages, of one level each. */
        @Override
        public Page allLevels(AccountId account, Optional<String> cursor) {
            clock.advance(takes);
            int number = Integer.parseInt(cursor.orElse("0"));
            Level level = new Level(
                    new StockSource(TILLS.value(), "L" + number, 1),
                    HARBOR,
                    MUG,
                    Measure.ON_HAND,
                    7 + number,
                    NOW,
                    Optional.empty());
            return new Page(
                    List.of(new Report.Told(level)),
                    Optional.of(NOW.minusSeconds(900)),
                    number == 0 ? Optional.of("1") : Optional.empty());
        }

        @Override
        public List<Report> again(AccountId account, List<String> raw) {
            return known
                    ? List.of(moved("A9", 5))
                    : List.of(new Unplaced(new StockSource(TILLS.value(), "A1/location L9", 1), "location L9", "raw"));
        }
    }

    private static final class Waiting implements UnplacedReports {
        private final List<Unplaced> reports = new ArrayList<>();

        @Override
        public void keep(AccountId account, Unplaced report) {
            reports.add(report);
        }

        @Override
        public List<Unplaced> oldest(AccountId account) {
            return reports.stream().limit(1).toList();
        }

        @Override
        public List<Unplaced> about(AccountId account, String thing) {
            return List.copyOf(reports);
        }

        @Override
        public void placed(AccountId account, Unplaced report) {
            reports.remove(report);
        }

        @Override
        public void giveUp(AccountId account, String thing) {
            reports.clear();
        }
    }
}
