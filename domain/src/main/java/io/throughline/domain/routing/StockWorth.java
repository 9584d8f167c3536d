package io.throughline.domain.routing;

import java.util.Locale;

/** What a facility has of a delivery's goods: days that the freshest of them has lain there, and weeks that the scarcest lasts. */
record StockWorth(int youngestDays, double scarcestWeeks) {
    /** Nobody minds it, or nothing is there. */
    static final StockWorth NOTHING = new StockWorth(0, 0);

    static String weeks(double weeks) {
        return weeks >= StockTurnover.MOST_WEEKS
                ? StockTurnover.MOST_WEEKS + " weeks or more"
                : String.format(Locale.ROOT, "%.1f weeks", weeks);
    }
}
