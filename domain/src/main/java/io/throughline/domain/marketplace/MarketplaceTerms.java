package io.throughline.domain.marketplace;

import io.throughline.domain.money.CurrencyCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * What was agreed with a marketplace. {@code client} is the owner of the API keys by which it hands over its orders, {@code currency} the one
 * that it pays in. An order keeps the deadlines of the terms under which it came in.
 */
public record MarketplaceTerms(
        String client,
        CurrencyCode currency,
        ZoneId zone,
        Duration acknowledgeWithin,
        ShipBy shipBy,
        Set<CancellationReason> reasons) {
    public MarketplaceTerms {
        reasons = Set.copyOf(reasons);
        if (!acknowledgeWithin.isPositive()) {
            throw new IllegalArgumentException("it takes some time to acknowledge an order");
        }
        if (!reasons.contains(CancellationReason.OTHER)) {
            throw new IllegalArgumentException("OTHER must be among the reasons");
        }
    }

    public MarketplaceDeadlines deadlines(Instant placedAt) {
        return new MarketplaceDeadlines(placedAt, placedAt.plus(acknowledgeWithin), shipBy.after(placedAt, zone));
    }

    /** The reason as this marketplace takes it. */
    public CancellationReason told(CancellationReason reason) {
        return reasons.contains(reason) ? reason : CancellationReason.OTHER;
    }
}
