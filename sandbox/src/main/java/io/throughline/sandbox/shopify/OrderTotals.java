package io.throughline.sandbox.shopify;

/** Keeps the {@code current_*} amounts of an order's body when lines or shipping are taken off it. */
final class OrderTotals {

    private OrderTotals() {}

    static void takeOff(OrderDocument order, LineShare share) {
        change(order, "current_subtotal_price", share.subtotal().negated());
        change(order, "current_total_tax", share.tax().negated());
        change(order, "current_total_price", share.paid(order).negated());
    }

    static void takeShippingOff(OrderDocument order, Bag shipping) {
        change(order, "current_shipping_price", shipping.negated());
        change(order, "current_total_price", shipping.negated());
    }

    private static void change(OrderDocument order, String name, Bag by) {
        Bag after = order.amount(name).plus(by);
        order.body().put(name, after.shop().toPlainString());
        order.body().set(name + "_set", after.toSet());
    }
}
