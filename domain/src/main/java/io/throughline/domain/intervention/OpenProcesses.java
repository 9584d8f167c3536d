package io.throughline.domain.intervention;

import java.time.Instant;
import java.util.List;

/**
 * What the facts say of processes beside those of orders that should be running: those of returns, of returns over counters, of reroutes, of
 * stores' days with sales to post, and of imports that are not booked to the end.
 */
public interface OpenProcesses {
    /**
     * Those whose facts are open since before {@code until}, after {@code mark} in an order that stays; the empty mark is the beginning. One whose
     * news waits for its turn in the inbox is left out: it is about to begin.
     */
    Page page(String mark, Instant until, int limit);

    /** Workflow ids; {@code next} is the mark of the page after this one, and the beginning where this one was the last. */
    record Page(List<String> workflowIds, String next) {
        public Page {
            workflowIds = List.copyOf(workflowIds);
        }
    }
}
