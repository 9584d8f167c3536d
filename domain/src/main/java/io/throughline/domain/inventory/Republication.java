package io.throughline.domain.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * A wish that a system show the ledger's number of a place again, beside what may be under way there. {@code left}: goods that the system
 * takes off by itself have left just now, and it may not have heard of it. {@code spoke}: its number has changed just now, and we may not
 * have heard why; then it may have been one of the {@code ownReserved} units of its own orders that left.
 */
public record Republication(Instant askedAt, boolean left, boolean spoke, int ownReserved) {
    /** After so long both have heard of what has left, as far as it can be told at all. */
    public static final Duration SETTLES_WITHIN = Duration.ofMinutes(5);

    /** Where something is always under way it is not waited for longer. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private boolean underWay() {
        return left || (spoke && ownReserved > 0);
    }

    /**
     * How much the system is to be told beyond what it shows; empty: it is too early to say. After the longest wait that is believed by
     * which less is on offer.
     */
    public OptionalInt owed(int ledger, int shown, Instant now) {
        int missing = ledger - shown;
        if (!underWay()) {
            return OptionalInt.of(missing);
        }
        if (now.isBefore(askedAt.plus(LONGEST_WAIT))) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(missing <= 0 ? missing : Math.max(0, missing - ownReserved));
    }
}
