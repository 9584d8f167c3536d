package io.throughline.api.order;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads the decimal strings of one submission in its currency. */
public final class Amounts {
    private static final BigDecimal HIGHEST_RATE = BigDecimal.TEN;

    private final CurrencyCode currency;
    private final Findings findings;

    public Amounts(CurrencyCode currency, Findings findings) {
        this.currency = currency;
        this.findings = findings;
    }

    public CurrencyCode currency() {
        return currency;
    }

    /** Of any sign. */
    public Money any(String pointer, String text) {
        return findings.attempt(
                pointer,
                currency + " has " + currency.decimals() + " decimals",
                Money.zero(currency),
                () -> Money.of(findings.decimal(pointer, text), currency));
    }

    public Money notNegative(String pointer, String text) {
        Money amount = any(pointer, text);
        findings.require(!amount.isNegative(), pointer, "must not be negative");
        return amount;
    }

    public Money notNegative(String pointer, Optional<String> text) {
        return text.map(present -> notNegative(pointer, present)).orElseGet(() -> Money.zero(currency));
    }

    public Money positive(String pointer, String text) {
        Money amount = notNegative(pointer, text);
        findings.require(!amount.isZero(), pointer, "must not be zero");
        return amount;
    }

    public BigDecimal rate(String pointer, String text) {
        BigDecimal rate = findings.decimal(pointer, text);
        findings.require(
                rate.signum() >= 0 && rate.compareTo(HIGHEST_RATE) <= 0,
                pointer,
                "a fraction from 0, such as \"0.0625\"");
        return rate;
    }
}
