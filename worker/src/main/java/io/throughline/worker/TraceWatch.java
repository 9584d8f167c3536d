package io.throughline.worker;

import io.throughline.domain.trace.TraceChecks;
import java.time.Duration;

/**
 * Has all lines of the trace checked once a day, some of them a turn, so that it takes an hour of a large retailer's night and disturbs
 * nobody. Every worker does so; they take turns.
 */
final class TraceWatch extends RepeatedWork {
    private static final int LINES_A_TURN = 500;
    private static final Duration PASS_EVERY = Duration.ofHours(24);

    private final TraceChecks checks;

    TraceWatch(TraceChecks checks, Duration every) {
        super("trace-watch", every);
        this.checks = checks;
    }

    @Override
    void work() {
        attempt("the trace can't be checked", () -> checks.check(LINES_A_TURN, PASS_EVERY));
    }
}
