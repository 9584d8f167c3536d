package io.throughline.bench;

import io.throughline.local.Stack;
import io.throughline.local.demo.DemoStack;
import io.throughline.local.demo.SignedWebhooks;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * How long a webhook waits for its acknowledgement at a steady 100 a second, measured from the instant at which it was due, so that a
 * stalled server can't hide behind a stalled client.
 */
final class WebhookBench implements BenchMain.Bench {
    private static final int SECONDS = 20;
    private static final int PER_SECOND = 100;
    private static final double MOST_P99_MILLIS = 50;

    @Override
    public String purpose() {
        return "webhook acknowledgement at " + PER_SECOND + "/s: p50, p99, p99.9";
    }

    @Override
    public boolean run(PrintStream out) throws Exception {
        try (Stack stack = DemoStack.start("bench", out)) {
            List<Double> millis = load(stack, SECONDS, PER_SECOND, out);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("requests", millis.size());
            figures.put("p50Ms", percentile(millis, 50));
            figures.put("p99Ms", percentile(millis, 99));
            figures.put("p999Ms", percentile(millis, 99.9));
            out.printf(Locale.ROOT, "%n%-12s %10s%n", "percentile", "ms");
            figures.forEach(
                    (name, value) -> out.printf(Locale.ROOT, "%-12s %10.1f%n", name, ((Number) value).doubleValue()));
            Result.write("webhooks", figures, out);
            return percentile(millis, 99) <= MOST_P99_MILLIS;
        }
    }

    static double ackP99Millis(Stack stack, int seconds, int perSecond, PrintStream out) throws Exception {
        return percentile(load(stack, seconds, perSecond, out), 99);
    }

    private static List<Double> load(Stack stack, int seconds, int perSecond, PrintStream out) throws Exception {
        SignedWebhooks webhooks = new SignedWebhooks(stack);
        for (int i = 0; i < perSecond; i++) {
            webhooks.send();
        }
        ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (int i = 0; i < seconds * perSecond; i++) {
                long due = start + i * gap;
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                if (i % perSecond == 0) {
                    out.printf(Locale.ROOT, "  %d s of %d%n", i / perSecond, seconds);
                }
                senders.execute(() -> {
                    webhooks.send();
                    millis.add((System.nanoTime() - due) / 1e6);
                });
            }
        }
        return new ArrayList<>(millis);
    }

    private static double percentile(List<Double> values, double percent) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int index = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
        return Math.round(sorted.get(Math.max(0, index)) * 10) / 10.0;
    }
}
