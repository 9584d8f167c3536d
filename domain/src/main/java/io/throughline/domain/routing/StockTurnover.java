package io.throughline.domain.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How stock of a SKU moves at a facility: so many units lie there, so many were sold a week of late, and the oldest of what lies there came at an
 * instant, if the older is always sold first. Unknown: what has come since this was last reckoned, which is new.
 */
public record StockTurnover(int onHand, double soldAWeek, Optional<Instant> oldestSince) {
    /** What lasts or has lain longer than two years counts as that. */
    public static final int MOST_WEEKS = 104;

    /** Sales of so many weeks tell the pace, or of as many as the place has had the SKU. */
    public static final int WEEKS_OF_SALES = 8;

    static final int MOST_DAYS = 7 * MOST_WEEKS;

    public StockTurnover {
        if (onHand < 0 || soldAWeek < 0) {
            throw new IllegalArgumentException("neither stock nor sales are less than nothing");
        }
    }

    /** For so long it lasts at that pace; what is not sold lasts. */
    double weeksOfSupply() {
        return soldAWeek == 0 ? MOST_WEEKS : Math.min(MOST_WEEKS, onHand / soldAWeek);
    }

    /** Whole days that the oldest of it has lain there. */
    int daysLain(Instant now) {
        return oldestSince
                .map(since -> Math.clamp(Duration.between(since, now).toDays(), 0, MOST_DAYS))
                .orElse(0);
    }
}
