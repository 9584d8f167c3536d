package io.throughline.worker;

import io.throughline.domain.failure.Wordless;
import io.throughline.domain.intervention.BulkDecisions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off decisions about many cases, one case a turn. When a turn comes is kept in the database, so the rate holds however many workers
 * there are, and what one leaves behind when it dies is gone on with by another.
 */
final class BulkDecider extends RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(BulkDecider.class);

    private static final int MOST_AT_ONCE = 500;

    private final BulkDecisions decisions;

    BulkDecider(BulkDecisions decisions, Duration every) {
        super("bulk-decider", every);
        this.decisions = decisions;
    }

    /** While the database is away it waits for the next turn. */
    @Override
    void work() {
        try {
            int turns = 0;
            while (turns < MOST_AT_ONCE && decisions.decideNext()) {
                turns++;
            }
        } catch (RuntimeException unreachable) {
            LOG.warn("cases can't be decided about just now: {}", Wordless.words(unreachable));
        }
    }
}
