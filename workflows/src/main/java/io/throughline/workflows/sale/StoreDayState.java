package io.throughline.workflows.sale;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a store's day needs to see: when the sales that wait become the next summary (null: none waits), and which summaries
 * are not settled yet; and how many entries all summaries have, for people.
 */
public record StoreDayState(
        int nextSummary,
        int summarised,
        int waiting,
        @Nullable Instant dueAt,
        List<Integer> unsettled) {
    public StoreDayState {
        unsettled = List.copyOf(unsettled);
    }
}
