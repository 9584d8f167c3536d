package io.throughline.api.order;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads the decimal strings of one submission in its currency. */
final class Amounts {
    private static final BigDecimal HIGHEST_RATE = BigDecimal.TEN;

    private final CurrencyCode currency;
    private final Findings findings;

    Amounts(CurrencyCode currency, Findings findings) {
        this.currency = currency;
        this.findings = findings;
    }

    CurrencyCode currency() {
        return currency;
    }

    Money notNegative(String pointer, String text) {
        Money amount = findings.attempt(
                pointer,
                currency + " has " + currency.decimals() + " decimals",
                Money.zero(currency),
                () -> Money.of(findings.decimal(pointer, text), currency));
        findings.require(!amount.isNegative(), pointer, "must not be negative");
        return amount;
    }

    Money notNegative(String pointer, Optional<String> text) {
        return text.map(present -> notNegative(pointer, present)).orElseGet(() -> Money.zero(currency));
    }

    Money positive(String pointer, String text) {
        Money amount = notNegative(pointer, text);
        findings.require(!amount.isZero(), pointer, "must not be zero");
        return amount;
    }

    BigDecimal rate(String pointer, String text) {
        BigDecimal rate = findings.decimal(pointer, text);
        findings.require(
                rate.signum() >= 0 && rate.compareTo(HIGHEST_RATE) <= 0,
                pointer,
                "a fraction from 0, such as \"0.0625\"");
        return rate;
    }
}
