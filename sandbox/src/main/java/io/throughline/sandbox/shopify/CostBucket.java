package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A leaky bucket of points for one app and shop: it holds so many and refills at a rate a second. Safe for many threads. */
final class CostBucket {

    private final Clock clock;
    private double maximum;
    private double restorePerSecond;
    private double available;
    private double lowest;
    private long spent;
    private long refused;
    private Instant filledAt;

    CostBucket(Clock clock, double maximum, double restorePerSecond) {
        this.clock = clock;
        this.maximum = maximum;
        this.restorePerSecond = restorePerSecond;
        this.available = maximum;
        this.lowest = maximum;
        this.filledAt = clock.instant();
    }

    /** Sets size and rate anew, and the level where it is given; what was paid is counted anew, too. */
    synchronized void configure(double newMaximum, double newRestorePerSecond, @Nullable Double level) {
        maximum = newMaximum;
        restorePerSecond = newRestorePerSecond;
        available = level == null ? newMaximum : Math.min(level, newMaximum);
        lowest = available;
        spent = 0;
        refused = 0;
        filledAt = clock.instant();
    }

    synchronized boolean take(int points) {
        refill();
        if (points > available) {
            refused++;
            return false;
        }
        available -= points;
        spent += points;
        lowest = Math.min(lowest, available);
        return true;
    }

    /** What was taken beforehand but not spent. */
    synchronized void giveBack(int points) {
        available = Math.min(maximum, available + points);
        spent -= points;
    }

    /** With what has happened since it was set: points paid, calls refused, and how empty it was at worst. */
    synchronized ObjectNode account() {
        return status().put("spent", spent).put("throttled", refused).put("lowest", lowest);
    }

    synchronized ObjectNode status() {
        refill();
        return Json.object()
                .put("maximumAvailable", BigDecimal.valueOf(maximum))
                .put("currentlyAvailable", (int) Math.floor(available))
                .put("restoreRate", BigDecimal.valueOf(restorePerSecond));
    }

    private void refill() {
        Instant now = clock.instant();
        double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
        available = Math.min(maximum, available + Math.max(0, seconds) * restorePerSecond);
        filledAt = now;
    }
}
