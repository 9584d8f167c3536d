package io.throughline.worker;

import io.dropwizard.util.Duration;
import io.throughline.activities.inventory.ErpStockStepsImpl;
import jakarta.validation.constraints.NotNull;

/** How often ERPs are asked what has moved, and what they have on hand. */
public record ErpStockSettings(
        @NotNull Duration soonest,
        @NotNull Duration whileAwaited,
        @NotNull Duration latest,
        @NotNull Duration compareEvery) {

    public static ErpStockSettings usual() {
        return new ErpStockSettings(Duration.seconds(3), Duration.seconds(10), Duration.minutes(1), Duration.hours(1));
    }

    ErpStockStepsImpl.Rhythm toRhythm() {
        return new ErpStockStepsImpl.Rhythm(
                soonest.toJavaDuration(),
                whileAwaited.toJavaDuration(),
                latest.toJavaDuration(),
                compareEvery.toJavaDuration());
    }
}
