package io.throughline.workflows.call;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Counts wake-ups by what they are about. Whoever waits takes the count before it reads the facts: a wake-up that arrives while it
 * reads is then never lost. A wake-up about {@link #EVERYTHING} (sent after a reset) rouses all who wait.
 */
public final class Wakes {
    public static final String EVERYTHING = "everything";

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Map<String, Integer> counts = new HashMap<>();

    public void ring(String about) {
        counts.merge(about, 1, Integer::sum);
    }

    /** Of each of what a signal is about, with spaces in between. */
    public void ringAll(String about) {
        for (String one : about.split(" ", -1)) {
            ring(one);
        }
    }

    public int count(String about) {
        return counts.getOrDefault(about, 0) + counts.getOrDefault(EVERYTHING, 0);
    }

    /** Returns once there is news since {@code seen}. */
    public void awaitNews(String about, int seen) {
        Workflow.await(() -> count(about) > seen);
    }

    /** The same, but not beyond {@code latest}. */
    public void awaitNews(String about, int seen, Instant latest) {
        await(latest, () -> count(about) > seen);
    }

    /** Returns once there is {@code news}, or {@code latest} has come by the clocks of others too, which may be a little behind. */
    public static void await(Instant latest, BooleanSupplier news) {
        Duration left = Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), latest);
        Timers.await(left.compareTo(SOON) < 0 ? SOON : left, "deadline " + latest, news);
    }
}
