package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.returns.ChargeRule;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.RefusedGoods;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnPolicy.Goods;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.TenderRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one version of the policy of returns. Each rule has a name, which is part of the key that an error tells. */
final class ReturnPolicyReader {
    private static final String PERCENT_HINT = "0 to 100";
    private static final String AMOUNTS_HINT =
            "for each currency an amount that is not negative, such as USD: \"6.95\", or {}";
    private static final int MOST_DAYS = 3650;
    private static final int MOST_ORDERS = 10_000;

    private final NamedSkus named;
    private final Set<AccountId> giveGiftCards;
    private final MailLabelReader labels;
    private final Map<String, Set<Sku>> categories = new LinkedHashMap<>();

    /** {@code giveGiftCards} are the accounts that can give credit where nobody knows the sale. */
    ReturnPolicyReader(NamedSkus named, Set<AccountId> giveGiftCards, MailLabelReader labels) {
        this.named = named;
        this.giveGiftCards = Set.copyOf(giveGiftCards);
        this.labels = labels;
    }

    ReturnPolicy read(YamlSection section, Versions.Identity identity) {
        readCategories(section);
        return new ReturnPolicy(
                identity.version(),
                identity.effectiveFrom(),
                windows(section),
                section.rules("notReturnable", this::exclusion),
                grades(section),
                Set.copyOf(
                        section.values("ourFault", "any of " + List.of(ReturnReason.values()), ReturnReason::valueOf)),
                section.rules(
                        "restocking",
                        (name, rule) -> new ReturnPolicy.RestockingFee(
                                name, goods(rule), rule.value("percent", PERCENT_HINT, Values.between(0, 100)))),
                amounts(section, "labelFee"),
                new ReturnPolicy.Charges(
                        charge(section, "shipping"), charge(section, "duties"), charge(section, "tip")),
                refundOrder(section),
                section.section(
                        "cash", "the gateways that are cash, and the smallest coins", ReturnPolicyReader::coins),
                section.section(
                        "limits",
                        "what needs somebody else, and what may be given before the goods",
                        ReturnPolicyReader::limits),
                customerLimit(section),
                section.section(
                        "parcels", "what is kept of parcels that come back undelivered", ReturnPolicyReader::parcels),
                section.section("claims", "what damaged and lost goods are paid by", ReturnPolicyReader::claims),
                section.section("appeasements", "what is given without goods", ReturnPolicyReader::appeasements),
                section.has("storeCredit")
                        ? section.section("storeCredit", "what is given as store credit", this::storeCredit)
                        : ReturnPolicy.StoreCredit.none(),
                section.has("exchange")
                        ? section.section(
                                "exchange", "how goods are taken in place of money", ReturnPolicyReader::exchange)
                        : ReturnPolicy.Exchanging.none(),
                section.has("blind")
                        ? Optional.of(section.section(
                                "blind",
                                "what is taken back without a receipt",
                                new BlindRulesReader(this::goods, giveGiftCards)::read))
                        : Optional.empty(),
                section.has("mail")
                        ? Optional.of(section.section("mail", "by what labels goods come back by mail", labels::read))
                        : Optional.empty(),
                section.has("refusedGoods")
                        ? section.value(
                                "refusedGoods", "one of " + List.of(RefusedGoods.values()), RefusedGoods::valueOf)
                        : RefusedGoods.SEND_BACK);
    }

    private static ReturnPolicy.Exchanging exchange(YamlSection section) {
        return new ReturnPolicy.Exchanging(true, section.yesOrNo("advance"), days(section, "payWithinDays"));
    }

    private ReturnPolicy.StoreCredit storeCredit(YamlSection section) {
        return new ReturnPolicy.StoreCredit(
                section.value("gateway", "what the channel calls store credit as a tender", text -> text),
                section.yesOrNo("byChoice"),
                section.rules(
                        "only",
                        (name, rule) -> new ReturnPolicy.CreditOnly(name, goods(rule), days(rule, "afterDays"))));
    }

    private void readCategories(YamlSection section) {
        String hint = "for each category its SKUs, or {} for none";
        section.section("categories", hint, names -> {
            for (String name : names.keys()) {
                Set<Sku> skus = named.of(names, name);
                if (skus.isEmpty()) {
                    throw names.wrong(name, "the category is empty: name SKUs, or remove it");
                }
                categories.put(name, skus);
            }
            return categories;
        });
    }

    private List<ReturnPolicy.Window> windows(YamlSection section) {
        List<ReturnPolicy.Window> windows = section.rules(
                "windows", (name, rule) -> new ReturnPolicy.Window(name, goods(rule), days(rule, "days")));
        for (Channel channel : Channel.values()) {
            if (windows.stream()
                    .map(ReturnPolicy.Window::goods)
                    .noneMatch(goods -> goods.skus().isEmpty()
                            && (goods.channels().isEmpty() || goods.channels().contains(channel)))) {
                throw section.wrong(
                        "windows", "no rule is for every product of the channel " + channel + ": add one, first");
            }
        }
        return windows;
    }

    private ReturnPolicy.Exclusion exclusion(String name, YamlSection rule) {
        boolean giftCards = rule.has("giftCards") && rule.yesOrNo("giftCards");
        return new ReturnPolicy.Exclusion(name, goods(rule), giftCards);
    }

    private static ReturnPolicy.Grades grades(YamlSection section) {
        Map<ConditionGrade, Integer> percents = section.map(
                "grades",
                "for each grade such as OPENED how much of the price is paid, " + PERCENT_HINT,
                ConditionGrade::new,
                Values.between(0, 100));
        ConditionGrade assumed = section.value("assumedGrade", "one of " + percents.keySet(), text -> {
            ConditionGrade grade = new ConditionGrade(text);
            if (!percents.containsKey(grade)) {
                throw new IllegalArgumentException(text);
            }
            return grade;
        });
        return new ReturnPolicy.Grades(percents, assumed);
    }

    private static ChargeRule charge(YamlSection section, String key) {
        return section.value(key, "one of " + List.of(ChargeRule.values()), ChargeRule::valueOf);
    }

    private static TenderRule refundOrder(YamlSection section) {
        List<String> gateways = section.values(
                "refundOrder", "gateways, \"*\" for all others among them; [] for all in proportion", text -> text);
        if (gateways.isEmpty()) {
            return new TenderRule.OriginalProportion();
        }
        try {
            return new TenderRule.InOrder(gateways);
        } catch (IllegalArgumentException incomplete) {
            throw section.wrong("refundOrder", String.valueOf(incomplete.getMessage()));
        }
    }

    private static ReturnPolicy.Coins coins(YamlSection section) {
        Map<CurrencyCode, Money> smallest = amounts(section, "smallestCoin");
        smallest.forEach((currency, coin) -> {
            if (coin.isZero()) {
                throw section.wrong("smallestCoin." + currency, "no coin is worth nothing: leave the currency out");
            }
        });
        return new ReturnPolicy.Coins(
                Set.copyOf(section.values("gateways", "gateways, or [] for none", text -> text)), smallest);
    }

    private static ReturnPolicy.RefundLimits limits(YamlSection section) {
        return new ReturnPolicy.RefundLimits(
                amounts(section, "secondPersonAbove"),
                amounts(section, "beforeGoodsUpTo"),
                amounts(section, "withoutGoodsUpTo"));
    }

    private static Optional<ReturnPolicy.CustomerLimit> customerLimit(YamlSection section) {
        return section.has("customerLimit")
                ? Optional.of(section.section(
                        "customerLimit",
                        "how many refunded orders a customer may have, and within which days",
                        limit -> new ReturnPolicy.CustomerLimit(
                                limit.value("orders", "0 to " + MOST_ORDERS, Values.between(0, MOST_ORDERS)),
                                days(limit, "withinDays"))))
                : Optional.empty();
    }

    private static ReturnPolicy.Parcels parcels(YamlSection section) {
        return new ReturnPolicy.Parcels(
                days(section, "backWithinDays"), section.yesOrNo("keepsDelivery"), amounts(section, "wayBackFee"));
    }

    private static ReturnPolicy.Claims claims(YamlSection section) {
        return new ReturnPolicy.Claims(days(section, "days"), amounts(section, "photosAbove"), timesLimit(section));
    }

    private static ReturnPolicy.Appeasements appeasements(YamlSection section) {
        return new ReturnPolicy.Appeasements(
                amounts(section, "upTo"), amounts(section, "secondPersonAbove"), timesLimit(section));
    }

    private static ReturnPolicy.TimesLimit timesLimit(YamlSection section) {
        return section.section(
                "customerLimit",
                "how often a customer gets it, and within which days",
                limit -> new ReturnPolicy.TimesLimit(
                        limit.value("times", "0 to " + MOST_ORDERS, Values.between(0, MOST_ORDERS)),
                        days(limit, "withinDays")));
    }

    private static Map<CurrencyCode, Money> amounts(YamlSection section, String key) {
        return section.section(
                key,
                AMOUNTS_HINT,
                inner -> inner.entries(
                        AMOUNTS_HINT,
                        CurrencyCode::of,
                        name -> inner.value(name, AMOUNTS_HINT, Values.amount(CurrencyCode.of(name)))));
    }

    /** Products and channels of a rule; left out, all of them. */
    private Goods goods(YamlSection rule) {
        Set<Sku> skus = new HashSet<>();
        rule.some("categories", "any of the categories " + categories.keySet(), this::category)
                .forEach(skus::addAll);
        return new Goods(rule.some("channels", "any of " + List.of(Channel.values()), Channel::valueOf), skus);
    }

    private Set<Sku> category(String text) {
        Set<Sku> skus = categories.get(text);
        if (skus == null) {
            throw new IllegalArgumentException(text);
        }
        return skus;
    }

    static Duration days(YamlSection section, String key) {
        return Duration.ofDays(section.value(key, "days, 0 to " + MOST_DAYS, Values.between(0, MOST_DAYS)));
    }
}
