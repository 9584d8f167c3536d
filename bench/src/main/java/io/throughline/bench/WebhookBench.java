package io.throughline.bench;

import io.throughline.local.Stack;
import io.throughline.local.demo.DemoStack;
import io.throughline.local.demo.SignedWebhooks;
import io.throughline.local.demo.SimpleOrder;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * How long a webhook waits for its acknowledgement at a steady 100 a second, measured from the instant at which it was due, so that a
 * stalled server can't hide behind a stalled client. Everything runs as it always does, on the same machine: what is stored is handled
 * meanwhile.
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
                    .figure("p50Ms", percentile(millis, 50))
                    .figure("p99Ms", percentile(millis, 99), MOST_P99_MILLIS)
                    .figure("p999Ms", percentile(millis, 99.9));
            Result.write("webhooks", bounds.figures(), out);
            return bounds.kept();
        }
    }

    static double ackP99Millis(Stack stack, List<String> orders, int seconds, PrintStream out) throws Exception {
        return percentile(load(stack, orders, seconds, out), 99);
    }

    private static List<Double> load(Stack stack, List<String> orders, int seconds, PrintStream out) throws Exception {
        SignedWebhooks webhooks = new SignedWebhooks(stack, orders);
        out.printf(
                Locale.ROOT,
                "%n  webhooks at %d/s; load average of the machine before: %.1f on %d processors%n",
                PER_SECOND,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
        send(webhooks, WARM_UP_SECONDS, "to warm up", out);
        return send(webhooks, seconds, "of", out);
    }

    private static List<Double> send(SignedWebhooks webhooks, int seconds, String what, PrintStream out)
            throws InterruptedException {
        ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
        long gap = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (int i = 0; i < seconds * PER_SECOND; i++) {
                long due = start + i * gap;
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                if (i % PER_SECOND == 0) {
                    out.printf(Locale.ROOT, "  %d s %s %d%n", i / PER_SECOND, what, seconds);
                }
                senders.execute(() -> {
                    webhooks.send();
                    millis.add((System.nanoTime() - due) / 1e6);
                });
            }
        }
        if (millis.size() != seconds * PER_SECOND) {
            throw new IllegalStateException(
                    "of " + seconds * PER_SECOND + " webhooks only " + millis.size() + " were acknowledged");
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
