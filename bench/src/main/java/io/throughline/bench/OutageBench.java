package io.throughline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.local.Stack;
import io.throughline.local.demo.Stage;
import io.throughline.local.watch.ShopBurst;
import io.throughline.runtime.DatabaseSettings;
import io.throughline.runtime.retailer.Retailer;
import io.throughline.store.Database;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A day's changes while a shop is away, and what it is told when it is there again with an empty bucket: each place once, in the order in which
 * they changed last, as fast as the shop takes it, with nothing lost. The shop's own ledger of effects is the judge. How long the shop was away
 * changes nothing but how much there is to tell; so the changes of the day come in one after the other, without waiting for it to pass.
 */
final class OutageBench implements BenchMain.Bench {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final int THINGS = 2_000;
    private static final int CHANGES = 20_000;
    private static final int QUICK_THINGS = 250;
    private static final int QUICK_CHANGES = 2_500;

    /** What a shop of the usual plan has: its bucket, and how much of it comes back each second. */
    private static final int BUCKET = 2_000;

    private static final int PER_SECOND = 100;
    private static final int MOST_REPORTED = 10;

    @Override
    public String purpose() {
        return "how a shop that was away for a day's changes is told of them";
    }

    @Override
    public boolean run(PrintStream out) throws Exception {
        return RestingStack.run((stack, _) -> measure(stack, THINGS, CHANGES, "outage", out), out);
    }

    @Override
    public boolean tryOut(PrintStream out) throws Exception {
        return RestingStack.run((stack, _) -> measure(stack, QUICK_THINGS, QUICK_CHANGES, "outage-quick", out), out);
    }

    private static boolean measure(Stack stack, int things, int changes, String name, PrintStream out)
            throws Exception {
        Map<String, String> variables = stack.environment();
        Clock clock = Clock.systemUTC();
        Path config = Path.of(System.getProperty("throughline.home", "")).resolve("config");
        Retailer retailer = Retailer.load(config, variables);
        try (Database database = Database.open(DatabaseSettings.from(variables).toConfig(), clock)) {
            InventoryLedger ledger = database.stock(retailer.stockRules(clock)).inventory();
            long seed = new Random().nextLong();
            ShopBurst burst = new ShopBurst(new Stage(stack), ledger, SHOP, things, seed);
            out.printf(Locale.ROOT, "  seed %d; the shop gets to know %d places%n", seed, burst.places());
            burst.stock();
            return judge(burst, changes, name, out);
        }
    }

    private static boolean judge(ShopBurst burst, int changes, String name, PrintStream out) throws Exception {
        String outage = burst.away();
        Instant away = Instant.now();
        burst.change(changes);
        Duration booked = Duration.between(away, Instant.now());
        out.printf(
                Locale.ROOT,
                "  the shop is away; %d changes are booked in %.1f s%n",
                burst.changes(),
                booked.toMillis() / 1e3);
        Instant back = Instant.now();
        burst.back(outage, BUCKET, PER_SECOND);
        burst.awaitTold(shown -> out.printf(
                Locale.ROOT,
                "  %3d s after it is back it shows %d of %d places as they are%n",
                Duration.between(back, Instant.now()).toSeconds(),
                shown,
                burst.places()));
        Duration drained = Duration.between(back, Instant.now());
        List<String> wrong = burst.wrong(drained);
        wrong.stream().limit(MOST_REPORTED).forEach(one -> out.println("  WRONG: " + one));
        JsonNode account = burst.account();
        double spent = account.path("spent").asDouble();
        Bounds bounds = new Bounds("a day's changes while the shop was away", out)
                .figure("changes", burst.changes())
                .figure("places", burst.places())
                .figure("bookedMs", booked.toMillis())
                .figure("drainedMs", drained.toMillis())
                .figure("calls", burst.calls())
                .figure("pointsPaid", spent)
                .figure("pointsPerSecond", Math.round(spent * 10_000 / drained.toMillis()) / 10.0, PER_SECOND)
                .figure("callsThrottled", account.path("throttled").asInt())
                .figure("wrong", wrong.size(), 0);
        Result.write(name, bounds.figures(), out);
        return bounds.kept();
    }
}
