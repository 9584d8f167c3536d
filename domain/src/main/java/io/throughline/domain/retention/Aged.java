package io.throughline.domain.retention;

import java.time.Instant;

/** Records of one kind that are of no use any more once they are old enough. */
public interface Aged {
    /**
     * Forgets some of what is from before that instant, but for what something still needs, such as the last word about a place; gives how
     * many. Any number of processes may do so at once.
     */
    int forget(Instant before, int atMost);
}
