package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.catalog.PriceParity;
import io.throughline.domain.money.CurrencyCode;
import java.math.BigDecimal;
import java.util.List;

/** Reads which prices are compared with which. Each rule has a name, by which its cases are known. */
final class PriceParityReader {
    private static final String HINT = "the rules by name, or {} for none";

    private final Accounts accounts;

    PriceParityReader(Accounts accounts) {
        this.accounts = accounts;
    }

    List<PriceParity> read(YamlSection file) {
        return file.named("priceParity", HINT, this::rule);
    }

    private PriceParity rule(String name, YamlSection rule) {
        AccountId channel = account(rule, "channel");
        CurrencyCode currency = currency(rule, "currency");
        AccountId other = account(rule, "other");
        CurrencyCode otherCurrency = currency(rule, "otherCurrency");
        BigDecimal rate = number(rule, "rate");
        BigDecimal tolerance = number(rule, "tolerancePercent");
        try {
            return new PriceParity(name, channel, currency, other, otherCurrency, rate, tolerance);
        } catch (IllegalArgumentException pointless) {
            throw rule.wrong("", String.valueOf(pointless.getMessage()));
        }
    }

    private AccountId account(YamlSection rule, String key) {
        return rule.value(
                key,
                "one of the accounts",
                text -> accounts.get(AccountId.of(text)).id());
    }

    private static CurrencyCode currency(YamlSection rule, String key) {
        return rule.value(key, "an ISO 4217 currency such as USD", CurrencyCode::of);
    }

    private static BigDecimal number(YamlSection rule, String key) {
        return rule.value(key, "a number such as 1 or 0.5", BigDecimal::new);
    }
}
