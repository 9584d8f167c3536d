package io.throughline.domain.returns;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import java.util.List;

/** Refunds of a simple make. */
public final class SampleRefunds {
    private SampleRefunds() {}

    /** One unit of a line, for so much without taxes, to the order's only payment. */
    public static Refund ofOneUnit(Order order, String lineId, String amount) {
        CurrencyCode currency = order.currency();
        OrderLine line = order.line(lineId);
        Money paid = Money.of(amount, currency);
        return new Refund(
                currency,
                currency,
                List.of(new RefundEntry.Goods(
                        lineId, line.sku(), line.title(), 1, paid, Money.zero(currency), paid, List.of())),
                List.of(new Refund.ToTender("T1", "shopify_payments", MoneyBag.of(paid))));
    }
}
