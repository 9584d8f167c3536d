package io.throughline.worker.event;

import io.dropwizard.util.Duration;
import io.throughline.domain.event.RetrySchedule;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * How events are delivered: {@code lanes} subjects of one subscription at a time, by all processes together; {@code parallel} deliveries
 * of this process at a time, none with 0.
 */
public record EventSettings(
        @Min(1) @Max(64) int lanes,
        @Min(0) @Max(256) int parallel,
        @NotNull @Size(max = 30) List<Duration> retryAfter) {

    public static EventSettings usual() {
        return new EventSettings(4, 32, List.of(Duration.seconds(5), Duration.minutes(1), Duration.hours(1)));
    }

    public RetrySchedule schedule() {
        return new RetrySchedule(
                retryAfter.stream().map(Duration::toJavaDuration).toList());
    }
}
