package io.throughline.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A steady rate of requests. Each is measured from the instant at which it was due, so that a stalled server can't hide behind a stalled client.
 */
record Pace(int perSecond, int warmUpSeconds, int seconds) {
    /** How long each request took in milliseconds, without those that warm up. A request is told the how many-th it is. */
    List<Double> keep(String requests, IntConsumer request, PrintStream out) throws InterruptedException {
        out.printf(
                Locale.ROOT,
                "%n  %s at %d/s; load average of the machine before: %.1f on %d processors%n",
                requests,
                perSecond,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
        keep(warmUpSeconds, request, "to warm up", out);
        return keep(seconds, request, "of", out);
    }

    private List<Double> keep(int span, IntConsumer request, String what, PrintStream out) throws InterruptedException {
        ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (int i = 0; i < span * perSecond; i++) {
                int number = i;
                long due = start + i * gap;
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                if (i % perSecond == 0) {
                    out.printf(Locale.ROOT, "  %d s %s %d%n", i / perSecond, what, span);
                }
                senders.execute(() -> {
                    request.accept(number);
                    millis.add((System.nanoTime() - due) / 1e6);
                });
            }
        }
        if (millis.size() != span * perSecond) {
            throw new IllegalStateException(
                    "of " + span * perSecond + " requests only " + millis.size() + " were answered");
        }
        return new ArrayList<>(millis);
    }

    static double percentile(List<Double> values, double percent) {
        return Math.round(Rounds.percentile(values, percent) * 10) / 10.0;
    }
}
