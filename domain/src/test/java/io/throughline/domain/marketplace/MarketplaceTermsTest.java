package io.throughline.domain.marketplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.marketplace.MarketplaceDeadlines.Kind;
import io.throughline.domain.money.CurrencyCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketplaceTermsTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /** The 20th of November 2026 is a Friday; New York is five hours behind. */
    @ParameterizedTest
    @CsvSource({
        "48 hours, 2026-11-20T15:00:00Z, 2026-11-22T15:00:00Z",
        "1 hour, 2026-11-20T15:00:00Z, 2026-11-20T16:00:00Z",
        "1 business day, 2026-11-19T15:00:00Z, 2026-11-21T05:00:00Z",
        "1 business day, 2026-11-20T15:00:00Z, 2026-11-24T05:00:00Z",
        "2 business days, 2026-11-20T15:00:00Z, 2026-11-25T05:00:00Z",
        "1 business day, 2026-11-21T15:00:00Z, 2026-11-24T05:00:00Z",
        "1 business day, 2026-11-20T03:00:00Z, 2026-11-21T05:00:00Z"
    })
    void anOrderIsToBeShippedByHoursOrByDaysOnWhichPeopleWork(String terms, Instant placedAt, Instant shipBy) {
        assertThat(ShipBy.parse(terms).after(placedAt, NEW_YORK)).isEqualTo(shipBy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0 hours", "-1 hours", "48", "48hours", "2 days", "1000 hours"})
    void whatIsNoTimeIsRefused(String terms) {
        assertThatThrownBy(() -> ShipBy.parse(terms)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOrderIsAtRiskWhenFourFifthsOfItsTimeHavePassed() {
        Instant placed = Instant.parse("2026-11-20T00:00:00Z");
        MarketplaceDeadlines deadlines = SampleMarketplaceTerms.BAZAAR.deadlines(placed);

        assertThat(deadlines.atRiskFrom(Kind.ACKNOWLEDGE)).isEqualTo(placed.plus(Duration.ofMinutes(24)));
        assertThat(deadlines.atRiskFrom(Kind.SHIP)).isEqualTo(placed.plus(Duration.ofMinutes(2_304)));
    }

    @Test
    void aReasonThatAMarketplaceDoesNotTakeIsToldAsAnother() {
        MarketplaceTerms strict = withReasons(Set.of(CancellationReason.OTHER, CancellationReason.OUT_OF_STOCK));

        assertThat(strict.told(CancellationReason.OUT_OF_STOCK)).isEqualTo(CancellationReason.OUT_OF_STOCK);
        assertThat(strict.told(CancellationReason.BUYER_REQUEST)).isEqualTo(CancellationReason.OTHER);
        assertThatThrownBy(() -> withReasons(Set.of(CancellationReason.OUT_OF_STOCK)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static MarketplaceTerms withReasons(Set<CancellationReason> reasons) {
        return new MarketplaceTerms(
                "bazaar",
                CurrencyCode.of("USD"),
                ZoneOffset.UTC,
                Duration.ofMinutes(30),
                new ShipBy.Hours(48),
                reasons);
    }
}
