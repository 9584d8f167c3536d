package io.throughline.store.order;

import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.CanonicalJson;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads what the channels have told of orders. */
public final class VersionRows {
    private VersionRows() {}

    public static Optional<Order> newest(Handle handle, OrderId id) {
        return read(handle, id, "limit 1").stream().findFirst();
    }

    /** The newest of an order that must have been read. */
    public static Order known(Handle handle, OrderId id) {
        return newest(handle, id).orElseThrow(() -> new IllegalArgumentException("order " + id + " was not read yet"));
    }

    public static List<Order> newestFirst(Handle handle, OrderId id) {
        return read(handle, id, "");
    }

    private static List<Order> read(Handle handle, OrderId id, String limit) {
        return handle.createQuery("select body from order_version where order_id = :id order by number desc " + limit)
                .bind("id", id.value())
                .mapTo(String.class)
                .map(body -> CanonicalJson.read(body, Order.class))
                .list();
    }
}
