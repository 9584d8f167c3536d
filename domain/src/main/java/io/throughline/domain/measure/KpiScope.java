package io.throughline.domain.measure;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The period, up to a year long, that figures are of, its end not included; and whose figures. */
public record KpiScope(Instant from, Instant to, Optional<AccountId> account, Optional<FacilityId> facility) {
    public static final Duration LONGEST = Duration.ofDays(366);

    public KpiScope {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a period begins before it ends, and is at most 366 days long");
        }
    }

    public static KpiScope everything(Instant from, Instant to) {
        return new KpiScope(from, to, Optional.empty(), Optional.empty());
    }
}
