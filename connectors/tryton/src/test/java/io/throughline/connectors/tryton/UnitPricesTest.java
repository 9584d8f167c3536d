package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class UnitPricesTest {
    @Test
    void oneRowWhereOnePriceFits() {
        assertThat(UnitPrices.rowsFor(3, usd("2.52"))).containsExactly(new UnitPrices.Row(3, new BigDecimal("0.8400")));
    }

    @Test
    void aSecondRowWhereNoPriceFits() {
        Money net = Money.of("12.382", CurrencyCode.of("KWD"));

        List<UnitPrices.Row> rows = UnitPrices.rowsFor(240, net);

        assertThat(rows).extracting(UnitPrices.Row::quantity).containsExactly(239, 1);
        assertThat(tryton(rows, net.currency())).isEqualTo(net);
    }

    @Test
    void aNegativeAmountKeepsItsSignInThePrice() {
        assertThat(UnitPrices.rowsFor(1, usd("-0.04")))
                .containsExactly(new UnitPrices.Row(1, new BigDecimal("-0.0400")));
    }

    @RepeatedTest(20)
    void alwaysComesToTheAmountAsTrytonRounds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            CurrencyCode currency = CurrencyCode.of(List.of("USD", "JPY", "KWD").get(random.nextInt(3)));
            Money net = Money.ofMinor(random.nextLong(-100_000, 10_000_000), currency);
            int quantity = 1 + random.nextInt(500);
            List<UnitPrices.Row> rows = UnitPrices.rowsFor(quantity, net);
            assertThat(tryton(rows, currency))
                    .as("seed %d: %d for %s", seed, quantity, net)
                    .isEqualTo(net);
            assertThat(rows.stream().mapToInt(UnitPrices.Row::quantity).sum()).isEqualTo(quantity);
            assertThat(rows).allSatisfy(row -> assertThat(row.price().scale()).isLessThanOrEqualTo(4));
        }
    }

    private static Money tryton(List<UnitPrices.Row> rows, CurrencyCode currency) {
        return Money.sum(
                currency,
                rows.stream()
                        .map(row -> row.price()
                                .multiply(BigDecimal.valueOf(row.quantity()))
                                .setScale(currency.decimals(), RoundingMode.HALF_EVEN))
                        .map(amount -> Money.of(amount, currency))
                        .toList());
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }
}
