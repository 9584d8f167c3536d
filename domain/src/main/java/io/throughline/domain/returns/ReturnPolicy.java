package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is taken back and what is paid for it, as versioned data. All returns of an order follow the version that was in force when it was
 * placed. Where several rules of a kind fit, the last one holds; percentages are of 100.
 */
public record ReturnPolicy(
        String version,
        Instant effectiveFrom,
        List<Window> windows,
        List<Exclusion> notReturnable,
        Grades grades,
        Set<ReturnReason> ourFault,
        List<RestockingFee> restockingFees,
        Map<CurrencyCode, Money> labelFee,
        Charges charges,
        TenderRule refundTo,
        Coins coins,
        RefundLimits limits,
        Optional<CustomerLimit> customerLimit,
        Parcels parcels,
        Claims claims,
        Appeasements appeasements,
        StoreCredit storeCredit,
        Exchanging exchange,
        Optional<BlindRules> blind,
        Optional<Mail> mail,
        RefusedGoods refusedGoods) {
    public ReturnPolicy {
        windows = List.copyOf(windows);
        notReturnable = List.copyOf(notReturnable);
        ourFault = Set.copyOf(ourFault);
        restockingFees = List.copyOf(restockingFees);
        labelFee = Map.copyOf(labelFee);
    }

    /** Empty: nothing says how long, so it is not taken back. */
    Optional<Window> window(Channel channel, Sku sku) {
        return windows.reversed().stream()
                .filter(rule -> rule.goods().covers(channel, sku))
                .findFirst();
    }

    /** The rule by which something is not taken back. */
    Optional<Exclusion> exclusion(Channel channel, OrderLine line) {
        return notReturnable.reversed().stream()
                .filter(rule -> rule.covers(channel, line))
                .findFirst();
    }

    /** The rule by which goods are not taken back whose sale nobody knows. Which of them are gift cards is not known either. */
    public Optional<Exclusion> exclusion(Channel channel, Sku sku) {
        return notReturnable.reversed().stream()
                .filter(rule -> !rule.giftCardsOnly() && rule.goods().covers(channel, sku))
                .findFirst();
    }

    Optional<RestockingFee> restockingFee(Channel channel, Sku sku) {
        return restockingFees.reversed().stream()
                .filter(rule -> rule.goods().covers(channel, sku))
                .findFirst();
    }

    /**
     * Where a refused parcel's delivery is kept, it is never given back with it. No two rules of the same charge that both give can be mixed in
     * one order, for what one has given the other would give again.
     */
    ChargeRule shipping(ReturnCause cause) {
        return cause instanceof ReturnCause.ParcelRefused && parcels.keepsDelivery()
                ? ChargeRule.NEVER
                : charges.shipping();
    }

    /** Where a label of ours is bought for what comes by mail; empty: the customer sees to it. */
    public Optional<Mail> labels(Channel channel, ReturnedTo to) {
        return mail.filter(rule -> to instanceof ReturnedTo.ByMail
                && (rule.channels().isEmpty() || rule.channels().contains(channel)));
    }

    /** A policy that says nothing of labels keeps what it names for one of all that comes by mail. */
    boolean keepsLabelFee(Channel channel, ReturnedTo to) {
        return to instanceof ReturnedTo.ByMail sent
                && sent.labelled()
                && (mail.isEmpty() || labels(channel, to).isPresent());
    }

    /** Whether somebody else than who asks must approve such a refund. */
    boolean needsSecondPerson(ReturnRequest request, Money refund) {
        return switch (request.cause()) {
            case ReturnCause.Appeasement appeasement ->
                refund.isPositive() && !RefundLimits.within(appeasements.secondPersonAbove(), refund);
            case ReturnCause.Claim claim
            when request.to() instanceof ReturnedTo.Never ->
                limits.needsSecondPerson(refund) || (refund.isPositive() && !limits.mayComeWithoutGoods(refund));
            default -> limits.needsSecondPerson(refund);
        };
    }

    /** Channels and SKUs; none mean all. */
    public record Goods(Set<Channel> channels, Set<Sku> skus) {
        public Goods {
            channels = Set.copyOf(channels);
            skus = Set.copyOf(skus);
        }

        public boolean covers(Channel channel, Sku sku) {
            return (channels.isEmpty() || channels.contains(channel)) && (skus.isEmpty() || skus.contains(sku));
        }
    }

    /** How long after they left goods may come back. */
    public record Window(String name, Goods goods, Duration within) {}

    /** {@code giftCardsOnly}: gift cards that were sold, whatever their SKUs. */
    public record Exclusion(String name, Goods goods, boolean giftCardsOnly) {
        boolean covers(Channel channel, OrderLine line) {
            return (!giftCardsOnly || line.giftCard()) && goods.covers(channel, line.sku());
        }
    }

    /** How much of its price and of each of its taxes is paid for a unit, by its condition. */
    public record Grades(Map<ConditionGrade, Integer> percents, ConditionGrade assumed) {
        public Grades {
            percents = Map.copyOf(percents);
            if (!percents.containsKey(assumed)) {
                throw new IllegalArgumentException("the assumed grade " + assumed + " is none of " + percents.keySet());
            }
        }

        List<String> names() {
            return percents.keySet().stream().map(ConditionGrade::name).sorted().toList();
        }

        /** Goods that nobody has looked at are of the assumed grade; empty: the policy has no such grade. */
        public Optional<Integer> percent(Optional<ConditionGrade> grade) {
            return Optional.ofNullable(percents.get(grade.orElse(assumed)));
        }
    }

    /** What is kept of what would be paid for goods, taxes included. */
    public record RestockingFee(String name, Goods goods, int percent) {}

    /** What becomes of the charges that are no goods. */
    public record Charges(ChargeRule shipping, ChargeRule duties, ChargeRule tip) {}

    /** The smallest coin of currencies in which cash is rounded, and the gateways that are cash. */
    public record Coins(Set<String> gateways, Map<CurrencyCode, Money> smallest) {
        public Coins {
            gateways = Set.copyOf(gateways);
            smallest = Map.copyOf(smallest);
        }

        /**
         * What of an amount can be paid to a tender: cash to the nearest coin, half a coin up, and no more than is left. Cash that was paid in
         * another currency than the shop's is not rounded here.
         */
        Money payable(Money amount, Payment payment) {
            return Optional.ofNullable(smallest.get(amount.currency()))
                    .filter(coin -> gateways.contains(payment.gateway()))
                    .filter(coin -> payment.captured().presentment().currency().equals(amount.currency()))
                    .map(coin -> nearest(amount, payment.left(), coin.minor()))
                    .orElse(amount);
        }

        private static Money nearest(Money amount, Money left, long coin) {
            long coins = Math.min(Math.floorDiv(amount.minor() + coin / 2, coin), left.minor() / coin);
            return Money.ofMinor(coins * coin, amount.currency());
        }
    }

    /**
     * By the currency of the shop. Above {@code secondPersonAbove} somebody else must approve; up to the others, money may be given before
     * the goods have come, or without that they ever do. For a currency that is not named, every refund is approved and none is made without
     * goods.
     */
    public record RefundLimits(
            Map<CurrencyCode, Money> secondPersonAbove,
            Map<CurrencyCode, Money> beforeGoodsUpTo,
            Map<CurrencyCode, Money> withoutGoodsUpTo) {
        public RefundLimits {
            secondPersonAbove = Map.copyOf(secondPersonAbove);
            beforeGoodsUpTo = Map.copyOf(beforeGoodsUpTo);
            withoutGoodsUpTo = Map.copyOf(withoutGoodsUpTo);
        }

        boolean needsSecondPerson(Money refund) {
            return refund.isPositive() && !within(secondPersonAbove, refund);
        }

        boolean mayComeBeforeGoods(Money refund) {
            return refund.isPositive() && within(beforeGoodsUpTo, refund);
        }

        boolean mayComeWithoutGoods(Money refund) {
            return refund.isPositive() && within(withoutGoodsUpTo, refund);
        }

        static boolean within(Map<CurrencyCode, Money> limits, Money refund) {
            return Optional.ofNullable(limits.get(refund.currency()))
                    .filter(limit -> refund.compareTo(limit) <= 0)
                    .isPresent();
        }
    }

    /** Of how many of their other orders at most somebody may have had money back, or be about to for a return of their choice, within such a time. */
    public record CustomerLimit(int orders, Duration within) {}

    /** How often at most somebody is granted something within such a time. */
    public record TimesLimit(int times, Duration within) {}

    /**
     * Parcels that their carrier brings back: for how long they are waited for, whether what was paid for the delivery is kept, and what is
     * kept for the way back.
     */
    public record Parcels(Duration backWithin, boolean keepsDelivery, Map<CurrencyCode, Money> wayBackFee) {
        public Parcels {
            wayBackFee = Map.copyOf(wayBackFee);
        }
    }

    /** Until when after goods left it can be claimed that they came damaged or not at all, and above what that takes a photo. */
    public record Claims(Duration within, Map<CurrencyCode, Money> photosAbove, TimesLimit customerLimit) {
        public Claims {
            photosAbove = Map.copyOf(photosAbove);
        }
    }

    /**
     * Credit at the channel in place of the tenders that paid. {@code gateway} is what the channel calls it as a tender; {@code byChoice}: it is
     * given to whoever asks for it. The rules of {@code only} name what nothing else is given for.
     */
    public record StoreCredit(String gateway, boolean byChoice, List<CreditOnly> only) {
        public StoreCredit {
            only = List.copyOf(only);
        }

        /** It is never given. */
        public static StoreCredit none() {
            return new StoreCredit("store_credit", false, List.of());
        }

        /** Of several rules that fit the last one holds; empty: the tenders that paid get it back. */
        Optional<String> rule(Channel channel, Sku sku, Duration sinceItLeft) {
            return only.reversed().stream()
                    .filter(rule -> rule.goods().covers(channel, sku) && sinceItLeft.compareTo(rule.after()) > 0)
                    .map(CreditOnly::name)
                    .findFirst();
        }
    }

    /**
     * Other goods in place of the money. {@code advance}: they do not wait for the goods that come back, where so much money may be given before
     * these. Who owes something for them has {@code payWithin} for that.
     */
    public record Exchanging(boolean offered, boolean advance, Duration payWithin) {
        /** Nothing is exchanged. */
        public static Exchanging none() {
            return new Exchanging(false, false, Duration.ofDays(1));
        }
    }

    /**
     * Labels for what comes by mail: to which facility, for what was bought at which channels (none: all), from which carriers, in their order, and after
     * what time one that does not answer is passed over. {@code elseByCustomer}: where none sells one, the customer sends the goods by themselves; else a
     * person decides.
     */
    public record Mail(
            FacilityId to,
            Set<Channel> channels,
            List<AccountId> carriers,
            Optional<Duration> silentAfter,
            boolean elseByCustomer,
            ReturnParcel.Terms terms) {
        public Mail {
            channels = Set.copyOf(channels);
            carriers = List.copyOf(carriers);
        }
    }

    /** For such goods nothing but credit is given, once so long has passed since the last unit of their line left. */
    public record CreditOnly(String name, Goods goods, Duration after) {}

    /** What is given at most at a time for something that went wrong, and above what somebody else must approve it. */
    public record Appeasements(
            Map<CurrencyCode, Money> upTo, Map<CurrencyCode, Money> secondPersonAbove, TimesLimit customerLimit) {
        public Appeasements {
            upTo = Map.copyOf(upTo);
            secondPersonAbove = Map.copyOf(secondPersonAbove);
        }
    }
}
