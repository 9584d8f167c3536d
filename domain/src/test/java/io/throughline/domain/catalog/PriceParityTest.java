package io.throughline.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PriceParityTest {
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final CurrencyCode JPY = CurrencyCode.of("JPY");

    @Test
    void withoutToleranceACentIsADifference() {
        PriceParity exact = rule(USD, "1", "0");

        assertThat(exact.holds(Money.of("25.00", USD), Money.of("25.00", USD))).isTrue();
        assertThat(exact.holds(Money.of("25.00", USD), Money.of("25.01", USD))).isFalse();
    }

    @Test
    void betweenCurrenciesTheRetailersRateCounts() {
        PriceParity abroad = rule(JPY, "150", "2");

        assertThat(abroad.holds(Money.of("25.00", USD), Money.of("3825", JPY))).isTrue();
        assertThat(abroad.holds(Money.of("25.00", USD), Money.of("3826", JPY))).isFalse();
        assertThat(abroad.holds(Money.of("25.00", USD), Money.of("3675", JPY))).isTrue();
        assertThat(abroad.holds(Money.of("25.00", USD), Money.of("3674", JPY))).isFalse();
    }

    @Test
    void whatIsFreeMustBeFreeEverywhere() {
        assertThat(rule(JPY, "150", "2").holds(Money.zero(USD), Money.zero(JPY)))
                .isTrue();
        assertThat(rule(JPY, "150", "2").holds(Money.zero(USD), Money.of("1", JPY)))
                .isFalse();
    }

    @Test
    void aRateIsPositive() {
        assertThatThrownBy(() -> rule(JPY, "0", "2")).isInstanceOf(IllegalArgumentException.class);
    }

    private static PriceParity rule(CurrencyCode other, String rate, String tolerance) {
        return new PriceParity(
                "sample",
                SampleAccounts.SHOP,
                USD,
                SampleAccounts.SHOP_JP,
                other,
                new BigDecimal(rate),
                new BigDecimal(tolerance));
    }
}
