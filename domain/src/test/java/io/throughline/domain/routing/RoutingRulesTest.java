package io.throughline.domain.routing;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_DOWNTOWN;
import static io.throughline.domain.fulfillment.SampleFacilities.ST_DUBLIN;
import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static io.throughline.domain.order.SampleOrders.BAG;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import io.throughline.domain.routing.RoutingRule.Candidates;
import io.throughline.domain.routing.RoutingRule.Concerns;
import io.throughline.domain.routing.ShippingTable.Zone;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each part of a rule does, and what an explanation says of it. The customer lives by the Great Lakes, nearest to WH-EAST. */
class RoutingRulesTest {
    /** A Friday, eleven in the morning in New York. */
    private static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");

    private static final Set<FacilityId> STORES = Set.of(ST_DOWNTOWN, ST_HARBOR, ST_DUBLIN);
    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final LocalTime NINE_PM = LocalTime.of(21, 0);
    private static final Set<DayOfWeek> WORKED = Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final OpeningHours MONDAYS_AND_FRIDAYS =
            new OpeningHours("weekdays", Set.of(ST_HARBOR), WORKED, NINE, LocalTime.of(16, 0), NINE_PM);
    private static final List<Criterion> NEAREST = List.of(Criterion.SPLITS, Criterion.DISTANCE);

    private final Router router = new Router(new SampleFacilities().all(), Bundles.none());
    private final Order order = order();

    @Test
    void aRuleIsForTheOrdersThatItNames() {
        assertThat(Concerns.everything().cover(order, order.deliveries().getFirst()))
                .isTrue();
        assertThat(covers(Set.of("US"), Set.of(), Set.of(DeliveryMethod.SHIPPING)))
                .isTrue();
        assertThat(covers(Set.of("CA"), Set.of(), Set.of())).isFalse();
        assertThat(covers(Set.of(), Set.of("loyal"), Set.of())).isTrue();
        assertThat(covers(Set.of(), Set.of("brand-b"), Set.of())).isFalse();
        assertThat(covers(Set.of(), Set.of(), Set.of(DeliveryMethod.PICKUP))).isFalse();
        assertThat(new Concerns(Set.of(), Set.of(Channel.MARKETPLACE), Set.of(), Set.of(), Set.of())
                        .cover(order, order.deliveries().getFirst()))
                .isFalse();
        assertThat(new Concerns(Set.of(SampleAccounts.REST), Set.of(), Set.of(), Set.of(), Set.of())
                        .cover(order, order.deliveries().getFirst()))
                .isFalse();
    }

    @Test
    void onlyTheFacilitiesOfTheRuleAreTakenAndTheOthersAreTold() {
        RoutingPlan plan = plan(SampleRoutingPolicies.of("routing-2", rule(among(STORES), NEAREST)), everywhere());

        assertThat(facilities(plan)).containsExactly(ST_HARBOR);
        assertThat(plan.reason()).isEqualTo("ST-HARBOR (3) by rule of routing-2");
        assertThat(plan.considered())
                .contains("rule, ST-HARBOR CHOSEN: 3 units, 792.4 km", "rule, WH-EAST NOT_MEANT")
                .anyMatch(line -> line.startsWith("rule, ST-DOWNTOWN ABLE: has 3 of 3, ")
                        || line.startsWith("rule, ST-DOWNTOWN OUTDONE: has 3 of 3, "));
    }

    @Test
    void theNextRuleIsAskedWhenThisOneFindsNobody() {
        RoutingRule near = rule(
                "near",
                new Candidates(Set.of(), true, Optional.of(100), 0, Optional.empty(), Optional.empty(), false),
                NEAREST,
                AfterAction.of(AfterAction.Kind.NEXT_RULE));

        RoutingPlan plan = plan(
                SampleRoutingPolicies.of("routing-2", near, SampleRoutingPolicies.FEWEST_THEN_NEAREST), everywhere());

        assertThat(facilities(plan)).containsExactly(WH_EAST);
        assertThat(plan.reason()).contains("fewest-then-nearest");
        assertThat(plan.considered())
                .anyMatch(line -> line.startsWith("near, WH-EAST TOO_FAR: ") && line.endsWith(" km of 100"))
                .contains("near, ST-DUBLIN ABROAD: IE");
    }

    @Test
    void whatARuleKeepsBackStaysWhereItIs() {
        Candidates keeping =
                new Candidates(Set.of(), false, Optional.empty(), 5, Optional.empty(), Optional.empty(), false);
        Map<FacilityId, Map<Sku, Integer>> stock =
                Map.of(WH_EAST, Map.of(TEE, 6, CAP, 6), WH_WEST, Map.of(TEE, 7, CAP, 7));

        RoutingPlan plan = plan(SampleRoutingPolicies.of("routing-2", rule(keeping, NEAREST)), stock);

        assertThat(facilities(plan)).as("the east can spare one tee of two").containsExactly(WH_WEST);
        assertThat(plan.considered()).anyMatch(line -> line.startsWith("rule, WH-EAST PARTLY: has 2 of 3"));
    }

    @Test
    void aSplitLimitIsKept() {
        RoutingRule whole = new RoutingRule(
                "whole",
                Concerns.everything(),
                Candidates.everybody(),
                NEAREST,
                Optional.of(1),
                AfterAction.of(AfterAction.Kind.CASE));

        RoutingOutcome outcome = route(
                SampleRoutingPolicies.of("routing-2", whole),
                new RoutingFacts(Map.of(WH_EAST, Map.of(TEE, 2), WH_WEST, Map.of(CAP, 1)), Map.of()),
                NOW);

        assertThat(outcome).isInstanceOfSatisfying(Unplaced.class, unplaced -> {
            assertThat(unplaced.otherwise().kind()).isEqualTo(AfterAction.Kind.CASE);
            assertThat(unplaced.summary()).endsWith("by whole of routing-2");
            assertThat(unplaced.considered()).anyMatch(line -> line.startsWith("whole, WH-EAST PARTLY: has 2 of 3"));
        });
    }

    @Test
    void aFullFacilityAndABusyOneAreLeftOutUntilTheyHaveRoom() {
        RoutingPolicy policy = SampleRoutingPolicies.limited(
                "routing-2",
                4,
                Set.of(WH_EAST),
                rule(
                        new Candidates(Set.of(), true, Optional.empty(), 0, Optional.of(30), Optional.empty(), false),
                        NEAREST));
        Map<FacilityId, FacilityWork> work =
                Map.of(WH_EAST, new FacilityWork(9, 4), ST_HARBOR, new FacilityWork(30, 1));

        RoutingPlan plan = planned(route(policy, new RoutingFacts(everywhere(), work), NOW));

        assertThat(facilities(plan)).containsExactly(ST_DOWNTOWN);
        assertThat(plan.considered())
                .contains("rule, WH-EAST FULL: 4 of 4 within the hour", "rule, ST-HARBOR BUSY: 30 of 30 open");
        assertThat(policy.mindsWork()).isTrue();
        assertThat(SampleRoutingPolicies.DEFAULT.mindsWork()).isFalse();
    }

    @Test
    void theOneWithLessToDoIsTakenWhereThatIsWhatCounts() {
        Map<FacilityId, FacilityWork> work = Map.of(
                WH_EAST,
                new FacilityWork(9, 0),
                ST_HARBOR,
                new FacilityWork(3, 0),
                ST_DOWNTOWN,
                new FacilityWork(4, 0),
                WH_WEST,
                new FacilityWork(5, 0),
                ST_DUBLIN,
                new FacilityWork(8, 0));

        RoutingPlan plan = planned(route(
                SampleRoutingPolicies.of(
                        "routing-2", rule(Candidates.everybody(), List.of(Criterion.SPLITS, Criterion.LOAD))),
                new RoutingFacts(everywhere(), work),
                NOW));

        assertThat(facilities(plan)).containsExactly(ST_HARBOR);
    }

    @Test
    void whoCanNotKeepThePromiseIsLeftOut() {
        RoutingPolicy policy = new RoutingPolicy(
                "routing-2",
                Instant.EPOCH,
                false,
                List.of(),
                List.of(new OpeningHours(
                        "until-ten",
                        Set.of(WH_EAST),
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        LocalTime.of(8, 0),
                        LocalTime.of(10, 0),
                        LocalTime.of(18, 0))),
                Optional.empty(),
                List.of(rule(
                        new Candidates(
                                Set.of(),
                                false,
                                Optional.empty(),
                                0,
                                Optional.empty(),
                                Optional.of(Duration.ofDays(2)),
                                false),
                        NEAREST)));

        RoutingPlan plan = planned(route(policy, RoutingFacts.of(everywhere()), NOW));

        assertThat(facilities(plan)).containsExactly(ST_HARBOR);
        assertThat(plan.considered()).contains("rule, WH-EAST TOO_LATE: leaves at 2026-11-23T23:00:00Z");
        assertThat(facilities(planned(route(policy, RoutingFacts.of(everywhere()), NOW.minus(Duration.ofHours(2))))))
                .as("before the cut-off")
                .containsExactly(WH_EAST);
    }

    @Test
    void workLeavesByClosingOfTheNextDayThatIsWorked() {
        WorkingWeek week = WorkingWeek.of(facility(ST_HARBOR), List.of(MONDAYS_AND_FRIDAYS));

        assertThat(week.leavesAt(NOW)).isEqualTo("2026-11-21T02:00:00Z");
        assertThat(week.leavesAt(Instant.parse("2026-11-20T21:00:00Z"))).isEqualTo("2026-11-24T02:00:00Z");
        assertThat(WorkingWeek.of(facility(WH_EAST), List.of(MONDAYS_AND_FRIDAYS))
                        .leavesAt(NOW))
                .as("nothing is known of its hours")
                .isEqualTo(NOW);
        assertThatThrownBy(() -> new OpeningHours("never", STORES, Set.of(), NINE, LocalTime.of(16, 0), NINE_PM))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpeningHours("late", STORES, WORKED, NINE, LocalTime.of(22, 0), NINE_PM))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDayHasTheHoursThatWereNamedLastForIt() {
        OpeningHours shortFridays = new OpeningHours(
                "short-fridays",
                Set.of(ST_HARBOR),
                Set.of(DayOfWeek.FRIDAY),
                LocalTime.NOON,
                LocalTime.of(13, 0),
                LocalTime.of(14, 0));
        WorkingWeek week = WorkingWeek.of(facility(ST_HARBOR), List.of(MONDAYS_AND_FRIDAYS, shortFridays));

        assertThat(week.isOpen(NOW)).as("a Friday at eleven").isFalse();
        assertThat(week.isOpen(NOW.plus(Duration.ofHours(1)))).isTrue();
        assertThat(week.isOpen(NOW.plus(Duration.ofHours(3)))).isFalse();
        assertThat(week.isOpen(NOW.plus(Duration.ofDays(1)))).as("a Saturday").isFalse();
        assertThat(week.isOpen(NOW.plus(Duration.ofDays(3)))).as("a Monday").isTrue();
        assertThat(week.leavesAt(NOW.plus(Duration.ofHours(2)))).isEqualTo("2026-11-24T02:00:00Z");
    }

    @Test
    void whoIsClosedIsLeftOutWhereARuleWantsThat() {
        RoutingPolicy policy = new RoutingPolicy(
                "routing-2",
                Instant.EPOCH,
                false,
                List.of(),
                List.of(new OpeningHours("afternoons", Set.of(WH_EAST), WORKED, LocalTime.NOON, NINE_PM, NINE_PM)),
                Optional.empty(),
                List.of(rule(
                        new Candidates(Set.of(), false, Optional.empty(), 0, Optional.empty(), Optional.empty(), true),
                        NEAREST)));

        RoutingPlan plan = planned(route(policy, RoutingFacts.of(everywhere()), NOW));

        assertThat(facilities(plan)).containsExactly(ST_HARBOR);
        assertThat(plan.considered()).contains("rule, WH-EAST CLOSED: by its hours");
        assertThat(facilities(planned(route(policy, RoutingFacts.of(everywhere()), NOW.plus(Duration.ofHours(2))))))
                .containsExactly(WH_EAST);
    }

    /** The nearer has one of the tees too; but who can give both lines whole does, so that none is torn apart. */
    @Test
    void whoCanGiveMostGivesIt() {
        Map<FacilityId, Map<Sku, Integer>> stock =
                Map.of(WH_EAST, Map.of(TEE, 1, CAP, 1), WH_WEST, Map.of(TEE, 3, BAG, 1));
        Order three = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "3"), "USD")
                .destination("US", 40, -80)
                .line(TEE, 3, "25.00")
                .line(CAP, 1, "20.00")
                .line(BAG, 1, "70.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();

        RoutingPlan plan = planned(router.route(
                RoutingQuestion.of(three, SampleRoutingPolicies.DEFAULT, Set.of(), NOW), RoutingFacts.of(stock)));

        assertThat(plan.assignments())
                .extracting(Assignment::facility, Assignment::units)
                .containsExactly(tuple(WH_WEST, 4), tuple(WH_EAST, 1));
    }

    @Test
    void theCheaperWayIsTakenThoughItIsTwoParcels() {
        CurrencyCode dollars = CurrencyCode.of("USD");
        ShippingTable table = new ShippingTable(List.of(
                new Zone("near", false, Optional.of(1000), Money.of("1.00", dollars), Money.of("0.10", dollars)),
                new Zone("far", false, Optional.empty(), Money.of("9.00", dollars), Money.of("2.00", dollars)),
                new Zone("abroad", true, Optional.empty(), Money.of("30.00", dollars), Money.of("5.00", dollars))));
        Map<FacilityId, Map<Sku, Integer>> stock =
                Map.of(WH_WEST, Map.of(TEE, 2, CAP, 1), WH_EAST, Map.of(TEE, 2), ST_HARBOR, Map.of(CAP, 1));

        assertThat(facilities(plan(costing(table, List.of(Criterion.COST, Criterion.SPLITS)), stock)))
                .containsExactlyInAnyOrder(WH_EAST, ST_HARBOR);
        assertThat(facilities(plan(costing(table, List.of(Criterion.SPLITS, Criterion.COST)), stock)))
                .containsExactly(WH_WEST);
        assertThatThrownBy(() -> costing(Optional.empty(), List.of(Criterion.COST)))
                .hasMessageContaining("no table tells it");
        assertThatThrownBy(() -> new ShippingTable(table.zones().subList(0, 2)))
                .hasMessageContaining("at home and abroad");
    }

    @Test
    void whereSomethingIsNotShippedFromItIsNotTaken() {
        RoutingQuestion question = new RoutingQuestion(
                order,
                SampleRoutingPolicies.DEFAULT,
                (facility, sku) -> !(facility.equals(WH_EAST) && sku.equals(CAP)),
                Set.of(),
                Optional.of(new GeoPoint(40, -80)),
                NOW);

        RoutingPlan plan = planned(router.route(question, RoutingFacts.of(everywhere())));
        assertThat(facilities(plan)).containsExactly(ST_HARBOR);
        assertThat(plan.considered()).anyMatch(line -> line.startsWith("fewest-then-nearest, WH-EAST PARTLY: has 2"));
    }

    @Test
    void whereTheCustomerLivesMayBeKnownFromElsewhere() {
        Order nowhere = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .line(TEE, 1, "25.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
        RoutingQuestion question = new RoutingQuestion(
                nowhere,
                SampleRoutingPolicies.of("routing-2", rule(Candidates.everybody(), NEAREST)),
                (facility, sku) -> true,
                Set.of(),
                Optional.of(new GeoPoint(30, -98)),
                NOW);

        assertThat(facilities(planned(router.route(question, RoutingFacts.of(everywhere())))))
                .containsExactly(ST_DOWNTOWN);
    }

    @Test
    void anOrderForWhichThereIsNoRuleIsAQuestion() {
        RoutingRule others = new RoutingRule(
                "others",
                new Concerns(Set.of(SampleAccounts.REST), Set.of(), Set.of(), Set.of(), Set.of()),
                Candidates.everybody(),
                NEAREST,
                Optional.empty(),
                AfterAction.of(AfterAction.Kind.CASE));

        assertThat(route(SampleRoutingPolicies.of("routing-2", others), RoutingFacts.of(everywhere()), NOW))
                .isInstanceOfSatisfying(
                        Unplaced.class,
                        unplaced ->
                                assertThat(unplaced.summary()).isEqualTo("no rule of routing-2 is for this delivery"));
    }

    @Test
    void anOrderFromBeforeThereWasAChoiceKeepsToTheFirstPolicy() {
        SampleRoutingPolicies policies = new SampleRoutingPolicies();
        RoutingPolicy newer = SampleRoutingPolicies.of("routing-2", SampleRoutingPolicies.FEWEST_THEN_NEAREST);
        policies.activate(newer);

        assertThat(policies.keptBy(Optional.empty())).isEqualTo(SampleRoutingPolicies.DEFAULT);
        assertThat(policies.keptBy(Optional.of(new OrderRules("standard-1", Set.of()))))
                .isEqualTo(SampleRoutingPolicies.DEFAULT);
        assertThat(policies.keptBy(Optional.of(new OrderRules("standard-1", Optional.of("routing-2"), Set.of()))))
                .isEqualTo(newer);
    }

    private boolean covers(Set<String> countries, Set<String> tags, Set<DeliveryMethod> methods) {
        return new Concerns(Set.of(SampleAccounts.SHOP), Set.of(Channel.ONLINE), countries, tags, methods)
                .cover(order, order.deliveries().getFirst());
    }

    private static Facility facility(FacilityId id) {
        return new SampleFacilities().get(id);
    }

    private static Candidates among(Set<FacilityId> facilities) {
        return new Candidates(facilities, false, Optional.empty(), 0, Optional.empty(), Optional.empty(), false);
    }

    private static RoutingRule rule(Candidates candidates, List<Criterion> objective) {
        return rule("rule", candidates, objective, AfterAction.of(AfterAction.Kind.CASE));
    }

    private static RoutingRule rule(
            String name, Candidates candidates, List<Criterion> objective, AfterAction otherwise) {
        return new RoutingRule(name, Concerns.everything(), candidates, objective, Optional.empty(), otherwise);
    }

    private static RoutingPolicy costing(ShippingTable table, List<Criterion> objective) {
        return costing(Optional.of(table), objective);
    }

    private static RoutingPolicy costing(Optional<ShippingTable> table, List<Criterion> objective) {
        return new RoutingPolicy(
                "routing-2",
                Instant.EPOCH,
                false,
                List.of(),
                List.of(),
                table,
                List.of(rule(Candidates.everybody(), objective)));
    }

    private static Order order() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .destination("US", 40, -80)
                .tags("loyal")
                .line(TEE, 2, "50.00")
                .line(CAP, 1, "20.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
    }

    private static Map<FacilityId, Map<Sku, Integer>> everywhere() {
        Map<Sku, Integer> plenty = Map.of(TEE, 9, CAP, 9);
        return Map.of(WH_EAST, plenty, WH_WEST, plenty, ST_DOWNTOWN, plenty, ST_HARBOR, plenty, ST_DUBLIN, plenty);
    }

    private RoutingPlan plan(RoutingPolicy policy, Map<FacilityId, Map<Sku, Integer>> stock) {
        return planned(route(policy, RoutingFacts.of(stock), NOW));
    }

    private RoutingOutcome route(RoutingPolicy policy, RoutingFacts facts, Instant now) {
        return router.route(RoutingQuestion.of(order, policy, Set.of(), now), facts);
    }

    private static RoutingPlan planned(RoutingOutcome outcome) {
        return switch (outcome) {
            case Planned(RoutingPlan plan) -> plan;
            case Unplaced unplaced -> throw new AssertionError(unplaced);
        };
    }

    private static List<FacilityId> facilities(RoutingPlan plan) {
        return plan.assignments().stream().map(Assignment::facility).toList();
    }
}
