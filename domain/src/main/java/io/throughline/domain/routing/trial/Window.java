package io.throughline.domain.routing.trial;

import java.time.Instant;

/** From an instant to just before another. */
public record Window(Instant from, Instant until) {
    public Window {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a window ends after it has begun");
        }
    }
}
