package io.throughline.domain.catalog;

import io.throughline.domain.money.CurrencyCode;
import java.math.BigDecimal;

/** What one unit costs the retailer, in the currency of the ERP company that values it; with more decimals than its currency, if that says so. */
public record UnitCost(BigDecimal amount, CurrencyCode currency) {
    public UnitCost {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a unit costs nothing or more: " + amount);
        }
    }
}
