package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** One amount in the shop's and in the customer's currency, each with its currency's number of decimals. */
record Bag(BigDecimal shop, String shopCurrency, BigDecimal presentment, String presentmentCurrency) {

    Bag {
        shop = scaled(shop, shopCurrency);
        presentment = scaled(presentment, presentmentCurrency);
    }

    static Bag zero(String shopCurrency, String presentmentCurrency) {
        return new Bag(BigDecimal.ZERO, shopCurrency, BigDecimal.ZERO, presentmentCurrency);
    }

    /** Reads a webhook body's {@code {shop_money, presentment_money}}. */
    static Bag of(JsonNode set) {
        JsonNode shop = set.path("shop_money");
        JsonNode presentment = set.path("presentment_money");
        return new Bag(
                new BigDecimal(shop.path("amount").asText("0")),
                shop.path("currency_code").asText(),
                new BigDecimal(presentment.path("amount").asText("0")),
                presentment.path("currency_code").asText());
    }

    Bag plus(Bag other) {
        return new Bag(shop.add(other.shop), shopCurrency, presentment.add(other.presentment), presentmentCurrency);
    }

    Bag minus(Bag other) {
        return plus(other.negated());
    }

    Bag negated() {
        return new Bag(shop.negate(), shopCurrency, presentment.negate(), presentmentCurrency);
    }

    /** This share of the amount, rounded half up in both currencies. */
    Bag share(BigDecimal numerator, BigDecimal denominator) {
        if (denominator.signum() == 0) {
            return zero(shopCurrency, presentmentCurrency);
        }
        return new Bag(
                shop.multiply(numerator).divide(denominator, 6, RoundingMode.HALF_UP),
                shopCurrency,
                presentment.multiply(numerator).divide(denominator, 6, RoundingMode.HALF_UP),
                presentmentCurrency);
    }

    Bag share(long numerator, long denominator) {
        return share(BigDecimal.valueOf(numerator), BigDecimal.valueOf(denominator));
    }

    Bag atLeastZero() {
        return presentment.signum() < 0 ? zero(shopCurrency, presentmentCurrency) : this;
    }

    boolean isPositive() {
        return presentment.signum() > 0;
    }

    boolean exceeds(Bag other) {
        return presentment.compareTo(other.presentment) > 0;
    }

    Bag smaller(Bag other) {
        return exceeds(other) ? other : this;
    }

    /** As in a webhook body. */
    ObjectNode toSet() {
        ObjectNode set = Json.object();
        set.set("shop_money", Json.object().put("amount", shop.toPlainString()).put("currency_code", shopCurrency));
        set.set(
                "presentment_money",
                Json.object().put("amount", presentment.toPlainString()).put("currency_code", presentmentCurrency));
        return set;
    }

    /** As in a GraphQL answer. */
    ObjectNode toView() {
        ObjectNode bag = Json.object();
        bag.set("shopMoney", money(shop, shopCurrency));
        bag.set("presentmentMoney", money(presentment, presentmentCurrency));
        return bag;
    }

    static ObjectNode money(BigDecimal amount, String currency) {
        return Json.object()
                .put("__typename", "MoneyV2")
                .put("amount", decimal(amount))
                .put("currencyCode", currency);
    }

    /** Shopify's {@code Decimal} drops trailing zeros but keeps one digit after the point: 25.0, 94.94, 2500.0. */
    static String decimal(BigDecimal amount) {
        BigDecimal short_ = amount.stripTrailingZeros();
        return (short_.scale() < 1 ? short_.setScale(1, RoundingMode.UNNECESSARY) : short_).toPlainString();
    }

    static BigDecimal scaled(BigDecimal amount, String currency) {
        return amount.setScale(decimals(currency), RoundingMode.HALF_UP);
    }

    static int decimals(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }
}
