package io.throughline.bench;

import io.throughline.local.Stack;
import io.throughline.local.demo.DemoStack;
import io.throughline.local.demo.SignedWebhooks;
import io.throughline.local.demo.SimpleOrder;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long a webhook waits for its acknowledgement at a steady 100 a second. Everything runs as it always does, on the same machine: what is
 * stored is handled meanwhile.
 */
final class WebhookBench implements BenchMain.Bench {
    static final double MOST_P99_MILLIS = 50;

    private static final int SECONDS = 20;
    private static final int WARM_UP_SECONDS = 5;
    private static final int PER_SECOND = 100;
    private static final int ORDERS = 5;

    @Override
    public String purpose() {
        return "webhook acknowledgement at " + PER_SECOND + "/s: p50, p99, p99.9";
    }

    @Override
    public boolean run(PrintStream out) throws Exception {
        try (Stack stack = DemoStack.start("bench", out)) {
            SimpleOrder orders = new SimpleOrder(stack);
            List<String> workflows = new ArrayList<>();
            for (int i = 1; i <= ORDERS; i++) {
                out.printf(Locale.ROOT, "  carrying order %d of %d%n", i, ORDERS);
                workflows.add(orders.placeAndAwait());
            }
            List<Double> millis = load(stack, SimpleOrder.numbers(workflows), SECONDS, out);
            Bounds bounds = new Bounds("webhooks at " + PER_SECOND + "/s for " + SECONDS + " s", out)
                    .figure("requests", millis.size())
                    .figure("p50Ms", Pace.percentile(millis, 50))
                    .figure("p99Ms", Pace.percentile(millis, 99), MOST_P99_MILLIS)
                    .figure("p999Ms", Pace.percentile(millis, 99.9));
            Result.write("webhooks", bounds.figures(), out);
            return bounds.kept();
        }
    }

    static double ackP99Millis(Stack stack, List<String> orders, int seconds, PrintStream out) throws Exception {
        return Pace.percentile(load(stack, orders, seconds, out), 99);
    }

    private static List<Double> load(Stack stack, List<String> orders, int seconds, PrintStream out) throws Exception {
        SignedWebhooks webhooks = new SignedWebhooks(stack, orders);
        return new Pace(PER_SECOND, WARM_UP_SECONDS, seconds).keep("webhooks", number -> webhooks.send(), out);
    }
}
