package io.throughline.worker;

import io.throughline.domain.retention.Aged;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what has been kept for long enough, in small transactions. What one turn does not come to is left to the next. */
final class Forgetting extends RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final int BATCH = 1_000;
    private static final int BATCHES_PER_TURN = 100;

    private final List<Kept> kept;
    private final Clock clock;

    Forgetting(List<Kept> kept, Clock clock, Duration every) {
        super("forgetting", every);
        this.kept = List.copyOf(kept);
        this.clock = clock;
    }

    /** Records, what they are called, and for how long they are kept. */
    record Kept(String name, Aged records, Duration duration) {}

    /** While the database is away it waits for the next turn. */
    @Override
    void work() {
        kept.forEach(one -> attempt("old " + one.name() + " can't be forgotten", () -> forget(one)));
    }

    private void forget(Kept one) {
        int forgotten = forgetInBatches(one);
        if (forgotten > 0) {
            LOG.info("{} {} of more than {} ago are forgotten", forgotten, one.name(), one.duration());
        }
    }

    private int forgetInBatches(Kept one) {
        int forgotten = 0;
        for (int batch = 0; batch < BATCHES_PER_TURN; batch++) {
            int more = one.records().forget(clock.instant().minus(one.duration()), BATCH);
            forgotten += more;
            if (more < BATCH) {
                break;
            }
        }
        return forgotten;
    }
}
