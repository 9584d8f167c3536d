package io.throughline.activities.call;

import io.throughline.domain.failure.FailureCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a step that failed waits for its next try: quickly in the beginning, and slowly, without end, when the failure lasts. A
 * system that says when to come back is obeyed, unless it says at once.
 */
final class RetryDelays {
    static final Duration USUAL_QUICK_PHASE = Duration.ofMinutes(2);

    /** Beyond the longest lease of an effect: what another attempt holds is no stall while that one may still tell. */
    private static final Duration IN_FLIGHT_PHASE = Duration.ofMinutes(4);

    private static final Duration QUICKEST = Duration.ofMillis(500);
    private static final Duration SLOWEST_QUICK = Duration.ofSeconds(15);
    private static final Duration SLOW = Duration.ofMinutes(1);

    private RetryDelays() {}

    /** Whether a step that has been tried for so long is to be shown as stalled, and tried slowly. */
    static boolean lasts(FailureCode code, Duration tried, Duration quickPhase) {
        Duration phase = code == FailureCode.EFFECT_IN_FLIGHT ? IN_FLIGHT_PHASE : quickPhase;
        return tried.compareTo(phase) > 0;
    }

    static Duration slow(Optional<Duration> asked) {
        return asked.filter(wait -> wait.compareTo(SLOW) > 0).orElse(SLOW);
    }

    /** Doubling, with full jitter, so that orders that failed together don't come back together. */
    static Duration quick(int attempt, Optional<Duration> asked) {
        return asked.filter(Duration::isPositive).orElseGet(() -> {
            long cap = Math.min(SLOWEST_QUICK.toMillis(), QUICKEST.toMillis() << Math.min(attempt, 10));
            return Duration.ofMillis(cap / 2 + ThreadLocalRandom.current().nextLong(cap / 2 + 1));
        });
    }
}
