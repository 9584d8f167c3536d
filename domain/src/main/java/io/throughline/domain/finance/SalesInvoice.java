package io.throughline.domain.finance;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is invoiced for one shipment or handover, or for the day of a store. {@code reference} is ours and unique. Amounts are the channel's, to the minor unit:
 * {@code net} is without tax whatever the channel's prices include, after discounts. A closed period refuses it unless told otherwise.
 */
public record SalesInvoice(
        String reference,
        PostingSubject subject,
        String title,
        AccountId channel,
        CustomerRef customer,
        FacilityId facility,
        LocalDate businessDate,
        CurrencyCode currency,
        List<Line> lines,
        ClosedPeriods closedPeriods) {
    static final String LINES = ": ";
    private static final String BETWEEN_LINES = "; ";
    private static final String TIMES = " × ";

    public SalesInvoice {
        lines = List.copyOf(lines);
    }

    public SalesInvoice(
            String reference,
            PostingSubject subject,
            String title,
            AccountId channel,
            CustomerRef customer,
            FacilityId facility,
            LocalDate businessDate,
            CurrencyCode currency,
            List<Line> lines) {
        this(
                reference,
                subject,
                title,
                channel,
                customer,
                facility,
                businessDate,
                currency,
                lines,
                ClosedPeriods.REFUSE);
    }

    /** The same invoice, booked under another day than its own. */
    public SalesInvoice postedOn(LocalDate day) {
        return new SalesInvoice(
                reference, subject, title, channel, customer, facility, day, currency, lines, closedPeriods);
    }

    public SalesInvoice under(ClosedPeriods rule) {
        return new SalesInvoice(
                reference, subject, title, channel, customer, facility, businessDate, currency, lines, rule);
    }

    /** The same invoice, where the ERP's products stand for those of ours that it does not know. No amount and no account is another. */
    public SalesInvoice standingIn(Map<String, String> products) {
        return new SalesInvoice(
                reference,
                subject,
                title,
                channel,
                customer,
                facility,
                businessDate,
                currency,
                Line.standingIn(lines, products),
                closedPeriods);
    }

    public Money total() {
        return Line.total(currency, lines);
    }

    /** The products that a document which {@link #asked asks} so has on its lines, each once. */
    public static List<String> productsAsked(String asked) {
        int lines = asked.indexOf(LINES);
        return lines < 0
                ? List.of()
                : Stream.of(asked.substring(lines + LINES.length()).split(BETWEEN_LINES, -1))
                        .filter(line -> line.contains(TIMES))
                        .map(line -> line.substring(0, line.indexOf(TIMES)))
                        .distinct()
                        .toList();
    }

    /** Whether it moves no money on any account, which no book takes. */
    public boolean isOfNothing() {
        return lines.stream()
                .allMatch(line -> line.net().isZero()
                        && line.taxes().stream().allMatch(tax -> tax.amount().isZero()));
    }

    /** What it asks for: amounts, products and quantities, and nothing about whom they are for. */
    public String asked() {
        return reference + " " + total() + LINES + Line.asked(lines);
    }

    /** One line; {@code product} is a SKU or one of the service products SHIPPING, TIP, DUTY, ROUNDING, ALLOWANCE. */
    public record Line(Kind kind, String product, String description, int quantity, Money net, List<Tax> taxes) {
        public Line {
            taxes = List.copyOf(taxes);
        }

        public Money tax() {
            return Money.sum(net.currency(), taxes.stream().map(Tax::amount).toList());
        }

        static Money total(CurrencyCode currency, List<Line> lines) {
            return Money.sum(
                    currency,
                    lines.stream().map(line -> line.net.plus(line.tax())).toList());
        }

        static String asked(List<Line> lines) {
            return lines.stream().map(Line::words).collect(Collectors.joining(BETWEEN_LINES));
        }

        static List<Line> standingIn(List<Line> lines, Map<String, String> products) {
            return lines.stream()
                    .map(line -> new Line(
                            line.kind,
                            products.getOrDefault(line.product, line.product),
                            line.description,
                            line.quantity,
                            line.net,
                            line.taxes))
                    .toList();
        }

        private String words() {
            return product + TIMES + quantity + " " + net
                    + taxes.stream()
                            .map(tax -> " + " + tax.amount() + " " + tax.title())
                            .collect(Collectors.joining());
        }
    }

    /** This line's share of a jurisdiction's tax. */
    public record Tax(String title, BigDecimal rate, Money amount) {}

    public enum Kind {
        GOODS,
        GIFT_CARD,
        SHIPPING,
        TIP,
        DUTY,
        ROUNDING,
        /** What is let off a price after the sale. */
        ALLOWANCE
    }
}
