package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.BlindLimits.Allowance;
import io.throughline.domain.returns.FraudRules.Signal;
import io.throughline.domain.returns.ReturnPolicy.Goods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of what is taken back without a receipt: 80 percent of the lowest price of 90 days, in dollars. */
public final class SampleBlindRules {
    public static final CurrencyCode USD = CurrencyCode.of("USD");
    public static final AccountId SHOP = AccountId.of("northwind");

    private static final Goods EVERYTHING = new Goods(Set.of(), Set.of());

    private SampleBlindRules() {}

    /** Of these SKUs nothing is taken without a receipt. */
    public static BlindRules everyday(Sku... never) {
        return with(
                new BlindLimits(
                        10,
                        usd("250.00"),
                        usd("75.00"),
                        new Allowance(3, usd("300.00")),
                        Duration.ofDays(90),
                        new Allowance(20, usd("1000.00"))),
                new FraudRules(
                        40,
                        80,
                        List.of(
                                new Signal.EarlierReturns("came-before", 20, 60, Duration.ofDays(90)),
                                new Signal.Lately("came-lately", 15, Duration.ofDays(7)),
                                new Signal.Worth("worth-much", 20, usd("100.00")),
                                new Signal.InGrade("opened", 10, Set.of(ReturnPolicyBuilder.OPENED)),
                                new Signal.StoreRate("busy-store", 15, 8, Duration.ofDays(1)))),
                never);
    }

    public static BlindRules with(BlindLimits limits, FraudRules fraud, Sku... never) {
        return new BlindRules(
                new BlindRules.Credit(SHOP, "gift_card", USD),
                Duration.ofDays(90),
                never.length == 0
                        ? List.of(new BlindRules.Valuation("everything", EVERYTHING, 80))
                        : List.of(
                                new BlindRules.Valuation("everything", EVERYTHING, 80),
                                new BlindRules.Valuation("never", new Goods(Set.of(), Set.of(never)), 0)),
                Map.of(
                        ReturnPolicyBuilder.NEW, Disposition.RESTOCK,
                        ReturnPolicyBuilder.OPENED, Disposition.REFURBISH,
                        ReturnPolicyBuilder.UNSALEABLE, Disposition.SCRAP),
                limits,
                fraud);
    }

    /** Nothing is suspicious. */
    public static FraudRules unsuspecting() {
        return new FraudRules(1, 2, List.of());
    }

    public static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}
