package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;

/**
 * That a product costs as much at one channel as at another, give or take. Between two currencies {@code rate} is how many units of the
 * other's are one of the first's, as the retailer sets its prices. A tolerance of zero means exactly, to the last minor unit.
 */
public record PriceParity(
        String name,
        AccountId channel,
        CurrencyCode currency,
        AccountId otherChannel,
        CurrencyCode otherCurrency,
        BigDecimal rate,
        BigDecimal tolerancePercent) {
    public PriceParity {
        if (rate.signum() <= 0 || tolerancePercent.signum() < 0) {
            throw new IllegalArgumentException("a rate is positive and a tolerance not negative");
        }
        if (channel.equals(otherChannel) && currency.equals(otherCurrency)) {
            throw new IllegalArgumentException("a channel's prices in one currency are compared with others only");
        }
    }

    public boolean holds(Money price, Money other) {
        BigDecimal due = price.toDecimal().multiply(rate);
        BigDecimal allowed = due.multiply(tolerancePercent).movePointLeft(2);
        return due.subtract(other.toDecimal()).abs().compareTo(allowed) <= 0;
    }
}
