package io.throughline.domain.returns;

import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.TaxLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a return means for the books: one credit note, an invoice over less than nothing with each tax of the sale by itself, and a payment
 * out of it per tender. What is kept for a condition lowers the revenue and the taxes that are taken back; a fee that is kept is income of
 * its own, which the sale did not have. Together they come to nothing.
 */
public final class ReturnPostings {
    /** Handling, as the accounts have it: what a customer pays for restocking or a label is no price of goods. */
    private static final SalesInvoice.Kind FEES = SalesInvoice.Kind.SHIPPING;

    private final Return returned;
    private final Refund refund;
    private final Order order;

    public ReturnPostings(Return returned, Refund refund, Order order) {
        this.returned = returned;
        this.refund = refund;
        this.order = order;
    }

    public SalesInvoice creditNote(FacilityId facility, LocalDate businessDate) {
        return new SalesInvoice(
                reference(),
                returned.id(),
                order.name() + ", return " + returned.id().ordinal(),
                order.key().account(),
                order.customer(),
                facility,
                businessDate,
                refund.currency(),
                lines());
    }

    /** What the channel has given back: all of the refund, but for parts that are given otherwise, which the credit note is left to owe. */
    public List<CustomerPayment> payments(List<Refund.ToTender> given, LocalDate businessDate) {
        return given.stream()
                .map(to -> new CustomerPayment(
                        returned.id() + "/refund/" + to.payment(),
                        returned.id(),
                        order.key().account(),
                        order.customer(),
                        to.gateway(),
                        to.amount().shop(),
                        businessDate,
                        Optional.of(reference())))
                .toList();
    }

    private String reference() {
        return returned.id() + "/credit-note";
    }

    private List<SalesInvoice.Line> lines() {
        List<SalesInvoice.Line> lines = new ArrayList<>();
        for (int at = 0; at < refund.entries().size(); at++) {
            switch (refund.entries().get(at)) {
                case RefundEntry.Goods goods -> lines.add(goods(goods, conditionsAfter(at)));
                case RefundEntry.Charge charge -> lines.add(charge(kindOf(charge.kind()), charge.title(), charge));
                case RefundEntry.Goodwill given -> lines.add(charge(SalesInvoice.Kind.ALLOWANCE, given.words(), given));
                case RefundEntry.Deduction condition when isCondition(condition) -> {}
                case RefundEntry.Deduction kept -> lines.add(charge(kindOf(kept.cause()), kept.words(), kept));
            }
        }
        return lines.stream()
                .filter(line -> !line.net().isZero() || !line.taxes().isEmpty())
                .toList();
    }

    /** A condition follows the goods that are in it. */
    private List<RefundEntry> conditionsAfter(int goods) {
        return refund.entries().stream()
                .skip(goods + 1L)
                .takeWhile(next -> !(next instanceof RefundEntry.Goods))
                .filter(ReturnPostings::isCondition)
                .toList();
    }

    private SalesInvoice.Line goods(RefundEntry.Goods goods, List<RefundEntry> conditions) {
        List<RefundEntry> parts =
                Stream.concat(Stream.of(goods), conditions.stream()).toList();
        return new SalesInvoice.Line(
                isGiftCard(goods) ? SalesInvoice.Kind.GIFT_CARD : SalesInvoice.Kind.GOODS,
                goods.sku().value(),
                goods.title(),
                -goods.quantity(),
                net(parts).negated(),
                taxes(parts));
    }

    private boolean isGiftCard(RefundEntry.Goods goods) {
        return order.lines().stream().anyMatch(line -> line.id().equals(goods.lineId()) && line.giftCard());
    }

    private static boolean isCondition(RefundEntry entry) {
        return entry instanceof RefundEntry.Deduction deduction
                && deduction.cause() == RefundEntry.Deduction.Cause.CONDITION;
    }

    private SalesInvoice.Line charge(SalesInvoice.Kind kind, String title, RefundEntry part) {
        Money net = net(List.of(part)).negated();
        return new SalesInvoice.Line(kind, kind.name(), title, net.isPositive() ? 1 : -1, net, taxes(List.of(part)));
    }

    private Money net(List<RefundEntry> parts) {
        return sum(parts.stream().map(RefundEntry::amount))
                .minus(sum(parts.stream().flatMap(part -> part.taxes().stream()).map(TaxLine::amount)));
    }

    private static List<SalesInvoice.Tax> taxes(List<RefundEntry> parts) {
        record Tax(String title, BigDecimal rate) {}
        Map<Tax, Money> sums = parts.stream()
                .flatMap(part -> part.taxes().stream())
                .collect(Collectors.toMap(
                        tax -> new Tax(tax.title(), tax.rate()), TaxLine::amount, Money::plus, LinkedHashMap::new));
        return sums.entrySet().stream()
                .filter(tax -> !tax.getValue().isZero())
                .map(tax -> new SalesInvoice.Tax(
                        tax.getKey().title(),
                        tax.getKey().rate(),
                        tax.getValue().negated()))
                .toList();
    }

    private Money sum(Stream<Money> amounts) {
        return Money.sum(refund.currency(), amounts.toList());
    }

    private static SalesInvoice.Kind kindOf(RefundEntry.Charge.Kind charge) {
        return switch (charge) {
            case SHIPPING -> SalesInvoice.Kind.SHIPPING;
            case DUTIES -> SalesInvoice.Kind.DUTY;
            case TIP -> SalesInvoice.Kind.TIP;
            case ROUNDING -> SalesInvoice.Kind.ROUNDING;
        };
    }

    private static SalesInvoice.Kind kindOf(RefundEntry.Deduction.Cause cause) {
        return switch (cause) {
            case CONDITION, RESTOCKING_FEE, LABEL_FEE -> FEES;
            case GOODWILL -> SalesInvoice.Kind.ALLOWANCE;
            case LIMIT, CASH_ROUNDING -> SalesInvoice.Kind.ROUNDING;
        };
    }
}
