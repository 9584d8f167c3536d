package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.order.Channel;
import io.throughline.domain.returns.ReturnPolicy.Goods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is taken back of which nobody knows the sale, and what credit is given for it: a percentage of the lowest price that the goods had anywhere within
 * {@code lowestOf}, by the condition that they are in. No tax is taken back, for that can only be done of the sale that had it. Where several rules fit, the
 * last one holds.
 */
public record BlindRules(
        Credit credit,
        Duration lowestOf,
        List<Valuation> values,
        Map<ConditionGrade, Disposition> dispositions,
        BlindLimits limits,
        FraudRules fraud) {
    public BlindRules {
        values = List.copyOf(values);
        dispositions = Map.copyOf(dispositions);
    }

    /** At which account a gift card is made, what the books know it as, and in what currency everything is valued and given. */
    public record Credit(AccountId account, String gateway, CurrencyCode currency) {}

    /** 0 percent: not taken back. */
    public record Valuation(String name, Goods goods, int percent) {}

    /** Empty: nothing says what it is worth, so it is not taken back. */
    public Optional<Valuation> valuation(Sku sku) {
        return values.reversed().stream()
                .filter(rule -> rule.goods().covers(Channel.POINT_OF_SALE, sku))
                .findFirst();
    }

    /** Empty: goods in such a condition are not taken back. */
    public Optional<Disposition> disposition(ConditionGrade grade) {
        return Optional.ofNullable(dispositions.get(grade));
    }
}
