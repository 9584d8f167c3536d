package io.throughline.domain.returns;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.returns.ReturnPolicy.Goods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes policies of returns. As it begins, it takes everything back for 30 days, keeps nothing, and gives each charge back with the last goods. */
public final class ReturnPolicyBuilder {
    public static final ConditionGrade NEW = new ConditionGrade("NEW");
    public static final ConditionGrade OPENED = new ConditionGrade("OPENED");
    public static final ConditionGrade UNSALEABLE = new ConditionGrade("UNSALEABLE");

    private static final Goods EVERYTHING = new Goods(Set.of(), Set.of());

    private final List<ReturnPolicy.Window> windows =
            new ArrayList<>(List.of(new ReturnPolicy.Window("everything", EVERYTHING, Duration.ofDays(30))));
    private final List<ReturnPolicy.Exclusion> notReturnable = new ArrayList<>();
    private final List<ReturnPolicy.RestockingFee> restockingFees = new ArrayList<>();
    private final Map<CurrencyCode, Money> labelFee = new HashMap<>();
    private final Map<CurrencyCode, Money> coins = new HashMap<>();
    private ReturnPolicy.Charges charges =
            new ReturnPolicy.Charges(ChargeRule.WITH_THE_LAST, ChargeRule.WITH_THE_LAST, ChargeRule.WITH_THE_LAST);
    private TenderRule refundTo = new TenderRule.OriginalProportion();
    private ReturnPolicy.RefundLimits limits = new ReturnPolicy.RefundLimits(Map.of(), Map.of(), Map.of());
    private Optional<ReturnPolicy.CustomerLimit> customerLimit = Optional.empty();
    private ReturnPolicy.Parcels parcels = new ReturnPolicy.Parcels(Duration.ofDays(30), false, Map.of());
    private ReturnPolicy.Claims claims =
            new ReturnPolicy.Claims(Duration.ofDays(30), Map.of(), new ReturnPolicy.TimesLimit(1, Duration.ofDays(90)));
    private ReturnPolicy.Appeasements appeasements =
            new ReturnPolicy.Appeasements(Map.of(), Map.of(), new ReturnPolicy.TimesLimit(1, Duration.ofDays(90)));

    private ReturnPolicy.StoreCredit storeCredit = ReturnPolicy.StoreCredit.none();
    private ReturnPolicy.Exchanging exchange = ReturnPolicy.Exchanging.none();
    private Optional<BlindRules> blind = Optional.empty();
    private Optional<ReturnPolicy.Mail> mail = Optional.empty();

    public ReturnPolicyBuilder window(String name, Set<Channel> channels, Set<Sku> skus, int days) {
        windows.add(new ReturnPolicy.Window(name, new Goods(channels, skus), Duration.ofDays(days)));
        return this;
    }

    public ReturnPolicyBuilder notReturnable(String name, Sku... skus) {
        notReturnable.add(new ReturnPolicy.Exclusion(name, new Goods(Set.of(), Set.of(skus)), false));
        return this;
    }

    public ReturnPolicyBuilder noGiftCards() {
        notReturnable.add(new ReturnPolicy.Exclusion("gift-cards", EVERYTHING, true));
        return this;
    }

    public ReturnPolicyBuilder restocking(String name, int percent, Sku... skus) {
        restockingFees.add(new ReturnPolicy.RestockingFee(name, new Goods(Set.of(), Set.of(skus)), percent));
        return this;
    }

    public ReturnPolicyBuilder labelFee(Money fee) {
        labelFee.put(fee.currency(), fee);
        return this;
    }

    public ReturnPolicyBuilder charges(ChargeRule shipping, ChargeRule duties, ChargeRule tip) {
        charges = new ReturnPolicy.Charges(shipping, duties, tip);
        return this;
    }

    public ReturnPolicyBuilder refundTo(String... gateways) {
        refundTo = new TenderRule.InOrder(List.of(gateways));
        return this;
    }

    /** Payments by the gateway {@code cash} are given back in coins of this. */
    public ReturnPolicyBuilder smallestCoin(Money coin) {
        coins.put(coin.currency(), coin);
        return this;
    }

    public ReturnPolicyBuilder limits(Money secondPersonAbove, Money beforeGoodsUpTo, Money withoutGoodsUpTo) {
        limits = new ReturnPolicy.RefundLimits(
                Map.of(secondPersonAbove.currency(), secondPersonAbove),
                Map.of(beforeGoodsUpTo.currency(), beforeGoodsUpTo),
                Map.of(withoutGoodsUpTo.currency(), withoutGoodsUpTo));
        return this;
    }

    public ReturnPolicyBuilder customerLimit(int orders, int days) {
        customerLimit = Optional.of(new ReturnPolicy.CustomerLimit(orders, Duration.ofDays(days)));
        return this;
    }

    public ReturnPolicyBuilder parcelsKeep(Money wayBackFee) {
        parcels = new ReturnPolicy.Parcels(Duration.ofDays(30), true, Map.of(wayBackFee.currency(), wayBackFee));
        return this;
    }

    public ReturnPolicyBuilder claims(Money photosAbove, int times) {
        claims = new ReturnPolicy.Claims(
                Duration.ofDays(30),
                Map.of(photosAbove.currency(), photosAbove),
                new ReturnPolicy.TimesLimit(times, Duration.ofDays(90)));
        return this;
    }

    public ReturnPolicyBuilder appeasements(Money upTo, Money secondPersonAbove, int times) {
        appeasements = new ReturnPolicy.Appeasements(
                Map.of(upTo.currency(), upTo),
                Map.of(secondPersonAbove.currency(), secondPersonAbove),
                new ReturnPolicy.TimesLimit(times, Duration.ofDays(90)));
        return this;
    }

    public ReturnPolicyBuilder exchange(boolean advance, Duration payWithin) {
        exchange = new ReturnPolicy.Exchanging(true, advance, payWithin);
        return this;
    }

    public ReturnPolicyBuilder blind(BlindRules rules) {
        blind = Optional.of(rules);
        return this;
    }

    /** Labels for what comes by mail. */
    public ReturnPolicyBuilder mail(ReturnPolicy.Mail rules) {
        mail = Optional.of(rules);
        return this;
    }

    public ReturnPolicyBuilder storeCredit() {
        return storeCredit(true);
    }

    public ReturnPolicyBuilder storeCredit(boolean byChoice, ReturnPolicy.CreditOnly... only) {
        storeCredit = new ReturnPolicy.StoreCredit("shopify_store_credit", byChoice, List.of(only));
        return this;
    }

    public ReturnPolicy build() {
        return new ReturnPolicy(
                "returns-test",
                Instant.EPOCH,
                windows,
                notReturnable,
                new ReturnPolicy.Grades(Map.of(NEW, 100, OPENED, 90, UNSALEABLE, 0), NEW),
                Set.of(ReturnReason.DEFECTIVE, ReturnReason.WRONG_ITEM, ReturnReason.NEVER_ARRIVED),
                restockingFees,
                labelFee,
                charges,
                refundTo,
                new ReturnPolicy.Coins(Set.of("cash"), coins),
                limits,
                customerLimit,
                parcels,
                claims,
                appeasements,
                storeCredit,
                exchange,
                blind,
                mail,
                RefusedGoods.SEND_BACK);
    }
}
