package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.e2e.EffectJudge.OwnWay;
import io.throughline.e2e.Nemesis.Inflicted;
import io.throughline.e2e.ShopOrders.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processes are killed and paused, also two at once, under orders of every kind, two of which go elsewhere for want of a carrier and by their
 * customer's choice and one of which is sent back, and while stock moves beside them; once it is quiet every order must have ended well, with
 * each effect exactly once, and all stock must be booked, shown and in the books once; whatever stalled of an order or of the return must have
 * been in the queue of cases, once, as must an order about which the ERP answers nothing until it is there, and which goes on by itself; and what
 * Temporal shows of cases must be as they are. {@code -Dthroughline.faults=30} kills and pauses each process thirty times, which takes three quarters of an
 * hour; {@code -Dthroughline.seed} draws other faults and orders.
 */
final class FaultCampaignTest {
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final List<Kind> KINDS = List.of(Kind.values());

    /** Deadlines of seconds would call a person while a process is away. */
    private static final String PATIENT = "standard-10";

    private final ClosedStore store = new ClosedStore();
    private final long seed = Long.getLong("throughline.seed", 42);
    private final List<Fault> faults = FaultSchedule.draw(seed, Integer.getInteger("throughline.faults", 1));
    private final Random random = new Random(seed);
    private final AtomicInteger over = new AtomicInteger();
    private final Instant began = Instant.now();

    @Test
    @Timeout(7200)
    void eachEffectHappensOnceWhateverIsKilledOrPaused() throws InterruptedException {
        say("seed " + seed + ": " + faults.size() + " faults");
        Map<String, String> variables = new HashMap<>(store.variables("PT5S"));
        variables.put("THROUGHLINE_POLICY", PATIENT);
        try (House house = House.open(House.newDirectory("faults"), variables);
                StockTraffic stock = new StockTraffic(house, store);
                Customers customers = new Customers(house.stage());
                RerouteWays reroutes = new RerouteWays(house.stage(), "faults-" + seed);
                OrderWatch orders = new OrderWatch(new Endings(house.stage()));
                Nemesis nemesis = new Nemesis(house.stack(), fault -> tell(fault, orders))) {
            ShopOrders shop = new ShopOrders(house.stage(), 7_500_000_000_000L, customers);
            SilentErp silent = new SilentErp(house.stage(), shop);
            orders.follow(silent.about());
            SentBack sentBack = new SentBack(house.stage(), shop);
            for (Fault fault : faults) {
                // How long it has been quiet, and how far the orders have come, is what is being tried.
                Thread.sleep(fault.rest());
                place(shop, orders, 1);
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
            CaseJudge queue = CaseJudge.of(
                    house.stack(),
                    inflicted.stream()
                            .map(one ->
                                    new CaseJudge.Away(one.began(), one.began().plus(one.took())))
                            .toList());
            wrong.addAll(queue.judge());
            say(queue.judged() + " stalls were judged");
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
            assertThat(queue.judged()).as("stalls that the queue was judged by").isPositive();
            silent.assertOverByItself();
            CaseAttributes.await(house.stack());
        }
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

    private void say(String line) {
        System.out.printf(
                Locale.ROOT,
                "  %4d s  %s%n",
                Duration.between(began, Instant.now()).toSeconds(),
                line);
    }
}
