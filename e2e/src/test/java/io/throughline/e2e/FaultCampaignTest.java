package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.OutsideSystem;
import io.throughline.e2e.EffectJudge.OwnWay;
import io.throughline.e2e.Nemesis.Inflicted;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.Vendors.Suffered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processes are killed and paused, also two at once, under orders of every kind, two of which go elsewhere for want of a carrier and by their
 * customer's choice and one of which is sent back, and while stock moves beside them; and each other system that these need is away for all
 * orders meanwhile, for longer than steps are tried quickly. Once it is quiet every order must have ended well, with each effect exactly once, and all
 * stock must be booked, shown and in the books once. Whatever stalled of an order or of the return, at least once for each system that was away, must
 * have been in the queue of cases, once, and nothing of it may be left when all are back; so must an order about which the ERP answers nothing until
 * it is there, and which goes on by itself; and what Temporal shows of cases must be as they are. {@code -Dthroughline.faults=30} kills and
 * pauses each process thirty times and takes each other system away ten times, which takes about an hour; {@code -Dthroughline.seed} draws other
 * faults and orders.
 */
final class FaultCampaignTest {
    private static final Duration QUIET = Duration.ofMinutes(10);

    private static final int TIMES = Integer.getInteger("throughline.faults", 1);

    /** Other systems are away in the long run only: the short one is over before each of them is asked for something. */
    private static final boolean LONG = TIMES > 1;

    /** Two minutes, as usual, would be longer than most outages. */
    private static final Duration QUICK_PHASE = LONG ? Duration.ofSeconds(20) : Duration.ofMinutes(2);

    private static final List<Kind> KINDS = List.of(Kind.values());

    /** Deadlines of seconds would call a person while a process is away. */
    private static final String PATIENT = "standard-10";

    private final ClosedStore store = new ClosedStore();
    private final long seed = Long.getLong("throughline.seed", 42);
    private final List<Fault> faults = FaultSchedule.draw(seed, TIMES);
    private final List<Outage> outages = LONG ? FaultSchedule.drawOutages(seed, TIMES) : List.of();
    private final Random random = new Random(seed);
    private final AtomicInteger over = new AtomicInteger();
    private final Instant began = Instant.now();

    @Test
    @Timeout(7200)
    void eachEffectHappensOnceWhateverIsKilledOrPaused() throws InterruptedException {
        say("seed " + seed + ": " + faults.size() + " faults, " + outages.size() + " outages of other systems");
        Map<String, String> variables = new HashMap<>(store.variables("PT5S"));
        variables.put("THROUGHLINE_POLICY", PATIENT);
        variables.put("THROUGHLINE_QUICK_PHASE", QUICK_PHASE.toSeconds() + "s");
        try (House house = House.open(House.newDirectory("faults"), variables);
                StockTraffic stock = new StockTraffic(house, store);
                Customers customers = new Customers(house.stage());
                RerouteWays reroutes = new RerouteWays(house.stage(), "faults-" + seed);
                OrderWatch orders = new OrderWatch(new Endings(house.stage()));
                Nemesis nemesis = new Nemesis(house.stack(), fault -> tell(fault, orders));
                Vendors vendors = new Vendors(house, this::tell)) {
            ShopOrders shop = new ShopOrders(house.stage(), 7_500_000_000_000L, customers);
            SilentErp silent = new SilentErp(house.stage(), shop);
            orders.follow(silent.about());
            SentBack sentBack = new SentBack(house.stage(), shop);
            for (int number = 0; number < faults.size(); number++) {
                Fault fault = faults.get(number);
                List<OutsideSystem> gone = takeAway(vendors, number);
                // How long it has been quiet, and how far the orders have come, is what is being tried.
                Thread.sleep(fault.rest());
                if (gone.contains(OutsideSystem.SQUARE)) {
                    // Not every kind of order asks it for something.
                    orders.follow(shop.place(Kind.STORE));
                } else {
                    place(shop, orders, 1);
                }
                stock.happens();
                Thread.sleep(fault.lead());
                nemesis.strike(fault);
                sentBack.goOn();
                place(shop, orders, random.nextInt(2));
            }
            List<Inflicted> inflicted = nemesis.awaitAll();
            Instant quiet = Instant.now();
            silent.awaitCase(sentBack::goOn);
            CaseAttributes.await(house.stack());
            silent.answersAgain();
            say("what the ERP said nothing about is in the queue, and it answers again");
            List<Suffered> suffered = vendors.awaitAll();
            say("all systems are back");
            Map<String, String> unfinished = new Endings(house.stage()).await(orders.open(), QUIET, sentBack::goOn);
            Resets.await(
                    sentBack.toString(),
                    () -> {
                        sentBack.goOn();
                        return sentBack.over();
                    },
                    () -> "of which one step or the other has not come about");
            say("quiet after " + Duration.between(quiet, Instant.now()).toSeconds() + " s");
            reroutes.awaitEnd();
            List<String> stockWrong = stock.judge(QUIET);
            say(stock.events() + " movements of stock beside the orders, " + stock.summaries()
                    + " summaries of the store's day");
            EffectJudge judge = new EffectJudge(house.stage());
            List<OwnWay> ways = new ArrayList<>(reroutes.expected());
            ways.add(sentBack.expected());
            List<String> wrong = new ArrayList<>(judge.judge(orders.placed(), stock.summaries(), ways));
            wrong.addAll(stockWrong);
            CaseJudge.awaitAnswers(house.stack());
            CaseJudge queue = CaseJudge.ofRun(
                    house.stack(),
                    inflicted.stream()
                            .map(one ->
                                    new CaseJudge.Away(one.began(), one.began().plus(one.took())))
                            .toList(),
                    QUICK_PHASE);
            wrong.addAll(queue.judge());
            wrong.addAll(queue.unanswered());
            Map<OutsideSystem, Long> stalls = stalls(queue, suffered);
            say(queue.judged() + " stalls were judged; of outages: " + stalls);
            new CampaignTable(
                            seed,
                            inflicted,
                            orders.placed(),
                            unfinished,
                            judge.effects(),
                            Overtaken.attempts(house.stack()),
                            wrong)
                    .lines()
                    .forEach(line -> System.out.println("  " + line));
            assertThat(unfinished)
                    .as("orders that have not ended well (seed %d)", seed)
                    .isEmpty();
            assertThat(wrong).as("seed %d", seed).isEmpty();
            assertThat(stalls)
                    .as("stalls of each system that the queue was judged by (seed %d)", seed)
                    .hasSize(LONG ? FaultSchedule.vendors().size() : 0)
                    .allSatisfy((system, count) ->
                            assertThat(count).as(system.toString()).isPositive());
            silent.assertOverByItself();
            CaseAttributes.await(house.stack());
        }
    }

    private List<OutsideSystem> takeAway(Vendors vendors, int number) {
        List<Outage> due =
                outages.stream().filter(outage -> outage.before() == number).toList();
        due.forEach(vendors::takeAway);
        return due.stream().map(Outage::system).toList();
    }

    private static Map<OutsideSystem, Long> stalls(CaseJudge queue, List<Suffered> suffered) {
        return suffered.stream()
                .collect(Collectors.groupingBy(
                        one -> one.outage().system(),
                        () -> new EnumMap<>(OutsideSystem.class),
                        Collectors.summingLong(
                                one -> queue.judged(one.outage().system().name(), one.began(), one.ended()))));
    }

    private static void place(ShopOrders shop, OrderWatch orders, int count) {
        for (int i = 0; i < count; i++) {
            orders.follow(shop.place(KINDS.get(orders.placed().size() % KINDS.size())));
        }
    }

    private void tell(Inflicted inflicted, OrderWatch orders) {
        Fault fault = inflicted.fault();
        int placed = orders.placed().size();
        say(String.format(
                Locale.ROOT,
                "fault %d of %d: %-10s %-5s for %4.1f s, back after %4.1f s; %d orders, %d ended",
                over.incrementAndGet(),
                faults.size(),
                fault.victim().label(),
                fault.kind().name().toLowerCase(Locale.ROOT),
                fault.away().toMillis() / 1000.0,
                inflicted.took().toMillis() / 1000.0,
                placed,
                placed - orders.open().size()));
    }

    private void tell(Suffered one) {
        say(String.format(
                Locale.ROOT,
                "outage: %-10s %s for %4.1f s, felt %s",
                one.outage().label(),
                one.outage().manner().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Duration.between(one.began(), one.ended()).toMillis() / 1000.0,
                one.felt()
                        .map(felt -> String.format(
                                Locale.ROOT,
                                "after %4.1f s",
                                Duration.between(one.began(), felt).toMillis() / 1000.0))
                        .orElse("by nobody")));
    }

    private void say(String line) {
        System.out.printf(
                Locale.ROOT,
                "  %4d s  %s%n",
                Duration.between(began, Instant.now()).toSeconds(),
                line);
    }
}
