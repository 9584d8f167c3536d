package io.throughline.domain.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When all that an order waits for is expected: {@code first} said, and {@code latest}, which is empty when nobody expects it any more.
 * {@code number} counts how often it was said; {@code told}: it is what the customer knows.
 */
public record OrderPromise(int number, Optional<Instant> first, Optional<Instant> latest, boolean told) {
    /** Whether it has moved further than the customer is to be asked to bear without a person's word. */
    public boolean isBeyond(Duration patience) {
        return first.isPresent()
                && latest.filter(at -> at.isAfter(first.get().plus(patience))).isPresent();
    }

    /** The question to a person whether that is borne; in the same words as long as it is the same promise. */
    public String words(Duration patience) {
        return "what it waits for is expected at "
                + latest.map(Instant::toString).orElse("no day that is known")
                + ", which is more than " + patience + " after "
                + first.map(Instant::toString).orElse("what was said")
                + " as it was promised first; RETRY waits for it all the same";
    }
}
