package io.throughline.domain.returns;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is given back for a return, how it comes about, and to which tenders it goes. The tenders come to what the entries do. */
public record Refund(
        CurrencyCode currency, CurrencyCode presentmentCurrency, List<RefundEntry> entries, List<ToTender> tenders) {
    public Refund {
        entries = List.copyOf(entries);
        tenders = List.copyOf(tenders);
        Money sum = sum(currency, entries);
        Money tendered = Money.sum(
                currency, tenders.stream().map(to -> to.amount().shop()).toList());
        if (!sum.equals(tendered)) {
            throw new IllegalArgumentException("the entries come to " + sum + ", the tenders to " + tendered);
        }
    }

    /** In the shop's currency, and at the rates of the payments in the one that the customer was shown. */
    public MoneyBag total() {
        return tenders.stream()
                .map(ToTender::amount)
                .reduce(new MoneyBag(Money.zero(currency), Money.zero(presentmentCurrency)), MoneyBag::plus);
    }

    /** What is given back of each tax. */
    public List<TaxLine> taxes() {
        record Tax(String title, BigDecimal rate) {}
        Map<Tax, Money> sums = new LinkedHashMap<>();
        entries.stream()
                .flatMap(entry -> entry.taxes().stream())
                .forEach(tax -> sums.merge(new Tax(tax.title(), tax.rate()), tax.amount(), Money::plus));
        return sums.entrySet().stream()
                .map(sum -> new TaxLine(sum.getKey().title(), sum.getKey().rate(), sum.getValue()))
                .toList();
    }

    static Money sum(CurrencyCode currency, List<RefundEntry> entries) {
        return Money.sum(currency, entries.stream().map(RefundEntry::amount).toList());
    }

    /** In place of a payment: it goes to none of them, but becomes credit of the customer's. */
    public static final String STORE_CREDIT = "store-credit";

    /** Names of ours that no payment of anybody else may have: what goes back to them goes to no payment. */
    public static final Set<String> OWN_NAMES = Set.of(Exchange.GATEWAY, STORE_CREDIT);

    /** A part that goes back to the tender of a payment, by the channel's id of it, or becomes {@link #STORE_CREDIT}. */
    public record ToTender(String payment, String gateway, MoneyBag amount) {
        /** What such a transaction of the channel's gives. */
        static ToTender of(Tender refund) {
            return new ToTender(refund.parent().orElse(STORE_CREDIT), refund.gateway(), refund.amount());
        }

        public boolean isStoreCredit() {
            return payment.equals(STORE_CREDIT);
        }

        /** Whether such a transaction of the channel's gives to what this does. */
        public boolean goesWhere(Tender refund) {
            return isStoreCredit()
                    ? refund.parent().isEmpty() && refund.gateway().equals(gateway)
                    : refund.parent().filter(payment::equals).isPresent();
        }
    }
}
