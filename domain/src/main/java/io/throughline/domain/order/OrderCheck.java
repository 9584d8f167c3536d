package io.throughline.domain.order;

import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import java.util.List;
import java.util.Optional;

/** What must hold of an order before any work begins: its parts come to its total, none of them to less than nothing, and each SKU is known. */
public final class OrderCheck {
    private final Catalog catalog;

    public OrderCheck(Catalog catalog) {
        this.catalog = catalog;
    }

    public Optional<Finding> check(Order order) {
        if (order.lines().stream().noneMatch(line -> line.quantity() > 0)) {
            return Optional.of(new Finding(FailureCode.ORDER_UNREADABLE, "the order has no line with a quantity"));
        }
        if (!order.sumOfParts().equals(order.total().shop())) {
            return Optional.of(new Finding(
                    FailureCode.ORDER_TOTALS_DISAGREE,
                    "lines, delivery and taxes come to " + order.sumOfParts() + ", the channel's total is "
                            + order.total().shop()));
        }
        Optional<OrderLine> owed =
                order.lines().stream().filter(line -> line.total().isNegative()).findFirst();
        if (owed.isPresent()) {
            return Optional.of(new Finding(
                    FailureCode.ORDER_TOTALS_DISAGREE,
                    "line " + owed.get().id() + " comes to less than nothing: "
                            + owed.get().total()));
        }
        List<String> unknown = unknown(order).stream().map(Sku::value).toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Finding(FailureCode.UNKNOWN_SKU, "not in the catalogue: " + String.join(", ", unknown)));
    }

    /** What of it the catalogue does not know. */
    public List<Sku> unknown(Order order) {
        return order.lines().stream()
                .map(OrderLine::sku)
                .filter(sku -> !catalog.knows(sku))
                .distinct()
                .toList();
    }

    /** Why an order may not go on. */
    public record Finding(FailureCode code, String detail) {}
}
