package io.throughline.worker;

import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.rebuild.Rebuilds;
import java.time.Duration;

/**
 * Goes on with the read models that somebody wants made anew, some turns of each at a time, so that one that can't be read keeps no other waiting.
 * Every worker does so; they take turns.
 */
final class RebuildWatch extends RepeatedWork {
    private static final int TURNS = 50;

    private final Rebuilds rebuilds;

    RebuildWatch(Rebuilds rebuilds, Duration every) {
        super("rebuild-watch", every);
        this.rebuilds = rebuilds;
    }

    @Override
    void work() {
        attempt(
                "what is to be made anew can't be read",
                () -> rebuilds.underWay()
                        .forEach(model -> attempt(model.word() + " can't be made anew", () -> turns(model))));
    }

    private void turns(ReadModel model) {
        int turn = 0;
        while (turn < TURNS && rebuilds.turn(model)) {
            turn++;
        }
    }
}
