package io.throughline.store.inventory;

import io.throughline.domain.order.OrderId;
import org.jspecify.annotations.Nullable;

/** Whose a reservation is: an order's, or a basket's until it is ordered. */
record Holder(String column, String id) {
    private static final String ORDER = "order_id";
    private static final String BASKET = "basket_id";

    static Holder of(OrderId order) {
        return new Holder(ORDER, order.value());
    }

    static Holder basket(String basket) {
        return new Holder(BASKET, basket);
    }

    @Nullable
    String order() {
        return column.equals(ORDER) ? id : null;
    }

    @Nullable
    String basket() {
        return column.equals(BASKET) ? id : null;
    }
}
