package io.throughline.worker;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * For how long what was told is kept: {@code stockWords} of and to other systems, {@code events} that subscribers have, and
 * {@code requests}, how the API answered. Systems are read anew for up to a month back, and what was forgotten would be taken for news.
 */
public record RetentionSettings(
        @NotNull @MinDuration(value = 60, unit = TimeUnit.DAYS)
        Duration stockWords,

        @NotNull @MinDuration(value = 1, unit = TimeUnit.DAYS)
        Duration events,

        @NotNull @MinDuration(value = 1, unit = TimeUnit.DAYS)
        Duration requests) {

    public static RetentionSettings usual() {
        return new RetentionSettings(Duration.days(90), Duration.days(90), Duration.days(366));
    }
}
