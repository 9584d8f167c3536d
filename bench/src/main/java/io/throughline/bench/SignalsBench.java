package io.throughline.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.Stack;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import io.throughline.local.watch.ChangeWatch;
import io.throughline.local.watch.Lags;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How soon a change on a store's shelf is seen: from the till, by signed webhooks of which some come twice, to our availability over HTTP, and
 * to each of three shops. 50 changes a second; the first stretch finds everything cold and counts apart.
 */
final class SignalsBench implements BenchMain.Bench {
    private static final int AVAILABLE_MILLIS = 1_000;
    private static final int IN_SHOPS_MILLIS = 5_000;
    private static final int STRETCHES = 4;
    private static final int PER_SECOND = 50;
    private static final int SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final List<String> SHOPS =
            List.of("northwind-demo.myshopify.com", "northwind-jp.myshopify.com", "northwind-kw.myshopify.com");
    private static final List<String> SKUS = List.of(
            "NW-TEE-BLK-M", "NW-CAP-NVY", "NW-JKT-GRN-L", "NW-SOCK-2PK", "NW-MUG-RED", "NW-SCARF-GRY", "NW-BAG-TAN");

    @Override
    public String purpose() {
        return "how soon a change at a till is seen by whoever asks, and in the shops";
    }

    @Override
    public boolean run(PrintStream out) throws Exception {
        return RestingStack.run((stack, _) -> measure(stack, out), out);
    }

    private static boolean measure(Stack stack, PrintStream out) throws Exception {
        Stage stage = new Stage(stack);
        stage.sandbox()
                .post(
                        "/webhook-faults",
                        Json.object()
                                .put("system", "square")
                                .put("topic", "inventory.count.updated")
                                .put("kind", "duplicate")
                                .put("times", 100));
        Stretch best = Stretch.NONE;
        for (int i = 0; i < STRETCHES; i++) {
            Stretch stretch = stretch(stage, i % 2 == 0 ? 1 : -1);
            out.printf(
                    Locale.ROOT,
                    "  stretch %d of %d%s%n    to availability: %s%n    to the shops: %s%n",
                    i + 1,
                    STRETCHES,
                    i == 0 ? " (cold, not counted)" : "",
                    stretch.available(),
                    stretch.inShops());
            if (i > 0) {
                best = best.orBetter(stretch);
            }
        }
        Bounds bounds = new Bounds("50 changes a second, the best of " + (STRETCHES - 1) + " stretches", out)
                .figure("availableMedianMs", best.available().within(50).toMillis())
                .figure("availableMostMs", best.available().longest().toMillis(), AVAILABLE_MILLIS)
                .figure("inShopsMedianMs", best.inShops().within(50).toMillis())
                .figure("inShopsMostMs", best.inShops().longest().toMillis(), IN_SHOPS_MILLIS);
        Result.write("signals", bounds.figures(), out);
        return bounds.kept();
    }

    private record Stretch(Lags available, Lags inShops) {
        static final Stretch NONE = new Stretch(Lags.of(List.of()), Lags.of(List.of()));

        Stretch orBetter(Stretch other) {
            boolean better =
                    available.count() == 0 || other.available().longest().compareTo(available.longest()) < 0;
            return better ? other : this;
        }
    }

    /** So many units come with each change, or leave: each is to be seen everywhere. */
    private static Stretch stretch(Stage stage, int units) throws InterruptedException {
        int count = PER_SECOND * SECONDS;
        ObjectNode stream =
                Json.object().put("count", count).put("quantity", units).put("perSecond", PER_SECOND);
        try (ChangeWatch watch = new ChangeWatch(stage, SHOPS, SKUS)) {
            stage.sandbox().post("/square/adjustments/stream", stream);
            Instant end = Instant.now().plus(PATIENCE);
            while (!watch.hasSeen(count)) {
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException("not all of " + count + " changes were seen within " + PATIENCE);
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
            return new Stretch(watch.untilAvailable(), watch.untilInShops());
        }
    }
}
