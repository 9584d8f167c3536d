package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.OrderReservations;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.Transactions;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads the reservations of one order. */
public final class PostgresOrderReservations implements OrderReservations {
    private final Transactions transactions;

    public PostgresOrderReservations(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Reserved> of(OrderId order) {
        return transactions.with(handle -> of(handle, order));
    }

    /** As part of a transaction of somebody else. */
    public static List<Reserved> of(Handle handle, OrderId order) {
        return handle.createQuery("""
                        select line_id, sku, facility, quantity, state from reservation where order_id = :order order by id
                        """)
                .bind("order", order.value())
                .map((row, context) -> new Reserved(
                        row.getString("line_id"),
                        Sku.of(row.getString("sku")),
                        row.getString("facility"),
                        row.getInt("quantity"),
                        row.getString("state")))
                .list();
    }
}
