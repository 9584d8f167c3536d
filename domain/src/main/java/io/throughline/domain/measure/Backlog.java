package io.throughline.domain.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What of a business process has begun and not ended: how many, and when the oldest of them began. */
public record Backlog(BusinessProcess process, long waiting, Optional<Instant> oldest) {
    public Duration age(Instant now) {
        return oldest.filter(now::isAfter)
                .map(began -> Duration.between(began, now))
                .orElse(Duration.ZERO);
    }
}
