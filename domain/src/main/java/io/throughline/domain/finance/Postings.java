package io.throughline.domain.finance;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an order means for the books. One invoice per shipment or handover; delivery, tip, duties, rounding and what needs no handover
 * go on the first. A line that leaves in parts is shared by units such that the parts always sum to the whole. Discounts lower the
 * revenue of their line. Amounts are in the shop's currency.
 */
public final class Postings {
    private final Order order;

    public Postings(Order order) {
        this.order = order;
    }

    public static String invoiceReference(FulfillmentOrderId id) {
        return id + "/invoice";
    }

    public static String refundReference(Order order, Tender refund) {
        return refundReference(order, refund.id());
    }

    public static String refundReference(Order order, String refund) {
        return order.id() + "/refund/" + refund;
    }

    public static String paymentReference(Order order, Tender tender) {
        return order.id() + "/payment/" + tender.id();
    }

    /** The whole order, as the ERP is told of it when it was routed. */
    public SalesDemand demand(PersonalData person, String warehouse, LocalDate businessDate) {
        List<SalesInvoice.Line> lines = new ArrayList<>();
        order.lines().stream()
                .filter(line -> line.quantity() > 0)
                .forEach(line -> lines.add(goods(line, 0, line.quantity())));
        lines.addAll(charges());
        return new SalesDemand(
                order.id().value(),
                order.id(),
                order.name(),
                order.key().account(),
                order.customer(),
                person,
                warehouse,
                businessDate,
                order.currency(),
                lines);
    }

    /**
     * The invoice of one handover; {@code before} are the fulfillment orders that were invoiced before it. What a store has sold for others to
     * ship is that store's sale.
     */
    public SalesInvoice invoice(FulfillmentOrder handedOver, List<FulfillmentOrder> before, LocalDate businessDate) {
        List<SalesInvoice.Line> lines = new ArrayList<>();
        for (LineQuantity part : handedOver.lines()) {
            int from = unitsOf(part.lineId(), before);
            lines.add(goods(order.line(part.lineId()), from, from + part.quantity()));
        }
        if (before.isEmpty()) {
            if (handedOver.method() != DeliveryMethod.NONE) {
                order.deliveries().stream()
                        .filter(delivery -> delivery.method() == DeliveryMethod.NONE)
                        .flatMap(delivery -> delivery.lines().stream())
                        .forEach(part -> lines.add(goods(order.line(part.lineId()), 0, part.quantity())));
            }
            lines.addAll(charges());
        }
        return new SalesInvoice(
                invoiceReference(handedOver.id()),
                order.id(),
                order.name(),
                order.key().account(),
                order.customer(),
                order.soldAt().orElse(handedOver.facility()),
                businessDate,
                order.currency(),
                lines);
    }

    /**
     * Whether all that was handed over is given away, so that its invoice may be left out when no charge is on it. A line that costs
     * something is invoiced with each part of it, for the shares are counted by the invoices before.
     */
    public boolean givesAway(FulfillmentOrder handedOver) {
        return handedOver.lines().stream()
                .map(part -> order.line(part.lineId()))
                .allMatch(line -> line.total().isZero()
                        && line.taxes().stream().allMatch(tax -> tax.amount().isZero()));
    }

    /** What was handed over comes to on its invoices, taxes included, without what is charged for the order as a whole. */
    public Money worth(List<FulfillmentOrder> handedOver) {
        return Money.sum(
                order.currency(),
                order.lines().stream()
                        .map(line -> goods(line, 0, Math.min(line.quantity(), unitsOf(line.id(), handedOver))))
                        .map(goods -> goods.net().plus(goods.tax()))
                        .toList());
    }

    /** Whether the order, as it is here, has all the units that were handed over. */
    public boolean cover(FulfillmentOrder handedOver, List<FulfillmentOrder> before) {
        return handedOver.lines().stream()
                .allMatch(part -> order.lines().stream()
                        .anyMatch(line -> line.id().equals(part.lineId())
                                && line.quantity() >= unitsOf(part.lineId(), before) + part.quantity()));
    }

    public CustomerPayment payment(Tender tender, LocalDate businessDate) {
        return new CustomerPayment(
                paymentReference(order, tender),
                order.id(),
                order.key().account(),
                order.customer(),
                tender.gateway(),
                tender.amount().shop(),
                businessDate,
                Optional.empty());
    }

    /** Money that was given back of a payment. */
    public CustomerPayment refund(Tender refund, Tender payment, LocalDate businessDate) {
        return new CustomerPayment(
                refundReference(order, refund),
                order.id(),
                order.key().account(),
                order.customer(),
                payment.gateway(),
                refund.amount().shop(),
                businessDate,
                Optional.of(paymentReference(order, payment)));
    }

    /** The share of units {@code from} (inclusive) to {@code to} (exclusive) of a line: what is due up to there less what was before. */
    private SalesInvoice.Line goods(OrderLine line, int from, int to) {
        Money gross = line.total().share(from, to, line.quantity());
        List<SalesInvoice.Tax> taxes = line.taxes().stream()
                .map(tax -> new SalesInvoice.Tax(
                        tax.title(), tax.rate(), tax.amount().share(from, to, line.quantity())))
                .toList();
        return new SalesInvoice.Line(
                line.giftCard() ? SalesInvoice.Kind.GIFT_CARD : SalesInvoice.Kind.GOODS,
                line.sku().value(),
                line.title(),
                to - from,
                net(gross, taxes),
                taxes);
    }

    private List<SalesInvoice.Line> charges() {
        List<SalesInvoice.Line> charges = new ArrayList<>();
        for (ShippingLine shipping : order.shipping()) {
            if (!shipping.total().isZero()) {
                charges.add(charge(SalesInvoice.Kind.SHIPPING, shipping.title(), shipping.total(), shipping.taxes()));
            }
        }
        if (!order.tip().isZero()) {
            charges.add(charge(SalesInvoice.Kind.TIP, "Tip", order.tip(), List.of()));
        }
        if (!order.duties().isZero()) {
            charges.add(charge(SalesInvoice.Kind.DUTY, "Duties", order.duties(), List.of()));
        }
        if (!order.rounding().isZero()) {
            charges.add(charge(SalesInvoice.Kind.ROUNDING, "Rounding", order.rounding(), List.of()));
        }
        return charges;
    }

    private SalesInvoice.Line charge(SalesInvoice.Kind kind, String title, Money total, List<TaxLine> taxLines) {
        List<SalesInvoice.Tax> taxes = taxLines.stream()
                .map(tax -> new SalesInvoice.Tax(tax.title(), tax.rate(), tax.amount()))
                .toList();
        return new SalesInvoice.Line(kind, kind.name(), title, 1, net(total, taxes), taxes);
    }

    private Money net(Money amount, List<SalesInvoice.Tax> taxes) {
        return order.taxesIncluded()
                ? amount.minus(Money.sum(
                        amount.currency(),
                        taxes.stream().map(SalesInvoice.Tax::amount).toList()))
                : amount;
    }

    private static int unitsOf(String lineId, List<FulfillmentOrder> fulfillmentOrders) {
        return fulfillmentOrders.stream()
                .flatMap(fulfillmentOrder -> fulfillmentOrder.lines().stream())
                .filter(part -> part.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }
}
