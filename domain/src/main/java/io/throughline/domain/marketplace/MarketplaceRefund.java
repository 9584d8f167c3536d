package io.throughline.domain.marketplace;

import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a marketplace has given its buyer back for units that came back, since it was told to. {@code id} is its own name of that, {@code reference} ours, which is
 * unique. From then on its order reads as any channel's does: these units are off it, and the refunds are among its tenders.
 */
public record MarketplaceRefund(String id, String reference, List<LineQuantity> units, List<Part> parts, Instant at) {
    public MarketplaceRefund {
        units = List.copyOf(units);
        parts = List.copyOf(parts);
    }

    /** What goes back of one payment of the order. */
    public record Part(String payment, MoneyBag amount) {}

    /** By which the part of a payment is known among the tenders of the order. */
    public String transaction(String payment) {
        return id + "/" + payment;
    }

    /** The order as it was handed over, and what was given back of it since. */
    public static Order told(Order order, List<MarketplaceRefund> refunds) {
        if (refunds.isEmpty()) {
            return order;
        }
        List<OrderLine> lines =
                order.lines().stream().map(line -> less(line, refunds)).toList();
        return order.withDeliveries(left(order.deliveries(), lines))
                .afterRefunds(
                        toldAt(order, refunds),
                        lines,
                        refunds.stream()
                                .flatMap(refund -> refund.tenders(order))
                                .toList());
    }

    /** Never before what was told of the order already: by the marketplace's clock that may be later than by ours. */
    private static Instant toldAt(Order order, List<MarketplaceRefund> refunds) {
        return Stream.concat(Stream.of(order.version()), refunds.stream().map(MarketplaceRefund::at))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** As a channel tells them, whose deliveries have no more units of a line than the order has. */
    private static List<Delivery> left(List<Delivery> deliveries, List<OrderLine> lines) {
        Map<String, Integer> open = new HashMap<>();
        lines.forEach(line -> open.put(line.id(), line.quantity()));
        List<Delivery> left = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            List<LineQuantity> units = new ArrayList<>();
            for (LineQuantity part : delivery.lines()) {
                int some = Math.min(part.quantity(), open.getOrDefault(part.lineId(), 0));
                if (some > 0) {
                    units.add(new LineQuantity(part.lineId(), part.sku(), some));
                    open.merge(part.lineId(), -some, Integer::sum);
                }
            }
            if (!units.isEmpty()) {
                left.add(new Delivery(delivery.method(), delivery.facility(), delivery.channelWork(), units));
            }
        }
        return left;
    }

    private static OrderLine less(OrderLine line, List<MarketplaceRefund> refunds) {
        int back = refunds.stream()
                .flatMap(refund -> refund.units().stream())
                .filter(units -> units.lineId().equals(line.id()))
                .mapToInt(LineQuantity::quantity)
                .sum();
        int left = Math.max(0, line.quantity() - back);
        return back == 0
                ? line
                : new OrderLine(
                        line.id(),
                        line.sku(),
                        line.title(),
                        left,
                        kept(line.total(), left, line),
                        kept(line.discount(), left, line),
                        line.taxes().stream()
                                .map(tax -> new TaxLine(tax.title(), tax.rate(), kept(tax.amount(), left, line)))
                                .toList(),
                        line.requiresShipping(),
                        line.giftCard());
    }

    private static Money kept(Money whole, int left, OrderLine line) {
        return whole.share(0, left, line.quantity());
    }

    private Stream<Tender> tenders(Order order) {
        return parts.stream()
                .map(part -> payment(order, part.payment()).refunded(transaction(part.payment()), part.amount(), at));
    }

    private static Tender payment(Order order, String payment) {
        return order.tenders().stream()
                .filter(tender -> tender.id().equals(payment))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("order " + order.key() + " was not paid by a payment " + payment));
    }
}
