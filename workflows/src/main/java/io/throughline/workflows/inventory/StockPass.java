package io.throughline.workflows.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a reading of what a system tells has come. {@code since} of null is its beginning, a {@code cursor} of null the first page;
 * {@code upTo} is the latest that the system has told so far. At the end of a pass {@code allDue} tells whether it is time to read
 * everything.
 */
public record StockPass(
        Reach reach,
        @Nullable Instant since,
        @Nullable String cursor,
        @Nullable Instant upTo,
        boolean allDue) {
    public static StockPass begin(Reach reach) {
        return new StockPass(reach, null, null, null, false);
    }

    /** Whether there is no further page. */
    public boolean over() {
        return cursor == null;
    }

    /** What is read, and how far back it begins. */
    public enum Reach {
        /** What has moved just now. */
        NEWS,
        /** What has moved for some minutes, for what a system tells late. */
        SWEEP,
        /** How much there is of what has changed. */
        LEVELS,
        /** How much there is of everything. */
        ALL
    }
}
