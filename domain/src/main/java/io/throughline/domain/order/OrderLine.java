package io.throughline.domain.order;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.Money;
import java.util.List;
import java.util.Map;

/**
 * One line of an order. {@code total} is what is charged for {@code quantity} after all discounts, in the shop's currency, and
 * includes the taxes if and only if the order's prices do. {@code quantity} is what is still wanted: removed units don't count.
 */
public record OrderLine(
        String id,
        Sku sku,
        String title,
        int quantity,
        Money total,
        Money discount,
        List<TaxLine> taxes,
        boolean requiresShipping,
        boolean giftCard) {
    public OrderLine {
        if (quantity < 0) {
            throw new IllegalArgumentException("line " + id + ": quantity must not be negative");
        }
        taxes = List.copyOf(taxes);
    }

    OrderLine naming(Map<Sku, Sku> products) {
        Sku named = products.getOrDefault(sku, sku);
        return new OrderLine(id, named, title, quantity, total, discount, taxes, requiresShipping, giftCard);
    }

    public Money tax() {
        return Money.sum(total.currency(), taxes.stream().map(TaxLine::amount).toList());
    }
}
