package io.throughline.connectors.shopify.client;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import java.math.BigDecimal;
import java.util.Optional;

/** Shopify's MoneyBag; the presentment part is there only where it was asked for. */
public record Bag(Amount shopMoney, Optional<Amount> presentmentMoney) {

    public Money shop() {
        return shopMoney.toMoney();
    }

    public MoneyBag toMoneyBag() {
        return new MoneyBag(shop(), presentmentMoney.map(Amount::toMoney).orElseGet(this::shop));
    }

    /** An amount as Shopify writes it, a decimal in a string. */
    public record Amount(BigDecimal amount, String currencyCode) {
        Money toMoney() {
            return Money.of(amount, CurrencyCode.of(currencyCode));
        }
    }
}
