package io.throughline.store.inventory;

import io.throughline.domain.inventory.OrderPromise;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code order_promise}: when all that an order waits for is expected. They are written by the transaction that changes what the
 * order waits for, after everything else of it, and in the order of their names.
 */
final class OrderPromises {
    private OrderPromises() {}

    /** The order takes each part as soon as that can be had, and is told of it. */
    static void inParts(Handle handle, OrderId order) {
        handle.createUpdate("update customer_order set in_parts = true where id = :order and not in_parts")
                .bind("order", order.value())
                .execute();
    }

    static boolean isInParts(Handle handle, OrderId order) {
        return handle.createQuery("select in_parts from customer_order where id = :order")
                .bind("order", order.value())
                .mapTo(Boolean.class)
                .one();
    }

    static Optional<OrderPromise> find(Handle handle, OrderId order) {
        return handle.createQuery("""
            select number, first_at, promised_at, told_at from order_promise where order_id = :order and waits
            """)
                .bind("order", order.value())
                .map((row, context) -> {
                    Optional<Instant> latest = Columns.optionalInstant(row, "promised_at");
                    return new OrderPromise(
                            row.getInt("number"),
                            Columns.optionalInstant(row, "first_at"),
                            latest,
                            latest.equals(Columns.optionalInstant(row, "told_at")));
                })
                .findOne();
    }

    static void told(Handle handle, OrderId order, int number) {
        handle.createUpdate("""
            update order_promise set told_at = promised_at where order_id = :order and number = :number
            """)
                .bind("order", order.value())
                .bind("number", number)
                .execute();
    }

    /** Whether the order waits, and until when. */
    private record Wait(boolean waits, Optional<Instant> promisedAt) {}

    /** Writes down what follows from what waits now. Gives the promise if it has moved while the order waited; the trace is told so. */
    static Optional<OrderPromise> note(Handle handle, OrderId order, TraceWriter trace) {
        Wait before = lock(handle, order);
        // Only under the lock: another transaction may have freed something else of the order.
        Wait now = now(handle, order);
        boolean moved = before.waits() && now.waits() && !before.promisedAt().equals(now.promisedAt());
        if (before.waits() == now.waits() && !moved) {
            return Optional.empty();
        }
        handle.createUpdate("""
            update order_promise set
                waits = :waits,
                number = number + case when :waits then 1 else 0 end,
                first_at = case when waits then first_at else cast(:promisedAt as timestamptz) end,
                told_at = case when waits then told_at else cast(:promisedAt as timestamptz) end,
                promised_at = cast(:promisedAt as timestamptz)
            where order_id = :order
            """)
                .bind("order", order.value())
                .bind("waits", now.waits())
                .bind("promisedAt", Columns.at(now.promisedAt()))
                .execute();
        if (!moved) {
            return Optional.empty();
        }
        trace.append(
                handle,
                order.value(),
                "order.repromised",
                "the last of what it waits for is expected " + words(now.promisedAt()) + ", no more "
                        + words(before.promisedAt()),
                detail(before, now));
        return find(handle, order);
    }

    private static Map<String, String> detail(Wait before, Wait now) {
        Map<String, String> detail = new TreeMap<>();
        before.promisedAt().ifPresent(at -> detail.put("before", at.toString()));
        now.promisedAt().ifPresent(at -> detail.put("promisedAt", at.toString()));
        return detail;
    }

    private static String words(Optional<Instant> at) {
        return at.map(known -> "at " + known).orElse("on no day that is known");
    }

    private static Wait lock(Handle handle, OrderId order) {
        return handle.createQuery("""
            insert into order_promise (order_id, number, waits) values (:order, 0, false)
            on conflict (order_id) do update set order_id = excluded.order_id
            returning waits, promised_at
            """)
                .bind("order", order.value())
                .map((row, context) -> new Wait(row.getBoolean("waits"), Columns.optionalInstant(row, "promised_at")))
                .one();
    }

    private static Wait now(Handle handle, OrderId order) {
        return handle.createQuery("""
            select count(*) > 0 as waits, case when count(*) = count(promised_at) then max(promised_at) end as promised_at
            from reservation where order_id = :order and state = 'BACKORDERED'
            """)
                .bind("order", order.value())
                .map((row, context) -> new Wait(row.getBoolean("waits"), Columns.optionalInstant(row, "promised_at")))
                .one();
    }
}
