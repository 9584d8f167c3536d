package io.throughline.domain.measure;

import java.time.Instant;
import java.util.Collection;

/** How requests to the API were answered, counted by quarters of an hour. */
public interface RequestTallies {
    /** Adds to what is counted already. */
    void add(Collection<Tally> tallies);

    /**
     * So many requests of one kind that began in the quarter of an hour from {@code slot} on, and were answered within {@code withinMillis},
     * but not within the next lower bound; {@code failed} by a fault of ours.
     */
    record Tally(Instant slot, String method, String route, int withinMillis, boolean failed, long requests) {
        /** The bound of those that took longer than any other. */
        public static final int LONGER = Integer.MAX_VALUE;
    }
}
