package io.throughline.workflows.call;

import io.temporal.workflow.Workflow;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts wake-ups by what they are about. Whoever waits takes the count before it reads the facts: a wake-up that arrives while it
 * reads is then never lost. A wake-up about {@link #EVERYTHING} (sent after a reset) rouses all who wait.
 */
public final class Wakes {
    public static final String EVERYTHING = "everything";

    private final Map<String, Integer> counts = new HashMap<>();

    public void ring(String about) {
        counts.merge(about, 1, Integer::sum);
    }

    public int count(String about) {
        return counts.getOrDefault(about, 0) + counts.getOrDefault(EVERYTHING, 0);
    }

    /** Returns once there is news since {@code seen}. */
    public void awaitNews(String about, int seen) {
        Workflow.await(() -> count(about) > seen);
    }
}
