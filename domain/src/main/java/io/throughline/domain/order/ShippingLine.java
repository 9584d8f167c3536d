package io.throughline.domain.order;

import io.throughline.domain.money.Money;
import java.util.List;

/** What is charged for delivery, after discounts; with taxes if and only if the order's prices have them. */
public record ShippingLine(String id, String title, Money total, List<TaxLine> taxes) {
    public ShippingLine {
        taxes = List.copyOf(taxes);
    }

    public Money tax() {
        return Money.sum(total.currency(), taxes.stream().map(TaxLine::amount).toList());
    }
}
