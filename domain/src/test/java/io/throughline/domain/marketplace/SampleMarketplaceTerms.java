package io.throughline.domain.marketplace;

import io.throughline.domain.money.CurrencyCode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;

/** What was agreed with the sample marketplace. */
public final class SampleMarketplaceTerms {
    public static final MarketplaceTerms BAZAAR = new MarketplaceTerms(
            "bazaar",
            CurrencyCode.of("USD"),
            ZoneOffset.UTC,
            Duration.ofMinutes(30),
            new ShipBy.Hours(48),
            Set.of(CancellationReason.values()));

    private SampleMarketplaceTerms() {}
}
