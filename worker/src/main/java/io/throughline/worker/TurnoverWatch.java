package io.throughline.worker;

import io.throughline.domain.routing.Turnovers;
import java.time.Duration;

/**
 * Has it reckoned once a day how fast stock goes at each place and how long it has lain there, for the routing policies that mind it; some SKUs
 * a turn, so that a turn is over long before a statement's time is, and some turns a minute, so that it takes an hour or two of a large
 * retailer's night and disturbs nobody. Every worker does so; who finds another at it leaves it to that one.
 */
final class TurnoverWatch extends RepeatedWork {
    private static final int SKUS_A_TURN = 20;
    private static final int TURNS = 10;
    private static final Duration PASS_EVERY = Duration.ofHours(24);

    private final Turnovers turnovers;

    TurnoverWatch(Turnovers turnovers, Duration every) {
        super("turnover-watch", every);
        this.turnovers = turnovers;
    }

    @Override
    void work() {
        attempt("the turnover of stock can't be reckoned", this::turns);
    }

    private void turns() {
        int turn = 0;
        while (turn < TURNS && turnovers.reckon(SKUS_A_TURN, PASS_EVERY) > 0) {
            turn++;
        }
    }
}
