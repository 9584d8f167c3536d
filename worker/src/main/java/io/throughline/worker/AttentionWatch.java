package io.throughline.worker;

import io.throughline.worker.attention.AttentionSweep;
import java.time.Duration;

/** Takes the turns of the sweep, as every worker does; the database lets one of them have each. */
final class AttentionWatch extends RepeatedWork {
    private final AttentionSweep sweep;

    AttentionWatch(AttentionSweep sweep, Duration every) {
        super("attention-watch", every);
        this.sweep = sweep;
    }

    /** While the database or Temporal is away it waits for the next turn. What fails of it keeps the others from nothing. */
    @Override
    void work() {
        attempt("processes whose tasks fail can't be looked at", sweep::retriedTasks);
        attempt("effects that were left behind can't be looked for", sweep::forsakenEffects);
        attempt("orders whose process is late can't be looked at", sweep::overdueOrders);
        attempt("runs that ended can't be looked for", sweep::endsOfRuns);
        attempt("cases of processes can't be looked at", sweep::openCases);
        attempt("open orders can't be looked at", sweep::openOrders);
        attempt("what is open beside orders can't be looked at", sweep::openPeers);
        attempt("running processes can't be looked at", sweep::runsOfOrders);
    }
}
