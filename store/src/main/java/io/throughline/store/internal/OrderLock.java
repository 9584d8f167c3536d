package io.throughline.store.internal;

import io.throughline.domain.order.OrderId;
import org.jdbi.v3.core.Handle;

/** The lock of an order's row, under which its reservations, its returns and its invoices change. */
public final class OrderLock {
    private OrderLock() {}

    /** Nobody else takes it until the transaction ends. */
    public static void lock(Handle handle, OrderId order) {
        if (handle.createQuery("select true from customer_order where id = :order for no key update")
                .bind("order", order.value())
                .mapTo(Boolean.class)
                .findOne()
                .isEmpty()) {
            throw new IllegalArgumentException("order " + order + " is not stored");
        }
    }
}
