package io.throughline.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final CurrencyCode JPY = CurrencyCode.of("JPY");

    @ParameterizedTest
    @CsvSource({
        "19.99, USD, 1999, 19.99 USD",
        "-0.01, USD, -1, -0.01 USD",
        "5, USD, 500, 5.00 USD",
        "1200, JPY, 1200, 1200 JPY",
        "1.250, KWD, 1250, 1.250 KWD",
        "0.5, BHD, 500, 0.500 BHD"
    })
    void anAmountHasTheDecimalsOfItsCurrency(String amount, String currency, long minor, String shown) {
        Money money = Money.of(amount, CurrencyCode.of(currency));

        assertThat(money.minor()).isEqualTo(minor);
        assertThat(money).hasToString(shown);
        assertThat(Money.of(money.toDecimal(), money.currency())).isEqualTo(money);
    }

    @ParameterizedTest
    @CsvSource({"0.001, USD", "0.5, JPY", "1.2345, KWD", "92233720368547758.08, USD"})
    void anAmountThatDoesNotFitIsRefused(String amount, String currency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of(amount, CurrencyCode.of(currency)))
                .withMessageContaining(currency);
    }

    @Test
    void trailingZerosAreNoExtraDecimals() {
        assertThat(Money.of("12.5000", USD)).isEqualTo(Money.ofMinor(1250, USD));
        assertThat(Money.of("1E+2", JPY)).isEqualTo(Money.ofMinor(100, JPY));
    }

    @ParameterizedTest
    @CsvSource({"2.025, USD, 2.03", "2.0249, USD, 2.02", "-2.025, USD, -2.03", "0.5, JPY, 1", "1.0005, KWD, 1.001"})
    void roundingIsHalfUp(String amount, String currency, String rounded) {
        assertThat(Money.rounded(new BigDecimal(amount), CurrencyCode.of(currency)))
                .isEqualTo(Money.of(rounded, CurrencyCode.of(currency)));
    }

    @Test
    void arithmeticNeverWrapsAround() {
        Money most = Money.ofMinor(Long.MAX_VALUE, USD);

        assertThatThrownBy(() -> most.plus(Money.ofMinor(1, USD))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ofMinor(Long.MIN_VALUE, USD).negated()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.negated().minus(Money.ofMinor(2, USD))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void twoCurrenciesNeverMeet() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.zero(USD).plus(Money.zero(JPY)));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.zero(USD).compareTo(Money.zero(JPY)));
    }

    @Test
    void theRestOfASplitGoesToTheLargestRemaindersTheEarlierFirst() {
        assertThat(minors(Money.ofMinor(100, USD).split(List.of(1L, 1L, 1L)))).containsExactly(34L, 33L, 33L);
        assertThat(minors(Money.ofMinor(10, USD).split(List.of(1L, 2L, 4L)))).containsExactly(1L, 3L, 6L);
        assertThat(minors(Money.ofMinor(5, USD).split(List.of(0L, 3L, 0L)))).containsExactly(0L, 5L, 0L);
        assertThat(minors(Money.ofMinor(-100, USD).split(List.of(1L, 1L, 1L)))).containsExactly(-33L, -33L, -34L);
    }

    @Test
    void partsAlwaysSumToTheWholeAndNoneIsAMinorUnitOff() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int run = 0; run < 2000; run++) {
            Money whole = Money.ofMinor(random.nextLong(-1_000_000, 1_000_000), USD);
            List<Long> weights = IntStream.range(0, 1 + random.nextInt(8))
                    .mapToObj(i -> 1L + random.nextInt(500))
                    .toList();

            List<Money> parts = whole.split(weights);

            assertThat(Money.sum(USD, parts)).as("seed %d run %d", seed, run).isEqualTo(whole);
            double total = weights.stream().mapToLong(Long::longValue).sum();
            for (int i = 0; i < parts.size(); i++) {
                double exact = whole.minor() * (weights.get(i) / total);
                assertThat((double) parts.get(i).minor()).isBetween(exact - 1.000001, exact + 1.000001);
            }
        }
    }

    @Test
    void sharesThatFollowEachOtherSumToTheWhole() {
        Money whole = Money.ofMinor(203, USD);

        assertThat(List.of(whole.share(0, 1, 4), whole.share(1, 3, 4), whole.share(3, 4, 4)))
                .extracting(Money::minor)
                .containsExactly(51L, 101L, 51L);
        assertThat(whole.share(2, 2, 4).isZero()).isTrue();
        assertThat(Money.ofMinor(-1, USD).share(0, 1, 1).minor()).isEqualTo(-1);
        assertThatIllegalArgumentException().isThrownBy(() -> whole.share(0, 5, 4));
    }

    @Test
    void aSplitNeedsAWeight() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.zero(USD).split(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.zero(USD).split(List.of(0L, 0L)));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.zero(USD).split(List.of(2L, -1L)));
    }

    @ParameterizedTest
    @CsvSource({"USD, 2", "EUR, 2", "JPY, 0", "KRW, 0", "KWD, 3", "TND, 3"})
    void decimalsComeFromTheTableOfCurrencies(String code, int decimals) {
        assertThat(CurrencyCode.of(code).decimals()).isEqualTo(decimals);
    }

    @ParameterizedTest
    @CsvSource({"usd", "US", "ZZZ", "XAU", "''"})
    void whatIsNoMoneyIsNoCurrency(String code) {
        assertThatIllegalArgumentException().isThrownBy(() -> CurrencyCode.of(code));
    }

    private static List<Long> minors(List<Money> amounts) {
        return amounts.stream().map(Money::minor).toList();
    }
}
