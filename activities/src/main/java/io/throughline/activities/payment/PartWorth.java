package io.throughline.activities.payment;

import io.throughline.domain.finance.Postings;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What an order's channel may have taken by now: what has left, as it is invoiced. With the last goods it is all that the order comes to. */
record PartWorth(Order order, List<FulfillmentOrder> work) {
    PartWorth {
        work = List.copyOf(work);
    }

    /** Less what was paid, or is about to be; nothing or less where that covers what has left. */
    MoneyBag due() {
        MoneyBag due = owed();
        for (Tender pending : order.pendingPayments()) {
            due = pending.kind() == Tender.Kind.AUTHORIZATION ? due : due.minus(pending.amount());
        }
        return due;
    }

    private MoneyBag owed() {
        List<FulfillmentOrder> left =
                work.stream().filter(one -> one.status().handedOver()).toList();
        if (hasAllLeft(left)) {
            return order.owed();
        }
        Postings postings = new Postings(order);
        Money worth = Money.zero(order.currency());
        List<FulfillmentOrder> before = new ArrayList<>();
        for (FulfillmentOrder one : left) {
            if (!postings.cover(one, before)) {
                // Something came back, and is off the order: shares of what it was can't be told any more.
                return order.owed();
            }
            // The day plays no part in what it comes to.
            worth = worth.plus(postings.invoice(one, before, LocalDate.EPOCH).total());
            before.add(one);
        }
        Money notYet = order.total().shop().minus(worth);
        return order.owed().minus(new MoneyBag(notYet, shown(notYet)));
    }

    private boolean hasAllLeft(List<FulfillmentOrder> left) {
        return order.deliveries().stream()
                .filter(delivery -> delivery.method() != DeliveryMethod.NONE)
                .flatMap(delivery -> delivery.lines().stream())
                .map(LineQuantity::lineId)
                .distinct()
                .allMatch(line -> left.stream()
                                .flatMap(one -> one.lines().stream())
                                .filter(part -> part.lineId().equals(line))
                                .mapToInt(LineQuantity::quantity)
                                .sum()
                        >= order.quantity(line));
    }

    /** In the currency that the customer was shown. */
    private Money shown(Money amount) {
        MoneyBag total = order.total();
        if (total.shop().isZero()) {
            return Money.zero(order.presentmentCurrency());
        }
        BigDecimal share = amount.toDecimal()
                .multiply(total.presentment().toDecimal())
                .divide(total.shop().toDecimal(), 12, RoundingMode.HALF_EVEN);
        return Money.rounded(share, order.presentmentCurrency());
    }
}
