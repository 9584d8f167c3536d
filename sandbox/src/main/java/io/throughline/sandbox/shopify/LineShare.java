package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What some units of an order line are worth, discounts and taxes shared evenly among its units. */
record LineShare(Bag subtotal, Bag tax) {

    static LineShare of(OrderDocument order, ObjectNode line, int units) {
        int quantity = Math.max(1, line.path("quantity").asInt());
        Bag net = order.amountOf(line, "price").share(quantity, 1);
        for (JsonNode allocation : line.path("discount_allocations")) {
            net = net.minus(order.amountOf(allocation, "amount"));
        }
        Bag tax = order.zero();
        for (JsonNode taxLine : line.path("tax_lines")) {
            tax = tax.plus(order.amountOf(taxLine, "price"));
        }
        return new LineShare(net.share(units, quantity), tax.share(units, quantity));
    }

    /** What the customer paid for them: the tax comes on top unless prices include it. */
    Bag paid(OrderDocument order) {
        return order.body().path("taxes_included").asBoolean() ? subtotal : subtotal.plus(tax);
    }
}
