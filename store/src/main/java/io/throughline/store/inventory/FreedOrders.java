package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.Booking;
import io.throughline.store.inbox.InboxRows;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Wakes an order that waits for nothing any more, in the transaction that frees the last of it. Inbox dispatchers look every few seconds, so no bell is rung. */
final class FreedOrders {
    private static final String TOPIC = "throughline/freed";

    private FreedOrders() {}

    static void wake(Handle handle, String order, Instant now) {
        handle.createQuery("""
                        select account from customer_order where id = :order and not exists (
                            select from reservation where order_id = :order and state = 'BACKORDERED')
                        """)
                .bind("order", order)
                .mapTo(String.class)
                .findOne()
                .ifPresent(account -> InboxRows.insert(
                        handle,
                        AccountId.of(account),
                        TOPIC,
                        order + "/" + UUID.randomUUID(),
                        Booking.Freed.subject(order),
                        "{}",
                        now));
    }
}
