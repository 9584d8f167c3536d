package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.BlindLimits;
import io.throughline.domain.returns.BlindLimits.Allowance;
import io.throughline.domain.returns.BlindRules;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.FraudRules;
import io.throughline.domain.returns.FraudRules.Signal;
import io.throughline.domain.returns.ReturnPolicy.Goods;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads what a policy of returns says of goods without a receipt. */
final class BlindRulesReader {
    private static final int MOST = 10_000;
    private static final List<Disposition> TAKEN =
            Arrays.stream(Disposition.values()).filter(Disposition::taken).toList();

    private final Function<YamlSection, Goods> goods;
    private final Set<AccountId> giveGiftCards;

    BlindRulesReader(Function<YamlSection, Goods> goods, Set<AccountId> giveGiftCards) {
        this.goods = goods;
        this.giveGiftCards = giveGiftCards;
    }

    BlindRules read(YamlSection section) {
        BlindRules.Credit credit =
                section.section("credit", "at which account what credit is given in what currency", this::credit);
        CurrencyCode currency = credit.currency();
        return new BlindRules(
                credit,
                ReturnPolicyReader.days(section, "lowestOfDays"),
                section.rules(
                        "values",
                        (name, rule) -> new BlindRules.Valuation(
                                name, goods.apply(rule), rule.value("percent", "0 to 100", Values.between(0, 100)))),
                section.map(
                        "dispositions",
                        "for each grade that is taken what becomes of it, one of " + TAKEN,
                        ConditionGrade::new,
                        BlindRulesReader::taken),
                section.section("limits", "how much is taken without a receipt", limits -> limits(limits, currency)),
                section.section("fraud", "what is suspicious, and from when on", fraud -> fraud(fraud, currency)));
    }

    /** What is not taken needs no credit, and no rule. */
    private static Disposition taken(String text) {
        Disposition disposition = Disposition.valueOf(text);
        if (!disposition.taken()) {
            throw new IllegalArgumentException(text);
        }
        return disposition;
    }

    private BlindRules.Credit credit(YamlSection section) {
        AccountId account = section.value(
                "account",
                "an account that has the credential " + AccountSettings.GIFT_CARD_SECRET + ", one of " + giveGiftCards,
                text -> {
                    AccountId named = AccountId.of(text);
                    if (!giveGiftCards.contains(named)) {
                        throw new IllegalArgumentException(text);
                    }
                    return named;
                });
        return new BlindRules.Credit(
                account,
                section.value("gateway", "what the books know the account's gift cards as", text -> text),
                section.value("currency", "the currency of the account", CurrencyCode::of));
    }

    private static BlindLimits limits(YamlSection section, CurrencyCode currency) {
        record Customer(Allowance allowance, Duration within) {}
        Customer customer = section.section(
                "perCustomer",
                "times, upTo, withinDays",
                inner -> new Customer(allowance(inner, currency), ReturnPolicyReader.days(inner, "withinDays")));
        return new BlindLimits(
                number(section, "units"),
                amount(section, "upTo", currency),
                amount(section, "secondPersonAbove", currency),
                customer.allowance(),
                customer.within(),
                section.section("perStoreDay", "times, upTo", inner -> allowance(inner, currency)));
    }

    private static Allowance allowance(YamlSection section, CurrencyCode currency) {
        return new Allowance(number(section, "times"), amount(section, "upTo", currency));
    }

    private FraudRules fraud(YamlSection section, CurrencyCode currency) {
        int secondPersonFrom = number(section, "secondPersonFrom");
        int refuseFrom = number(section, "refuseFrom");
        if (secondPersonFrom < 1 || refuseFrom <= secondPersonFrom) {
            throw section.wrong("refuseFrom", "it must be more than secondPersonFrom, which is 1 at least");
        }
        return new FraudRules(
                secondPersonFrom, refuseFrom, section.rules("signals", (name, rule) -> signal(name, rule, currency)));
    }

    /** What a signal looks for; its own keys beside {@code points} follow from that. */
    private enum Seen {
        EARLIER_RETURNS,
        LATELY,
        WORTH,
        GOODS,
        GRADE,
        STORE_RATE
    }

    private Signal signal(String name, YamlSection rule, CurrencyCode currency) {
        Seen seen = rule.value("seen", "one of " + List.of(Seen.values()), Seen::valueOf);
        int points = number(rule, "points");
        return switch (seen) {
            case EARLIER_RETURNS ->
                new Signal.EarlierReturns(
                        name, points, number(rule, "most"), ReturnPolicyReader.days(rule, "withinDays"));
            case LATELY -> new Signal.Lately(name, points, ReturnPolicyReader.days(rule, "withinDays"));
            case WORTH -> new Signal.Worth(name, points, amount(rule, "above", currency));
            case GOODS -> new Signal.OfGoods(name, points, goods.apply(rule));
            case GRADE ->
                new Signal.InGrade(
                        name, points, Set.copyOf(rule.values("grades", "grades of this policy", ConditionGrade::new)));
            case STORE_RATE ->
                new Signal.StoreRate(
                        name, points, number(rule, "moreThan"), ReturnPolicyReader.days(rule, "withinDays"));
        };
    }

    private static int number(YamlSection section, String key) {
        return section.value(key, "0 to " + MOST, Values.between(0, MOST));
    }

    private static Money amount(YamlSection section, String key, CurrencyCode currency) {
        return section.value(key, "an amount in " + currency + " that is not negative", Values.amount(currency));
    }
}
