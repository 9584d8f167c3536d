package io.throughline.domain.routing;

import java.time.Duration;

/** Reckons {@link StockTurnover} from the ledger, some SKUs at a time, over and over. */
public interface Turnovers {
    /**
     * The next SKUs, in the order of their names, at most so many. A pass begins {@code every} time that passes since the last one began. One
     * process has a turn at a time. Gives how many were reckoned: 0 where none is due, or somebody else is at it.
     */
    int reckon(int most, Duration every);
}
