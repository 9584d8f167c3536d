package io.throughline.domain.returns;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody has bought with an order, as returns are reckoned from it: the amounts are those of the sale, before anything was given
 * back, the payments those of now. {@code goodwill} was given without goods, and no return has kept it back since. Amounts are in the shop's
 * currency.
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
        List<Payment> payments,
        Money goodwill) {
    public Purchase {
        lines = List.copyOf(lines);
        shipping = List.copyOf(shipping);
        payments = List.copyOf(payments);
    }

    /** Of which nothing was given without goods. */
    public Purchase(
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
        this(
                order,
                channel,
                placedAt,
                currency,
                presentmentCurrency,
                taxesIncluded,
                lines,
                shipping,
                tip,
                duties,
                rounding,
                payments,
                Money.zero(currency));
    }

    public Optional<Line> line(String lineId) {
        return lines.stream().filter(line -> line.sold().id().equals(lineId)).findFirst();
    }

    /**
     * The same with what is on its way back beside what its channel tells of: so many units of a line, and so much of a payment, or
     * of all of them as {@link Refund#STORE_CREDIT}. Units of a return that was refused, or that nobody waits for, are not on their way.
     */
    public Purchase withPending(Map<String, Integer> units, Map<String, MoneyBag> given, Money goodwill) {
        return new Purchase(
                order,
                channel,
                placedAt,
                currency,
                presentmentCurrency,
                taxesIncluded,
                lines.stream()
                        .map(line ->
                                line.withMore(units.getOrDefault(line.sold().id(), 0)))
                        .toList(),
                shipping,
                tip,
                duties,
                rounding,
                less(payments, given),
                goodwill);
    }

    private static List<Payment> less(List<Payment> payments, Map<String, MoneyBag> given) {
        List<Payment> rest = payments.stream()
                .map(payment -> Optional.ofNullable(given.get(payment.tender().id()))
                        .map(payment::givingBack)
                        .orElse(payment))
                .toList();
        return Optional.ofNullable(given.get(Refund.STORE_CREDIT))
                .map(credit -> Payments.lessCredit(rest, credit.shop()))
                .orElse(rest);
    }

    /** Whether the credit of a return has paid for it, or for a part. */
    boolean paidByCredit() {
        return payments.stream().anyMatch(payment -> payment.gateway().equals(Exchange.GATEWAY));
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

        public int returnable() {
            return handedOver - returned;
        }

        /** There is nothing of it that could be carried back. */
        public boolean withoutGoods() {
            return sold.giftCard() || !sold.requiresShipping();
        }

        private Line withMore(int units) {
            return new Line(sold, handedOver, Math.min(handedOver, returned + units), handedOverAt);
        }
    }
}
