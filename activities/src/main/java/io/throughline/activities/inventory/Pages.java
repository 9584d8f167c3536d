package io.throughline.activities.inventory;

import io.throughline.domain.failure.SystemFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Takes in page after page with one step: each step is an event of its process, and most pages are small. After about a second the next
 * page is another step's, so that what is more urgent can go before it.
 */
final class Pages {
    /** With one slow page more still below the time that a local step has. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Clock clock;

    Pages(Clock clock) {
        this.clock = clock;
    }

    /** How far it came. What was taken in before a page failed counts: the next step begins with that page, and fails by itself. */
    <P> P takeIn(P begun, Predicate<P> over, UnaryOperator<P> page) {
        Instant until = clock.instant().plus(STEP);
        P pass = page.apply(begun);
        while (!over.test(pass) && clock.instant().isBefore(until)) {
            try {
                pass = page.apply(pass);
            } catch (SystemFailure later) {
                return pass;
            }
        }
        return pass;
    }
}
