package io.throughline.domain.routing;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_DOWNTOWN;
import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import io.throughline.domain.routing.RoutingRule.Candidates;
import io.throughline.domain.routing.RoutingRule.Concerns;
import io.throughline.domain.routing.RoutingRule.StockTerms;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Age and supply of stock, brands and a marketplace's instant. The customer lives by the Great Lakes, nearest to WH-EAST. */
class StockCriteriaTest {
    /** A Friday, eleven in the morning in New York. */
    private static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");

    private static final int MOST = 3;
    private static final int RUNS = 400;
    private static final Sku SET = Sku.of("SET");
    private static final Bundles BUNDLES =
            sku -> sku.equals(SET) ? List.of(new Part(TEE, 1), new Part(CAP, 1)) : List.of(new Part(sku, 1));

    private final Map<FacilityId, Map<Sku, Integer>> stock = new HashMap<>();
    private final Map<FacilityId, Map<Sku, StockTurnover>> turnover = new HashMap<>();
    private final Map<Sku, String> brands = new HashMap<>();
    private Optional<Instant> shipBy = Optional.empty();

    @Test
    void whatHasLainLongestGoesFirst() {
        lies(WH_EAST, TEE, 9, 1, 20);
        lies(ST_HARBOR, TEE, 9, 1, 200);
        lies(WH_WEST, TEE, 9, 1, 100);

        RoutingPlan plan = plan(by(Criterion.STOCK_AGE, Criterion.DISTANCE), tees(2));

        assertThat(facilities(plan)).containsExactly(ST_HARBOR);
        assertThat(plan.considered())
                .anyMatch(line -> line.startsWith("rule, ST-HARBOR CHOSEN: 2 units, has lain 200 days"))
                .anyMatch(line -> line.contains("WH-EAST") && line.contains("has lain 20 days"));
    }

    @Test
    void whoHasMostToSpareGoesFirstAndWhatIsNotSoldLasts() {
        lies(WH_EAST, TEE, 9, 9, 1);
        lies(ST_HARBOR, TEE, 4, 0, 1);
        lies(WH_WEST, TEE, 9, 0.5, 1);

        RoutingPlan plan = plan(by(Criterion.WEEKS_OF_SUPPLY, Criterion.DISTANCE), tees(2));

        assertThat(facilities(plan)).containsExactly(ST_HARBOR);
        assertThat(plan.considered())
                .anyMatch(line -> line.endsWith("CHOSEN: 2 units, 104 weeks or more of supply, 792.4 km"))
                .anyMatch(line -> line.contains("WH-EAST") && line.contains("1.0 weeks of supply"))
                .anyMatch(line -> line.contains("WH-WEST") && line.contains("18.0 weeks of supply"));
    }

    @Test
    void whatWouldNotLastOrIsFreshIsNotTakenAndThatIsTold() {
        lies(WH_EAST, TEE, 9, 3, 200);
        lies(WH_WEST, TEE, 9, 1, 30);
        lies(ST_HARBOR, TEE, 9, 1, 120);

        RoutingPlan plan = plan(
                policy(
                        List.of(),
                        candidates(false, new StockTerms(Optional.of(4), Optional.of(Duration.ofDays(90)))),
                        Criterion.DISTANCE),
                tees(2));

        assertThat(facilities(plan)).containsExactly(ST_HARBOR);
        assertThat(plan.considered())
                .contains(
                        "rule, WH-EAST SCARCE: " + TEE + " lasts 3.0 weeks of 4",
                        "rule, WH-WEST FRESH: " + TEE + " has lain 30 days of 90",
                        "rule, ST-DOWNTOWN NO_STOCK");
    }

    /** One line is its neighbour's to do; the other goes from there all the same. */
    @Test
    void aBrandIsDoneByItsFacilitiesOnly() {
        BrandRule premium = new BrandRule("premium", Set.of("Atelier"), Set.of(ST_HARBOR, ST_DOWNTOWN));
        lies(WH_EAST, TEE, 9, 1, 1);
        lies(WH_EAST, CAP, 9, 1, 1);
        lies(ST_HARBOR, TEE, 9, 1, 1);
        brands.put(TEE, "Atelier");
        brands.put(CAP, "Fjord");

        RoutingPlan plan = plan(
                policy(List.of(premium), Candidates.everybody(), Criterion.SPLITS, Criterion.DISTANCE), teesAndCaps());

        assertThat(facilities(plan)).containsExactlyInAnyOrder(WH_EAST, ST_HARBOR);
        assertThat(plan.assignments())
                .filteredOn(part -> part.facility().equals(WH_EAST))
                .singleElement()
                .satisfies(part -> assertThat(part.lines())
                        .singleElement()
                        .satisfies(line -> assertThat(line.sku()).isEqualTo(CAP)));

        Unplaced nobody = unplaced(
                policy(
                        List.of(new BrandRule("none", Set.of("Atelier"), Set.of(ST_DOWNTOWN))),
                        Candidates.everybody(),
                        Criterion.SPLITS),
                tees(1));
        assertThat(nobody.considered()).contains("rule, WH-EAST BRAND: " + TEE + " is of a brand that is done by none");
        assertThat(nobody.among()).as("supply helps there only").containsExactly(ST_DOWNTOWN);
    }

    /** Two caps stay where they are, so Harbor's fresh ones are nothing that it could give. */
    @Test
    void whatStaysWhereItIsMakesNobodyWorse() {
        lies(ST_HARBOR, TEE, 9, 1, 100);
        lies(ST_HARBOR, CAP, 2, 1, 1);
        lies(WH_EAST, TEE, 9, 1, 50);
        lies(WH_EAST, CAP, 9, 1, 50);
        Candidates keeping =
                new Candidates(Set.of(), false, Optional.empty(), 2, Optional.empty(), Optional.empty(), false);

        RoutingPlan plan = plan(policy(List.of(), keeping, Criterion.STOCK_AGE, Criterion.DISTANCE), teesAndCaps());

        assertThat(plan.considered())
                .anyMatch(line -> line.contains("ST-HARBOR") && line.contains("has lain 100 days"));
    }

    @Test
    void ofSeveralRulesOnABrandTheLastOneHoldsAndABundleIsOfTheBrandsOfItsComponents() {
        BrandRule stores = new BrandRule("stores", Set.of("Atelier"), Set.of(ST_HARBOR));
        BrandRule east = new BrandRule("east", Set.of("Atelier"), Set.of(WH_EAST));
        for (FacilityId facility : List.of(WH_EAST, ST_HARBOR)) {
            lies(facility, TEE, 9, 1, 1);
            lies(facility, CAP, 9, 1, 1);
        }
        brands.put(CAP, "Atelier");
        Order set = order(builder -> builder.line(SET, 1, "10.00"));

        assertThat(facilities(plan(policy(List.of(east, stores), Candidates.everybody(), Criterion.DISTANCE), set)))
                .containsExactly(ST_HARBOR);
        assertThat(facilities(plan(policy(List.of(stores, east), Candidates.everybody(), Criterion.DISTANCE), set)))
                .containsExactly(WH_EAST);
    }

    /** The east's cut-off has passed: what it is given now leaves on Monday. */
    @Test
    void whoWouldShipTooLateForTheMarketplaceIsLeftOut() {
        lies(WH_EAST, TEE, 9, 1, 1);
        lies(ST_HARBOR, TEE, 9, 1, 1);
        shipBy = Optional.of(NOW.plus(Duration.ofHours(12)));

        RoutingPlan inTime = plan(policy(List.of(), candidates(true, StockTerms.any()), Criterion.DISTANCE), tees(1));
        assertThat(facilities(inTime)).containsExactly(ST_HARBOR);
        assertThat(inTime.considered())
                .anyMatch(line -> line.startsWith("rule, WH-EAST TOO_LATE: leaves at 2026-11-2")
                        && line.endsWith(", and is wanted by " + shipBy.orElseThrow()));
        assertThat(facilities(plan(by(Criterion.LATENESS, Criterion.DISTANCE), tees(1))))
                .containsExactly(ST_HARBOR);

        shipBy = Optional.empty();
        assertThat(facilities(plan(by(Criterion.LATENESS, Criterion.DISTANCE), tees(1))))
                .as("who has promised nobody anything is late for nobody")
                .containsExactly(WH_EAST);
        assertThat(facilities(plan(policy(List.of(), candidates(true, StockTerms.any()), Criterion.DISTANCE), tees(1))))
                .containsExactly(WH_EAST);
    }

    @Test
    void whatNobodyMindsChangesNothing() {
        lies(WH_EAST, TEE, 9, 9, 1);
        lies(ST_HARBOR, TEE, 9, 0, 300);
        brands.put(TEE, "Atelier");
        shipBy = Optional.of(NOW);

        assertThat(facilities(plan(by(Criterion.DISTANCE), tees(1)))).containsExactly(WH_EAST);
    }

    /** By every set of facilities, each valued anew from the facts. */
    @ParameterizedTest
    @ValueSource(longs = {4711, 20261127, 5})
    void noSetOfFacilitiesIsBetter(long seed) {
        Random random = new Random(seed);
        int placed = 0;
        for (int run = 0; run < RUNS; run++) {
            List<Criterion> objective = new ArrayList<>(
                    List.of(Criterion.STOCK_AGE, Criterion.WEEKS_OF_SUPPLY, Criterion.LATENESS, Criterion.SPLITS));
            Collections.shuffle(objective, random);
            draw(random);
            RoutingPolicy policy = policy(List.of(), Candidates.everybody(), objective.toArray(Criterion[]::new));
            Order order = teesAndCaps();
            String which = "seed " + seed + " run " + run + " " + objective + " " + turnover + " " + stock;

            Optional<long[]> best = IntStream.range(1, 1 << SampleFacilities.ALL_IDS.size())
                    .mapToObj(StockCriteriaTest::set)
                    .filter(set -> set.size() <= MOST && gives(set, TEE) >= 2 && gives(set, CAP) >= 1)
                    .map(set -> valueOf(set, objective))
                    .min(Arrays::compare);

            switch (route(policy, order)) {
                case Planned(RoutingPlan plan) -> {
                    placed++;
                    assertThat(valueOf(facilities(plan), objective)).as(which).isEqualTo(best.orElseThrow());
                }
                case Unplaced nobody -> assertThat(best).as(which).isEmpty();
            }
        }
        assertThat(placed).as("the cases are not all alike").isBetween(RUNS / 4, RUNS - 1);
    }

    private void draw(Random random) {
        stock.clear();
        turnover.clear();
        shipBy = random.nextBoolean() ? Optional.of(NOW.plus(Duration.ofHours(random.nextInt(72)))) : Optional.empty();
        for (FacilityId facility : SampleFacilities.ALL_IDS) {
            for (Sku sku : List.of(TEE, CAP)) {
                if (random.nextInt(3) > 0) {
                    lies(facility, sku, 1 + random.nextInt(2), random.nextInt(3) / 4.0, random.nextInt(60));
                }
            }
        }
    }

    private static List<FacilityId> set(int bits) {
        return IntStream.range(0, SampleFacilities.ALL_IDS.size())
                .filter(one -> (bits & 1 << one) != 0)
                .mapToObj(SampleFacilities.ALL_IDS::get)
                .toList();
    }

    private int gives(List<FacilityId> set, Sku sku) {
        return set.stream()
                .mapToInt(facility -> stock.getOrDefault(facility, Map.of()).getOrDefault(sku, 0))
                .sum();
    }

    private long[] valueOf(List<FacilityId> set, List<Criterion> objective) {
        return objective.stream()
                .mapToLong(criterion -> criterion == Criterion.SPLITS
                        ? set.size()
                        : set.stream()
                                .mapToLong(facility -> valueOf(facility, criterion))
                                .max()
                                .orElseThrow())
                .toArray();
    }

    private long valueOf(FacilityId facility, Criterion criterion) {
        List<StockTurnover> there =
                List.copyOf(turnover.getOrDefault(facility, Map.of()).values());
        if (criterion == Criterion.STOCK_AGE) {
            return 104L
                    - there.stream()
                            .mapToInt(one -> one.daysLain(NOW) / 7)
                            .min()
                            .orElse(0);
        }
        if (criterion == Criterion.WEEKS_OF_SUPPLY) {
            return 104L
                    - there.stream()
                            .mapToLong(one -> one.soldAWeek() == 0 ? 104 : (long) (one.onHand() / one.soldAWeek()))
                            .min()
                            .orElse(0);
        }
        Instant leaves = policy(List.of(), Candidates.everybody(), Criterion.LATENESS)
                .weekOf(new SampleFacilities().get(facility))
                .leavesAt(NOW);
        return shipBy.filter(leaves::isAfter)
                .map(by -> Math.ceilDiv(Duration.between(by, leaves).toMinutes(), 60L))
                .orElse(0L);
    }

    private void lies(FacilityId facility, Sku sku, int units, double soldAWeek, int days) {
        stock.computeIfAbsent(facility, unknown -> new HashMap<>()).put(sku, units);
        turnover.computeIfAbsent(facility, unknown -> new HashMap<>())
                .put(sku, new StockTurnover(units, soldAWeek, Optional.of(NOW.minus(Duration.ofDays(days)))));
    }

    private static RoutingPolicy by(Criterion... objective) {
        return policy(List.of(), Candidates.everybody(), objective);
    }

    private static Candidates candidates(boolean beforeShipBy, StockTerms terms) {
        return new Candidates(
                Set.of(), false, Optional.empty(), 0, Optional.empty(), Optional.empty(), false, beforeShipBy, terms);
    }

    private static RoutingPolicy policy(List<BrandRule> brands, Candidates candidates, Criterion... objective) {
        return new RoutingPolicy(
                "routing-2",
                Instant.EPOCH,
                false,
                List.of(),
                List.of(new OpeningHours(
                        "weekdays",
                        Set.of(WH_EAST),
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        LocalTime.of(6, 0),
                        LocalTime.of(10, 0),
                        LocalTime.of(18, 0))),
                Optional.empty(),
                brands,
                List.of(new RoutingRule(
                        "rule",
                        Concerns.everything(),
                        candidates,
                        List.of(objective),
                        Optional.of(MOST),
                        AfterAction.of(AfterAction.Kind.CASE))));
    }

    private static Order tees(int units) {
        return order(builder -> builder.line(TEE, units, "50.00"));
    }

    private static Order teesAndCaps() {
        return order(builder -> builder.line(TEE, 2, "50.00").line(CAP, 1, "20.00"));
    }

    private static Order order(UnaryOperator<OrderBuilder> lines) {
        return lines.apply(new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD").destination("US", 40, -80))
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
    }

    private RoutingOutcome route(RoutingPolicy policy, Order order) {
        return new Router(new SampleFacilities().all(), BUNDLES)
                .route(
                        RoutingQuestion.of(order, policy, Set.of(), NOW),
                        new RoutingFacts(stock, Map.of(), turnover, brands, shipBy));
    }

    private RoutingPlan plan(RoutingPolicy policy, Order order) {
        return switch (route(policy, order)) {
            case Planned(RoutingPlan plan) -> plan;
            case Unplaced unplaced -> throw new AssertionError(unplaced);
        };
    }

    private Unplaced unplaced(RoutingPolicy policy, Order order) {
        return switch (route(policy, order)) {
            case Planned planned -> throw new AssertionError(planned);
            case Unplaced unplaced -> unplaced;
        };
    }

    private static List<FacilityId> facilities(RoutingPlan plan) {
        return plan.assignments().stream().map(Assignment::facility).toList();
    }
}
