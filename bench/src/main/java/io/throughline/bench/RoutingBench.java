package io.throughline.bench;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.Criterion;
import io.throughline.domain.routing.Optimizer;
import io.throughline.domain.routing.Router;
import io.throughline.domain.routing.RoutingFacts;
import io.throughline.domain.routing.RoutingOutcome;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.RoutingQuestion;
import io.throughline.domain.routing.RoutingRule;
import io.throughline.domain.routing.SplitProblem;
import io.throughline.domain.routing.SplitProblem.Option;
import io.throughline.domain.routing.SplitProblem.Sum;
import io.throughline.domain.routing.SplitSolution;
import io.throughline.domain.routing.StockTurnover;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a plan costs: whole orders over 300 facilities, explanation included; a dry run of two policies over what a database has recorded; and the optimizer
 * alone beside every set of up to three, on as many facilities as that can do. Only the last has a bound, for it is a ratio.
 */
final class RoutingBench implements BenchMain.Bench {
    private static final long SEED = 20261126;
    private static final int FACILITIES = 300;
    private static final int ORDERS = 60;
    private static final int WARM_UP = 30;
    private static final int DRY_RUN = 2_000;
    private static final double MOST_OF_BRUTE_FORCE = 0.5;
    private static final AccountId SHOP = AccountId.of("northwind");
    private static final double[] SPREADS = {0.3, 0.5, 0.8};

    @Override
    public String purpose() {
        return "routing plans and dry runs over 300 facilities, and the optimizer as a share of brute force";
    }

    @Override
    public boolean run(PrintStream out) throws Exception {
        out.println("seed " + SEED);
        List<Double> few = plans(5, policy());
        List<Double> many = plans(20, policy());
        List<Double> byStock = plans(5, byStock());
        Bounds bounds = new Bounds("routing", out)
                .figure("plan5x300MedianMs", Rounds.rounded(Rounds.median(few)))
                .figure("plan5x300MostMs", Rounds.rounded(most(few)))
                .figure("plan20x300MedianMs", Rounds.rounded(Rounds.median(many)))
                .figure("plan20x300MostMs", Rounds.rounded(most(many)))
                .figure("plan5x300ByStockMedianMs", Rounds.rounded(Rounds.median(byStock)))
                .figure("dryRunOrdersPerSecond", Math.round(dryRun()))
                .figure("shareOfBruteForce20x60", shareOfBruteForce(20, 60), MOST_OF_BRUTE_FORCE);
        Result.write("routing", bounds.figures(), out);
        return bounds.kept();
    }

    private static List<Double> plans(int lines, RoutingPolicy policy) {
        Random random = new Random(SEED);
        Router router = new Router(facilities(random), Bundles.none());
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round <= WARM_UP; round++) {
            millis.clear();
            for (int number = 0; number < ORDERS; number++) {
                Random own = new Random(SEED + number);
                Map<FacilityId, Map<Sku, Integer>> stock = stock(own, lines, SPREADS[number % SPREADS.length]);
                Order order = order(number, lines, own);
                RoutingFacts facts = policy.mindsTurnover()
                        ? new RoutingFacts(stock, Map.of(), turnover(stock, own), Map.of(), Optional.empty())
                        : RoutingFacts.of(stock);
                RoutingQuestion question = RoutingQuestion.of(order, policy, Set.of(), Instant.EPOCH);
                millis.add(millis(() -> router.route(question, facts) instanceof RoutingOutcome.Planned));
            }
        }
        return millis;
    }

    /** With a pace and an age of each. */
    private static Map<FacilityId, Map<Sku, StockTurnover>> turnover(
            Map<FacilityId, Map<Sku, Integer>> stock, Random random) {
        Map<FacilityId, Map<Sku, StockTurnover>> turnover = new HashMap<>();
        stock.forEach((facility, here) -> {
            Map<Sku, StockTurnover> own = new HashMap<>();
            here.forEach((sku, units) -> own.put(
                    sku,
                    new StockTurnover(
                            units,
                            random.nextInt(8) / 4.0,
                            Optional.of(Instant.EPOCH.minusSeconds(86_400L * random.nextInt(200))))));
            turnover.put(facility, own);
        });
        return turnover;
    }

    /** Orders of three lines, which take about a quarter of what there is. */
    private static double dryRun() throws Exception {
        Random random = new Random(SEED);
        Map<FacilityId, Map<Sku, Integer>> stock = stock(random, 3, 0.8);
        stock.values().forEach(here -> here.replaceAll((sku, units) -> units * 20));
        List<Order> orders = IntStream.range(0, DRY_RUN)
                .mapToObj(number -> order(number, 3, random))
                .toList();
        return new DryRun(ReserveContest.RULES, facilities(random))
                .ordersPerSecond(
                        orders,
                        stock,
                        policy(),
                        policy("routing-2", List.of(Criterion.SPLITS, Criterion.LOAD, Criterion.DISTANCE)));
    }

    /** They take turns; only the last round counts, in which both are warm. */
    private static double shareOfBruteForce(int lines, int options) {
        double share = 0;
        for (int round = 0; round <= WARM_UP / 10; round++) {
            Random random = new Random(SEED);
            double ours = 0;
            double theirs = 0;
            for (int number = 0; number < ORDERS; number++) {
                SplitProblem problem = problem(random, lines, options, SPREADS[number % SPREADS.length]);
                Optional<List<Long>> all = BruteForce.best(problem, 3);
                Optional<List<Long>> found = Optimizer.solve(problem).map(SplitSolution::value);
                if (!all.equals(found)) {
                    throw new IllegalStateException("brute force finds " + all + ", the optimizer " + found);
                }
                ours += millis(() -> Optimizer.solve(problem).isPresent());
                theirs += millis(() -> BruteForce.best(problem, 3).isPresent());
            }
            share = Rounds.rounded(ours / theirs);
        }
        return share;
    }

    private static double most(List<Double> millis) {
        return millis.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static double millis(Supplier<Boolean> work) {
        long start = System.nanoTime();
        if (work.get() == null) {
            throw new IllegalStateException("nothing was done");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static SplitProblem problem(Random random, int lines, int options, double spread) {
        List<Option> all = new ArrayList<>();
        for (int number = 0; number < options; number++) {
            all.add(new Option(
                    IntStream.range(0, lines)
                            .mapToObj(line -> random.nextDouble() < spread ? 1 : 0)
                            .toList(),
                    List.of(1L, 100L * number + random.nextInt(100)),
                    0));
        }
        return new SplitProblem(
                IntStream.range(0, lines).mapToObj(line -> 1).toList(),
                all,
                List.of(Sum.ADDED, Sum.ADDED),
                Optional.of(3),
                Optional.empty());
    }

    private static RoutingPolicy policy() {
        return policy("routing-1", List.of(Criterion.SPLITS, Criterion.ABROAD, Criterion.DISTANCE, Criterion.STORES));
    }

    private static RoutingPolicy byStock() {
        return policy(
                "routing-3",
                List.of(Criterion.SPLITS, Criterion.WEEKS_OF_SUPPLY, Criterion.STOCK_AGE, Criterion.DISTANCE));
    }

    private static RoutingPolicy policy(String version, List<Criterion> objective) {
        return new RoutingPolicy(
                version,
                Instant.EPOCH,
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(new RoutingRule(
                        "fewest-then-nearest",
                        RoutingRule.Concerns.everything(),
                        RoutingRule.Candidates.everybody(),
                        objective,
                        Optional.empty(),
                        AfterAction.of(AfterAction.Kind.CASE))));
    }

    private static List<Facility> facilities(Random random) {
        return IntStream.range(0, FACILITIES)
                .mapToObj(number -> new Facility(
                        facility(number),
                        "Store " + number,
                        Facility.Kind.STORE,
                        ZoneId.of("America/New_York"),
                        "US",
                        new GeoPoint(30 + random.nextDouble() * 15, -120 + random.nextDouble() * 45),
                        SHOP,
                        Map.of(SHOP, "L" + number),
                        Set.of(SHOP),
                        Set.of(DeliveryMethod.SHIPPING)))
                .toList();
    }

    private static FacilityId facility(int number) {
        return new FacilityId("ST-%03d".formatted(number));
    }

    private static Map<FacilityId, Map<Sku, Integer>> stock(Random random, int lines, double spread) {
        Map<FacilityId, Map<Sku, Integer>> stock = new HashMap<>();
        for (int number = 0; number < FACILITIES; number++) {
            Map<Sku, Integer> here = new HashMap<>();
            for (int line = 0; line < lines; line++) {
                if (random.nextDouble() < spread) {
                    here.put(sku(line), 1 + random.nextInt(4));
                }
            }
            stock.put(facility(number), here);
        }
        return stock;
    }

    private static Sku sku(int line) {
        return Sku.of("SKU-" + line);
    }

    private static Order order(int number, int lines, Random random) {
        CurrencyCode dollars = CurrencyCode.of("USD");
        Money nothing = Money.zero(dollars);
        OrderKey key = new OrderKey(SHOP, "B" + number);
        List<LineQuantity> wanted = IntStream.range(0, lines)
                .mapToObj(line -> new LineQuantity("L" + line, sku(line), 1 + random.nextInt(2)))
                .toList();
        return new Order(
                key,
                "#" + number,
                Channel.ONLINE,
                Instant.EPOCH,
                Instant.EPOCH,
                dollars,
                dollars,
                false,
                List.of(),
                List.of(),
                nothing,
                nothing,
                nothing,
                MoneyBag.of(nothing),
                List.of(),
                List.of(new Delivery(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty(), wanted)),
                Optional.of(new Destination("US", Optional.empty(), Optional.of(new GeoPoint(40.7, -74.0)))),
                CustomerRef.of(OrderId.of(key)),
                List.of(),
                Optional.empty());
    }
}
