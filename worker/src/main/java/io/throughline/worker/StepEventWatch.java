package io.throughline.worker;

import io.throughline.worker.history.StepEventSearch;
import java.time.Duration;

/** Looks up the events that entries lead to, as every worker does; each takes others. */
final class StepEventWatch extends RepeatedWork {
    private final StepEventSearch search;

    StepEventWatch(StepEventSearch search, Duration every) {
        super("step-event-watch", every);
        this.search = search;
    }

    /** While the database or Temporal is away, entries lead to their runs only. */
    @Override
    void work() {
        attempt("the events of steps can't be looked up", search::turn);
    }
}
