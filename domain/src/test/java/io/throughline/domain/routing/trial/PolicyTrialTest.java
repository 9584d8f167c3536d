package io.throughline.domain.routing.trial;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.BrandRule;
import io.throughline.domain.routing.Criterion;
import io.throughline.domain.routing.OpeningHours;
import io.throughline.domain.routing.PostalAreas;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.RoutingRule;
import io.throughline.domain.routing.RoutingRule.Candidates;
import io.throughline.domain.routing.RoutingRule.Concerns;
import io.throughline.domain.routing.RoutingRule.StockTerms;
import io.throughline.domain.routing.SampleRoutingPolicies;
import io.throughline.domain.routing.ShippingTable;
import io.throughline.domain.routing.ShippingTable.Zone;
import io.throughline.domain.routing.Whereabouts;
import io.throughline.domain.routing.trial.TrialFigures.Load;
import io.throughline.domain.routing.trial.TrialReport.Move;
import io.throughline.domain.transfer.OrderTransferTerms;
import io.throughline.domain.transfer.TransferTerms;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two policies over the same orders, each in a world of its own. The customers live by the Great Lakes, nearest to WH-EAST. */
class PolicyTrialTest {
    /** A Monday, nine in the morning in New York. */
    private static final Instant START = Instant.parse("2026-11-16T14:00:00Z");

    private static final Window WEEK = new Window(START, START.plus(Duration.ofDays(7)));
    private static final Duration PROMISE = Duration.ofDays(2);

    private final TestingHistory history = new TestingHistory();

    @Test
    void aPolicyAgainstItselfMovesNobody() {
        history.stock(WH_EAST, TEE, 3).stock(WH_WEST, TEE, 9);
        history.order(at(0), tees("1", 2)).order(at(1), tees("2", 2));

        TrialReport report = trial(SampleRoutingPolicies.DEFAULT, SampleRoutingPolicies.DEFAULT);

        assertThat(report.before()).isEqualTo(report.after());
        assertThat(report.moved()).isZero();
        assertThat(report.whole()).isTrue();
        assertThat(report.after().placed()).isEqualTo(2);
        assertThat(report.after().loads())
                .as("the second finds one tee in the east")
                .isEqualTo(Map.of(WH_EAST, new Load(1, 2), WH_WEST, new Load(1, 2)));
    }

    @Test
    void whoMovesIsToldWithTheReason() {
        history.stock(WH_EAST, TEE, 9).stock(ST_HARBOR, TEE, 9);
        Order order = tees("1", 2);
        history.order(at(0), order);

        TrialReport report = trial(SampleRoutingPolicies.DEFAULT, candidate(among(ST_HARBOR)));

        assertThat(report.moved()).isEqualTo(1);
        assertThat(report.moves())
                .containsExactly(new Move(order.id(), "WH-EAST (2)", "ST-HARBOR (2)", "candidate, WH-EAST NOT_MEANT"));
        assertThat(report.after().kilometres().orElseThrow()).isCloseTo(792, within(1.0));
        assertThat(report.before().kilometres().orElseThrow()).isLessThan(792);
    }

    @Test
    void eachWorldHasItsOwnStockAndWhatChangedItFromOutside() {
        history.stock(WH_EAST, TEE, 2).stock(WH_WEST, TEE, 2);
        history.change(at(2), WH_EAST, TEE, 5).change(at(4), WH_WEST, TEE, -2);
        history.order(at(0), tees("1", 2))
                .order(at(1), tees("2", 2))
                .order(at(3), tees("3", 2))
                .order(at(5), tees("4", 2));

        TrialReport report = trial(SampleRoutingPolicies.DEFAULT, candidate(among(WH_WEST)));

        assertThat(report.before().placed()).isEqualTo(4);
        assertThat(report.before().loads()).isEqualTo(Map.of(WH_EAST, new Load(3, 6), WH_WEST, new Load(1, 2)));
        assertThat(report.after().placed()).isEqualTo(1);
        assertThat(report.after().left()).isEqualTo(Map.of(AfterAction.Kind.CASE, 3));
        assertThat(report.after().fillRate()).isCloseTo(25, within(0.01));
        assertThat(report.moved()).isEqualTo(4);
    }

    @Test
    void anOrderThatWaitsIsLookedAtAgainUntilThereIsRoom() {
        history.stock(WH_EAST, TEE, 9);
        history.order(at(0), tees("1", 1)).order(at(0), tees("2", 1)).order(at(1), tees("3", 1));
        RoutingPolicy hourly = SampleRoutingPolicies.limited(
                "candidate",
                1,
                Set.of(WH_EAST),
                rule(
                        among(WH_EAST),
                        new AfterAction(AfterAction.Kind.WAIT, Optional.of(Duration.ofMinutes(30)), Optional.empty())));

        TrialReport report = trial(SampleRoutingPolicies.DEFAULT, hourly);

        assertThat(report.after().placed()).isEqualTo(3);
        assertThat(report.moved()).as("later, but from the same place").isZero();
    }

    @Test
    void whatWaitsTooLongIsCancelledAndWhatWaitsAtTheEndIsTold() {
        history.order(at(0), tees("1", 1)).order(at(24 * 6), tees("2", 1));
        RoutingPolicy cancelling = candidate(
                among(WH_EAST),
                new AfterAction(
                        AfterAction.Kind.CANCEL, Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofDays(2))));

        TrialReport report = trial(SampleRoutingPolicies.DEFAULT, cancelling);

        assertThat(report.after().left()).isEqualTo(Map.of(AfterAction.Kind.CANCEL, 1, AfterAction.Kind.WAIT, 1));
        assertThat(report.before().left()).isEqualTo(Map.of(AfterAction.Kind.CASE, 2));
    }

    /** The harbor works on Mondays only, so what is ordered on a Tuesday leaves too late from there. */
    @Test
    void bothAreMeasuredByTheTableAndTheHoursOfTheCandidate() {
        CurrencyCode dollars = CurrencyCode.of("USD");
        ShippingTable table = new ShippingTable(List.of(
                new Zone("near", false, Optional.of(600), Money.of("5.00", dollars), Money.of("0.50", dollars)),
                new Zone("far", false, Optional.empty(), Money.of("8.00", dollars), Money.of("1.00", dollars)),
                new Zone("abroad", true, Optional.empty(), Money.of("30.00", dollars), Money.of("5.00", dollars))));
        RoutingPolicy candidate = new RoutingPolicy(
                "candidate",
                Instant.EPOCH,
                false,
                List.of(),
                List.of(new OpeningHours(
                        "mondays",
                        Set.of(ST_HARBOR),
                        EnumSet.of(DayOfWeek.MONDAY),
                        LocalTime.of(9, 0),
                        LocalTime.of(16, 0),
                        LocalTime.of(21, 0))),
                Optional.of(table),
                List.of(rule(among(ST_HARBOR), AfterAction.of(AfterAction.Kind.CASE))));
        history.stock(WH_EAST, TEE, 9).stock(ST_HARBOR, TEE, 9);
        history.order(at(1), tees("1", 2)).order(at(25), tees("2", 2));

        TrialReport report = trial(SampleRoutingPolicies.DEFAULT, candidate);

        assertThat(report.before().cost()).contains(Money.of("12.00", dollars));
        assertThat(report.after().cost()).contains(Money.of("20.00", dollars));
        assertThat(report.before().promiseKept()).isCloseTo(100, within(0.01));
        assertThat(report.after().promiseKept()).isCloseTo(50, within(0.01));
    }

    @Test
    void aSplitIsCountedOnceAndItsParcelsEach() {
        history.stock(WH_EAST, TEE, 2).stock(WH_WEST, CAP, 1);
        Order both = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .destination("US", 40, -80)
                .line(TEE, 2, "50.00")
                .line(CAP, 1, "20.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
        history.order(at(0), both);

        TrialFigures figures = trial(SampleRoutingPolicies.DEFAULT, SampleRoutingPolicies.DEFAULT)
                .after();

        assertThat(figures.parcels()).isEqualTo(2);
        assertThat(figures.splitOrders()).isEqualTo(1);
        assertThat(figures.placedUnits()).isEqualTo(3);
    }

    @Test
    void moreOrdersThanAreAskedForAreNotTriedAndThatIsTold() {
        history.stock(WH_EAST, TEE, 9);
        history.order(at(0), tees("1", 1)).order(at(1), tees("2", 1));

        TrialReport report = new PolicyTrial(history, surroundings())
                .of(new PolicyTrial.Question(
                        SampleRoutingPolicies.DEFAULT, SampleRoutingPolicies.DEFAULT, WEEK, PROMISE, 1));

        assertThat(report.whole()).isFalse();
        assertThat(report.after().orders()).isEqualTo(1);
    }

    @Test
    void aCandidateThatMindsStockIsTriedByHowItStood() {
        history.stock(WH_EAST, TEE, 4).stock(WH_WEST, TEE, 9);
        history.moves(WH_EAST, TEE, 2, at(-24 * 10)).moves(WH_WEST, TEE, 1, at(-24 * 200));
        history.order(at(0), tees("1", 1)).order(at(1), tees("2", 1));
        RoutingPolicy oldFirst = SampleRoutingPolicies.of(
                "candidate",
                new RoutingRule(
                        "candidate",
                        Concerns.everything(),
                        Candidates.everybody(),
                        List.of(Criterion.STOCK_AGE, Criterion.DISTANCE),
                        Optional.empty(),
                        AfterAction.of(AfterAction.Kind.CASE)));

        TrialReport report = trial(SampleRoutingPolicies.DEFAULT, oldFirst);

        assertThat(report.before().loads()).isEqualTo(Map.of(WH_EAST, new Load(2, 2)));
        assertThat(report.after().loads()).isEqualTo(Map.of(WH_WEST, new Load(2, 2)));
        assertThat(report.moves().getFirst().why())
                .startsWith("candidate, WH-EAST ")
                .contains("has lain 10 days");
    }

    /** What would last two weeks and must last more is not taken from there, whatever is nearer. */
    @Test
    void inEachWorldSupplyIsWhatThatWorldHasLeft() {
        history.stock(WH_EAST, TEE, 4).stock(WH_WEST, TEE, 90);
        history.moves(WH_EAST, TEE, 1, at(-24)).moves(WH_WEST, TEE, 1, at(-24));
        history.order(at(0), tees("1", 1)).order(at(1), tees("2", 1)).order(at(2), tees("3", 1));
        Candidates plenty = new Candidates(
                Set.of(),
                false,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                new StockTerms(Optional.of(3), Optional.empty()));

        TrialReport report = trial(SampleRoutingPolicies.DEFAULT, candidate(plenty));

        assertThat(report.after().loads()).isEqualTo(Map.of(WH_EAST, new Load(2, 2), WH_WEST, new Load(1, 1)));
        assertThat(report.moves())
                .singleElement()
                .satisfies(move -> assertThat(move.why())
                        .isEqualTo("candidate, WH-EAST SCARCE: " + TEE + " lasts 2.0 weeks of 3"));
    }

    @Test
    void brandsAndMarketplacesAreTriedToo() {
        history.stock(WH_EAST, TEE, 4).stock(WH_WEST, TEE, 9).brand(TEE, "Atelier");
        history.order(at(0), tees("1", 1), at(1));
        RoutingPolicy premium = new RoutingPolicy(
                "candidate",
                Instant.EPOCH,
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(new BrandRule("premium", Set.of("Atelier"), Set.of(WH_WEST))),
                List.of(rule(Candidates.everybody(), AfterAction.of(AfterAction.Kind.CASE))));

        assertThat(trial(SampleRoutingPolicies.DEFAULT, premium).moves())
                .singleElement()
                .satisfies(move -> assertThat(move.why()).startsWith("candidate, WH-EAST BRAND: "));

        Candidates inTime = new Candidates(
                Set.of(),
                false,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                StockTerms.any());
        OpeningHours tomorrow = new OpeningHours(
                "days",
                Set.of(WH_EAST),
                EnumSet.allOf(DayOfWeek.class),
                LocalTime.of(6, 0),
                LocalTime.of(7, 0),
                LocalTime.of(18, 0));
        RoutingPolicy punctual = new RoutingPolicy(
                "candidate",
                Instant.EPOCH,
                false,
                List.of(),
                List.of(tomorrow),
                Optional.empty(),
                List.of(rule(inTime, AfterAction.of(AfterAction.Kind.CASE))));
        assertThat(trial(SampleRoutingPolicies.DEFAULT, punctual).moves())
                .singleElement()
                .satisfies(move -> assertThat(move.why()).startsWith("candidate, WH-EAST TOO_LATE: "));
    }

    /** Its giver has so much less for the orders that come after it. */
    @Test
    void whatIsCollectedMayBeSentToItsStoreByOthers() {
        history.stock(WH_EAST, TEE, 4);
        Order pickup = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .line(TEE, 2, "25.00")
                .deliver(DeliveryMethod.PICKUP, Optional.of(ST_HARBOR), Optional.empty())
                .build();
        history.order(at(0), pickup).order(at(1), tees("2", 3));
        RoutingPolicy same = candidate(Candidates.everybody());

        assertThat(trial(SampleRoutingPolicies.DEFAULT, same).after().loads())
                .as("nobody may send it")
                .isEqualTo(Map.of(WH_EAST, new Load(1, 3)));
        TrialReport sent = new PolicyTrial(
                        history,
                        new Surroundings(
                                new SampleFacilities().all(),
                                Bundles.none(),
                                (channel, facility, sku) -> true,
                                new Whereabouts(new TestingPeople(), PostalAreas.none()),
                                (from, to) -> Optional.of(new OrderTransferTerms(
                                        new TransferTerms("stock-1", "to-stores", Duration.ofDays(2), 2, 0),
                                        Duration.ofHours(12)))))
                .of(new PolicyTrial.Question(SampleRoutingPolicies.DEFAULT, same, WEEK, PROMISE, 1_000));
        assertThat(sent.after().loads()).isEqualTo(Map.of(ST_HARBOR, new Load(1, 2)));
    }

    @Test
    void howFarATrialHasComeIsTold() {
        history.stock(WH_EAST, TEE, 9).order(at(0), tees("1", 1)).order(at(1), tees("2", 1));
        AtomicInteger tried = new AtomicInteger();

        new PolicyTrial(history, surroundings())
                .of(
                        new PolicyTrial.Question(
                                SampleRoutingPolicies.DEFAULT, candidate(Candidates.everybody()), WEEK, PROMISE, 1_000),
                        tried::incrementAndGet);

        assertThat(tried).hasValue(2);
    }

    private TrialReport trial(RoutingPolicy active, RoutingPolicy candidate) {
        return new PolicyTrial(history, surroundings())
                .of(new PolicyTrial.Question(active, candidate, WEEK, PROMISE, 1_000));
    }

    private static Surroundings surroundings() {
        return new Surroundings(
                new SampleFacilities().all(),
                Bundles.none(),
                (channel, facility, sku) -> true,
                new Whereabouts(new TestingPeople(), PostalAreas.none()));
    }

    private static Instant at(int hours) {
        return START.plus(Duration.ofHours(hours));
    }

    private static Order tees(String id, int units) {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, id), "USD")
                .destination("US", 40, -80)
                .line(TEE, units, "25.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
    }

    private static RoutingPolicy candidate(Candidates candidates) {
        return candidate(candidates, AfterAction.of(AfterAction.Kind.CASE));
    }

    private static RoutingPolicy candidate(Candidates candidates, AfterAction otherwise) {
        return SampleRoutingPolicies.of("candidate", rule(candidates, otherwise));
    }

    private static RoutingRule rule(Candidates candidates, AfterAction otherwise) {
        return new RoutingRule(
                "candidate",
                Concerns.everything(),
                candidates,
                List.of(Criterion.SPLITS, Criterion.DISTANCE),
                Optional.empty(),
                otherwise);
    }

    private static Candidates among(FacilityId facility) {
        return new Candidates(Set.of(facility), false, Optional.empty(), 0, Optional.empty(), Optional.empty(), false);
    }
}
