package io.throughline.domain.order;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.payment.PaymentStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An order in canonical form, as its channel last told it: {@code version} is the channel's time of last change, and an older
 * version never replaces a newer one. Amounts are in {@code currency} (the shop's) unless they are bags. {@code soldAt} is the store that has
 * sold what others ship, whose sale it is. Holds no personal data.
 */
public record Order(
        OrderKey key,
        String name,
        Channel channel,
        Instant version,
        Instant placedAt,
        CurrencyCode currency,
        CurrencyCode presentmentCurrency,
        boolean taxesIncluded,
        List<OrderLine> lines,
        List<ShippingLine> shipping,
        Money tip,
        Money duties,
        Money rounding,
        MoneyBag total,
        List<Tender> tenders,
        List<Delivery> deliveries,
        Optional<Destination> destination,
        CustomerRef customer,
        List<String> tags,
        Optional<Instant> cancelledAt,
        Optional<FacilityId> soldAt) {
    public Order {
        lines = List.copyOf(lines);
        shipping = List.copyOf(shipping);
        tenders = List.copyOf(tenders);
        deliveries = List.copyOf(deliveries);
        tags = List.copyOf(tags);
    }

    /** One that no store has sold for others to ship. */
    public Order(
            OrderKey key,
            String name,
            Channel channel,
            Instant version,
            Instant placedAt,
            CurrencyCode currency,
            CurrencyCode presentmentCurrency,
            boolean taxesIncluded,
            List<OrderLine> lines,
            List<ShippingLine> shipping,
            Money tip,
            Money duties,
            Money rounding,
            MoneyBag total,
            List<Tender> tenders,
            List<Delivery> deliveries,
            Optional<Destination> destination,
            CustomerRef customer,
            List<String> tags,
            Optional<Instant> cancelledAt) {
        this(
                key,
                name,
                channel,
                version,
                placedAt,
                currency,
                presentmentCurrency,
                taxesIncluded,
                lines,
                shipping,
                tip,
                duties,
                rounding,
                total,
                tenders,
                deliveries,
                destination,
                customer,
                tags,
                cancelledAt,
                Optional.empty());
    }

    public OrderId id() {
        return OrderId.of(key);
    }

    public OrderLine line(String lineId) {
        return lines.stream()
                .filter(line -> line.id().equals(lineId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("order " + key + " has no line " + lineId));
    }

    /** Units of the line; none where there is no such line. */
    public int quantity(String lineId) {
        return lines.stream()
                .filter(line -> line.id().equals(lineId))
                .mapToInt(OrderLine::quantity)
                .sum();
    }

    public Money tax() {
        return Money.sum(
                currency,
                Stream.concat(
                                lines.stream().map(OrderLine::tax),
                                shipping.stream().map(ShippingLine::tax))
                        .toList());
    }

    /** The same order with other deliveries: what is left to be routed again. */
    public Order withDeliveries(List<Delivery> others) {
        return changed(copy -> copy.deliveries = others);
    }

    /** The same with lines as they were told at other times; what it comes to stays as it was told. */
    public Order withLines(List<OrderLine> others) {
        return changed(copy -> copy.lines = others);
    }

    /** The same, sold in a store for others to ship. */
    public Order withSoldAt(FacilityId store) {
        return changed(copy -> copy.soldAt = Optional.of(store));
    }

    /** The same with products of ours in place of names that the channel has for them. What the lines come to stays what it is. */
    public Order naming(Map<Sku, Sku> products) {
        return changed(copy -> {
            copy.lines = lines.stream().map(line -> line.naming(products)).toList();
            copy.deliveries =
                    deliveries.stream().map(one -> one.naming(products)).toList();
        });
    }

    /** The same content, told at another instant. */
    public Order withVersion(Instant told) {
        return changed(copy -> copy.version = told);
    }

    /** The same order, begun elsewhere. */
    public Order from(Channel other) {
        return changed(copy -> copy.channel = other);
    }

    /** All that was paid, given back at one instant; {@code reference} is the channel's own of that. */
    public List<Tender> refundsOfAll(String reference, Instant at) {
        return tenders.stream()
                .filter(Tender::isPayment)
                .map(payment -> payment.refunded(reference + "/" + payment.id(), payment.amount(), at))
                .toList();
    }

    /** The same order as its channel tells it once something came back: with the lines as they are left, and these refunds. */
    public Order afterRefunds(Instant told, List<OrderLine> left, List<Tender> refunds) {
        Money off = sumOf(lines).minus(sumOf(left));
        return changed(copy -> {
            copy.version = told;
            copy.lines = left;
            copy.total = total.minus(new MoneyBag(
                    off,
                    total.shop().isPositive()
                            ? total.presentment()
                                    .share(0, off.minor(), total.shop().minor())
                            : total.presentment()));
            copy.tenders = with(refunds);
        });
    }

    /** The same order as its channel tells it once it is cancelled there, and has given back these tenders. */
    public Order cancelled(Instant at, List<Tender> refunds) {
        return changed(copy -> {
            copy.version = at;
            copy.tenders = with(refunds);
            copy.cancelledAt = Optional.of(at);
        });
    }

    private List<Tender> with(List<Tender> refunds) {
        return Stream.concat(tenders.stream(), refunds.stream()).toList();
    }

    /** With the taxes. */
    private Money sumOf(List<OrderLine> some) {
        return Money.sum(
                currency,
                some.stream()
                        .map(line -> taxesIncluded ? line.total() : line.total().plus(line.tax()))
                        .toList());
    }

    private Order changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.made();
    }

    /** What the parts come to; must equal {@link #total}. */
    public Money sumOfParts() {
        Money parts = Money.sum(
                        currency,
                        Stream.concat(
                                        lines.stream().map(OrderLine::total),
                                        shipping.stream().map(ShippingLine::total))
                                .toList())
                .plus(tip)
                .plus(duties)
                .plus(rounding);
        return taxesIncluded ? parts : parts.plus(tax());
    }

    /** Paid at the channel: successful sales and captures, in the shop's currency. */
    public Money paid() {
        return Money.sum(
                currency,
                tenders.stream()
                        .filter(Tender::isPayment)
                        .map(tender -> tender.amount().shop())
                        .toList());
    }

    /** Whether the channel has taken all that the order comes to. What it gave back since makes no debt of it. */
    public boolean isPaid() {
        return paid().compareTo(total.shop()) >= 0;
    }

    /**
     * Whether all was taken that it ever came to, whatever went back since, or nothing was to be paid. What a refund has taken off its total
     * pays for nothing that waits for its capture, and what a cancellation takes off was not paid.
     */
    public boolean wasPaidInFull() {
        if (!paid().isPositive()) {
            return cancelledAt.isEmpty() && paymentStatus() == PaymentStatus.CAPTURED;
        }
        if (cancelledAt.isEmpty() && paid().minus(refunded()).compareTo(total.shop()) >= 0) {
            return true;
        }
        return isPaid() && authorisations().isEmpty() && !(cancelledAt.isPresent() && voided());
    }

    /** What its channel has still to take. Where that has taken as much as the order comes to, it is nothing or less. */
    public MoneyBag owed() {
        MoneyBag owed = total;
        for (Tender payment : tenders.stream().filter(Tender::isPayment).toList()) {
            owed = owed.minus(payment.amount());
        }
        return owed;
    }

    /** Money that may still come by itself. */
    public List<Tender> pendingPayments() {
        return tenders.stream().filter(Tender::isPendingPayment).toList();
    }

    /** Given back at the channel, in the shop's currency. */
    public Money refunded() {
        return Money.sum(
                currency,
                tenders.stream()
                        .filter(tender -> succeeded(tender, Tender.Kind.REFUND))
                        .map(tender -> tender.amount().shop())
                        .toList());
    }

    /** Whether an authorisation was let go. */
    public boolean voided() {
        return tenders.stream().anyMatch(tender -> succeeded(tender, Tender.Kind.VOID));
    }

    /** How far its money has come, by its tenders. */
    public PaymentStatus paymentStatus() {
        Money paid = paid();
        if (refunded().isPositive()) {
            return refunded().compareTo(paid) >= 0 ? PaymentStatus.REFUNDED : PaymentStatus.PARTIALLY_REFUNDED;
        }
        if (!authorisations().isEmpty()) {
            return paid.isPositive() ? PaymentStatus.PARTIALLY_CAPTURED : PaymentStatus.AUTHORIZED;
        }
        if (paid.isPositive()) {
            return isPaid() ? PaymentStatus.CAPTURED : PaymentStatus.PARTIALLY_CAPTURED;
        }
        if (voided()) {
            return PaymentStatus.VOIDED;
        }
        return total.shop().isPositive() ? PaymentStatus.PENDING : PaymentStatus.CAPTURED;
    }

    private static boolean succeeded(Tender tender, Tender.Kind kind) {
        return tender.kind() == kind && tender.status() == Tender.Status.SUCCESS;
    }

    /** The authorisations that may still be captured: once, unless their provider lets them be taken in parts. */
    public List<Tender> authorisations() {
        return tenders.stream()
                .filter(tender -> succeeded(tender, Tender.Kind.AUTHORIZATION))
                .filter(this::mayBeCaptured)
                .toList();
    }

    private boolean mayBeCaptured(Tender authorisation) {
        boolean voided = tenders.stream()
                .anyMatch(tender -> succeeded(tender, Tender.Kind.VOID) && tender.belongsTo(authorisation));
        boolean left = authorisation.multiCapturable()
                ? left(authorisation).shop().isPositive()
                : tenders.stream()
                        .noneMatch(tender -> succeeded(tender, Tender.Kind.CAPTURE) && tender.belongsTo(authorisation));
        return !voided && left;
    }

    /** What took parts of an authorisation, or is about to, the oldest first. */
    public List<Tender> captures(Tender authorisation) {
        return tenders.stream()
                .filter(tender -> tender.kind() == Tender.Kind.CAPTURE && tender.belongsTo(authorisation))
                .filter(tender -> tender.isPayment() || tender.isPendingPayment())
                .sorted(Comparator.comparing(Tender::at))
                .toList();
    }

    /** What was not taken of an authorisation yet. */
    public MoneyBag left(Tender authorisation) {
        MoneyBag left = authorisation.amount();
        for (Tender capture : captures(authorisation)) {
            left = left.minus(capture.amount());
        }
        return left;
    }

    /** The same order in the making, with what may be otherwise in a copy; all else stays. */
    private static final class Copy {
        private final Order of;
        private Channel channel;
        private Instant version;
        private List<OrderLine> lines;
        private MoneyBag total;
        private List<Tender> tenders;
        private List<Delivery> deliveries;
        private Optional<Instant> cancelledAt;
        private Optional<FacilityId> soldAt;

        Copy(Order of) {
            this.of = of;
            this.channel = of.channel;
            this.version = of.version;
            this.lines = of.lines;
            this.total = of.total;
            this.tenders = of.tenders;
            this.deliveries = of.deliveries;
            this.cancelledAt = of.cancelledAt;
            this.soldAt = of.soldAt;
        }

        Order made() {
            return new Order(
                    of.key,
                    of.name,
                    channel,
                    version,
                    of.placedAt,
                    of.currency,
                    of.presentmentCurrency,
                    of.taxesIncluded,
                    lines,
                    of.shipping,
                    of.tip,
                    of.duties,
                    of.rounding,
                    total,
                    tenders,
                    deliveries,
                    of.destination,
                    of.customer,
                    of.tags,
                    cancelledAt,
                    soldAt);
        }
    }
}
