package io.throughline.worker;

import io.throughline.domain.intervention.BulkDecisions;
import java.time.Duration;

/**
 * Works off decisions about many cases, one case a turn. When a turn comes is kept in the database, so the rate holds however many workers
 * there are, and what one leaves behind when it dies is gone on with by another.
 */
final class BulkDecider extends RepeatedWork {
    private static final int MOST_AT_ONCE = 500;

    private final BulkDecisions decisions;

    BulkDecider(BulkDecisions decisions, Duration every) {
        super("bulk-decider", every);
        this.decisions = decisions;
    }

    /** While the database is away it waits for the next turn. */
    @Override
    void work() {
        attempt("cases can't be decided about", this::takeTurns);
    }

    private void takeTurns() {
        int turns = 0;
        while (turns < MOST_AT_ONCE && decisions.decideNext()) {
            turns++;
        }
    }
}
