package io.throughline.domain.sale;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a store's sales of one day mean for the books: per currency one invoice, whose lines are the units of each SKU that left and those
 * that came back and what was charged beside them, and one payment per tender. Their sums are those of the sales, to the minor unit.
 */
public final class DaySummary {
    private static final CustomerRef NOBODY = new CustomerRef("P-STORES");

    private final StoreDayId day;
    private final int number;
    private final Facility store;

    public DaySummary(StoreDayId day, int number, Facility store) {
        this.day = day;
        this.number = number;
        this.store = store;
    }

    /** What is booked in one currency, in its order. A tender that comes to nothing has no payment, and what is worth nothing no invoice. */
    public record Part(CurrencyCode currency, Optional<SalesInvoice> invoice, List<CustomerPayment> payments) {
        public Part {
            payments = List.copyOf(payments);
        }
    }

    public List<Part> of(List<StoreDays.Entry> entries) {
        return entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.sale().currency().code(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(currency -> part(CurrencyCode.of(currency.getKey()), currency.getValue()))
                .toList();
    }

    private Part part(CurrencyCode currency, List<StoreDays.Entry> entries) {
        String prefix = day + "/" + number + "/" + currency;
        SalesInvoice invoice = new SalesInvoice(
                prefix + "/invoice",
                day,
                store.name() + ", " + day.date() + (number == 1 ? "" : ", supplement " + (number - 1)),
                store.workAccount(),
                NOBODY,
                store.id(),
                day.date(),
                currency,
                lines(entries));
        return new Part(
                currency,
                invoice.isOfNothing() ? Optional.empty() : Optional.of(invoice),
                payments(prefix + "/payment/", invoice.reference(), tenders(entries)));
    }

    private static Map<String, Money> tenders(List<StoreDays.Entry> entries) {
        Map<String, Money> tenders = new TreeMap<>();
        for (StoreDays.Entry entry : entries) {
            entry.sale()
                    .tenders()
                    .forEach(tender -> tenders.merge(
                            tender.kind(),
                            entry.takenBack() ? tender.amount().negated() : tender.amount(),
                            Money::plus));
        }
        tenders.values().removeIf(Money::isZero);
        return tenders;
    }

    /**
     * First the tenders by which more was taken than given back. Of the others, what was given back is part of what was taken, of the largest
     * first, and no more of each than that; what is beyond all of them is paid out of the invoice, which then comes to less than nothing.
     */
    private List<CustomerPayment> payments(String prefix, String invoice, Map<String, Money> tenders) {
        List<CustomerPayment> payments = new ArrayList<>();
        tenders.forEach((tender, amount) -> {
            if (amount.isPositive()) {
                payments.add(payment(prefix + tender, tender, amount, Optional.empty()));
            }
        });
        Map<String, Money> left = new LinkedHashMap<>();
        payments.stream()
                .sorted(Comparator.comparing(CustomerPayment::amount).reversed())
                .forEach(payment -> left.put(payment.reference(), payment.amount()));
        tenders.forEach((tender, amount) -> {
            if (amount.isNegative()) {
                payments.addAll(refunds(prefix + tender, tender, amount.negated(), left, invoice));
            }
        });
        return payments;
    }

    /** {@code left} is what may still be given back of each payment, and is lessened. */
    private List<CustomerPayment> refunds(
            String reference, String tender, Money amount, Map<String, Money> left, String invoice) {
        List<CustomerPayment> refunds = new ArrayList<>();
        Money open = amount;
        for (Map.Entry<String, Money> payment : left.entrySet()) {
            Money part = open.min(payment.getValue());
            if (part.isPositive()) {
                refunds.add(refund(reference, refunds.size() + 1, tender, part, payment.getKey()));
                payment.setValue(payment.getValue().minus(part));
                open = open.minus(part);
            }
        }
        if (open.isPositive()) {
            refunds.add(refund(reference, refunds.size() + 1, tender, open, invoice));
        }
        return refunds;
    }

    private CustomerPayment refund(String reference, int part, String tender, Money amount, String refundOf) {
        return payment(part == 1 ? reference : reference + "/" + part, tender, amount, Optional.of(refundOf));
    }

    private CustomerPayment payment(String reference, String tender, Money amount, Optional<String> refundOf) {
        return new CustomerPayment(reference, day, store.workAccount(), NOBODY, tender, amount, day.date(), refundOf);
    }

    /** Lines that may be added up: units of one direction, taxed by the same taxes, so that a tax's base is that of its lines. */
    private record Like(SalesInvoice.Kind kind, String product, boolean leaves, String taxes) {
        static final Comparator<Like> ORDER = Comparator.comparing(Like::product)
                .thenComparing(Like::kind)
                .thenComparing(Like::leaves, Comparator.reverseOrder())
                .thenComparing(Like::taxes);
    }

    private static List<SalesInvoice.Line> lines(List<StoreDays.Entry> entries) {
        Map<Like, List<SalesInvoice.Line>> alike = new TreeMap<>(Like.ORDER);
        for (StoreDays.Entry entry : entries) {
            Stream.concat(
                            entry.sale().lines().stream().map(line -> booked(entry, line)),
                            entry.sale().charges().stream().map(charge -> booked(entry, charge)))
                    .forEach(booked -> alike.computeIfAbsent(like(booked), first -> new ArrayList<>())
                            .add(booked));
        }
        return alike.values().stream().map(DaySummary::sum).toList();
    }

    private static SalesInvoice.Line booked(StoreDays.Entry entry, StoreSale.Line line) {
        int sign = entry.takenBack() ? -1 : 1;
        return new SalesInvoice.Line(
                line.giftCard() ? SalesInvoice.Kind.GIFT_CARD : SalesInvoice.Kind.GOODS,
                line.sku().value(),
                line.title(),
                sign * line.quantity(),
                line.net(entry.sale().taxesIncluded()).times(sign),
                booked(line.taxes(), sign));
    }

    private static SalesInvoice.Line booked(StoreDays.Entry entry, StoreSale.Charge charge) {
        int sign = entry.takenBack() ? -1 : 1;
        SalesInvoice.Kind kind = switch (charge.kind()) {
            case SERVICE -> SalesInvoice.Kind.SHIPPING;
            case TIP -> SalesInvoice.Kind.TIP;
            case ROUNDING -> SalesInvoice.Kind.ROUNDING;
        };
        return new SalesInvoice.Line(
                kind,
                kind.name(),
                charge.title(),
                sign,
                charge.net(entry.sale().taxesIncluded()).times(sign),
                booked(charge.taxes(), sign));
    }

    private static List<SalesInvoice.Tax> booked(List<TaxLine> taxes, int sign) {
        return taxes.stream()
                .map(tax -> new SalesInvoice.Tax(
                        tax.title(), tax.rate(), tax.amount().times(sign)))
                .toList();
    }

    private static Like like(SalesInvoice.Line line) {
        String taxes = line.taxes().stream()
                .map(tax -> tax.title() + " " + tax.rate().stripTrailingZeros().toPlainString())
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
        return new Like(line.kind(), line.product(), line.quantity() > 0, taxes);
    }

    private static SalesInvoice.Line sum(List<SalesInvoice.Line> alike) {
        SalesInvoice.Line first = alike.getFirst();
        CurrencyCode currency = first.net().currency();
        return new SalesInvoice.Line(
                first.kind(),
                first.product(),
                first.description(),
                alike.stream().mapToInt(SalesInvoice.Line::quantity).reduce(0, Math::addExact),
                Money.sum(currency, alike.stream().map(SalesInvoice.Line::net).toList()),
                taxes(alike));
    }

    private static List<SalesInvoice.Tax> taxes(List<SalesInvoice.Line> alike) {
        Map<String, SalesInvoice.Tax> taxes = new TreeMap<>();
        alike.stream()
                .flatMap(line -> line.taxes().stream())
                .forEach(tax -> taxes.merge(
                        tax.title() + " " + tax.rate().stripTrailingZeros().toPlainString(),
                        tax,
                        (one, other) -> new SalesInvoice.Tax(
                                one.title(), one.rate(), one.amount().plus(other.amount()))));
        return List.copyOf(taxes.values());
    }
}
