package io.throughline.local.watch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How long many things took, the shortest first. */
public record Lags(List<Duration> sorted) {
    public static Lags of(List<Duration> lags) {
        return new Lags(lags.stream().sorted().toList());
    }

    public int count() {
        return sorted.size();
    }

    public Duration longest() {
        return sorted.getLast();
    }

    /** So many percent took no longer. */
    public Duration within(int percent) {
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d ms in the median, %d ms for 99 %%, %d ms at most, of %d",
                within(50).toMillis(),
                within(99).toMillis(),
                longest().toMillis(),
                count());
    }
}
