package io.throughline.domain.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long to wait after each failed try of a delivery; after the last of them it is given up. */
public record RetrySchedule(List<Duration> waits) {
    public RetrySchedule {
        waits = List.copyOf(waits);
        if (waits.stream().anyMatch(wait -> wait.isNegative() || wait.isZero())) {
            throw new IllegalArgumentException("each wait before another try must be longer than nothing");
        }
    }

    /** Empty: it was the last try. {@code failedBefore} is the number of tries that had failed before this one. */
    public Optional<Duration> waitAfter(int failedBefore) {
        return failedBefore < waits.size() ? Optional.of(waits.get(failedBefore)) : Optional.empty();
    }
}
