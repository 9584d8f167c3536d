package io.throughline.domain.order;

import java.time.Instant;

/** A reading of an order at its channel, by our clock, and the version that it gave, by the channel's. */
public record Reading(Instant version, Instant beganAt) {
    /**
     * Whether it knows of the change that made this version, of which we heard at {@code heardAt}. Channels tell their times in whole
     * seconds: a change has the version of a reading that came just before it, so only a reading that began after we heard knows for sure.
     */
    public boolean knows(Instant changed, Instant heardAt) {
        return supersedes(new Reading(changed, heardAt));
    }

    /** Whether what it told counts where both told something else: it has a later version, or the same one and did not begin earlier. */
    public boolean supersedes(Reading other) {
        return version.isAfter(other.version) || (version.equals(other.version) && !beganAt.isBefore(other.beganAt));
    }
}
