package io.throughline.domain.returns;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody has bought with an order, as returns are reckoned from it: the amounts are those of the sale, before anything was given
 * back, the payments those of now. Amounts are in the shop's currency.
 */
public record Purchase(
        OrderId order,
        Channel channel,
        Instant placedAt,
        CurrencyCode currency,
        CurrencyCode presentmentCurrency,
        boolean taxesIncluded,
        List<Line> lines,
        List<ShippingLine> shipping,
        Money tip,
        Money duties,
        Money rounding,
        List<Payment> payments) {
    public Purchase {
        lines = List.copyOf(lines);
        shipping = List.copyOf(shipping);
        payments = List.copyOf(payments);
    }

    public Optional<Line> line(String lineId) {
        return lines.stream().filter(line -> line.sold().id().equals(lineId)).findFirst();
    }

    /** What was paid and may still be given back. */
    Money left() {
        return Money.sum(currency, payments.stream().map(Payment::left).toList());
    }

    /**
     * One line as it was sold; of its units so many have left, and of those so many have come back. {@code handedOverAt} is when the last of
     * them left.
     */
    public record Line(OrderLine sold, int handedOver, int returned, Optional<Instant> handedOverAt) {
        public Line {
            if (returned < 0 || returned > handedOver || handedOver > sold.quantity()) {
                throw new IllegalArgumentException("line " + sold.id() + ": of " + sold.quantity() + " units "
                        + handedOver + " left and " + returned + " came back");
            }
        }

        int returnable() {
            return handedOver - returned;
        }
    }
}
