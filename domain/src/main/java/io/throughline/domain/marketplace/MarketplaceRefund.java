package io.throughline.domain.marketplace;

import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import io.throughline.domain.order.UnitsTakenOff;
import java.time.Instant;
import java.util.List;
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
        return UnitsTakenOff.of(
                order,
                refunds.stream().flatMap(refund -> refund.units().stream()).toList(),
                refunds.stream().map(MarketplaceRefund::at),
                refunds.stream().flatMap(refund -> refund.tenders(order)).toList());
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
