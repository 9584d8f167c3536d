package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.store.inbox.InboxRows;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Wakes the orders whose stock a transaction changes, as part of it. Inbox dispatchers look every few seconds, so no bell is rung.
 */
final class StockHints {
    private StockHints() {}

    /** What an order is told. */
    enum News {
        /** It waits for nothing any more. */
        FREED,
        /** It waits on, for another date or for none that is known. */
        REPROMISED,
        /** What it waited for in vain is expected again. */
        EXPECTED,
        /** A sale that happened took what was reserved for it. */
        DISPLACED
    }

    /** An order that goes out whole and got only part of what it waits for is not told: there is nothing yet that it could do. */
    static void tell(Handle handle, String order, News news, Instant now) {
        handle.createQuery("""
            select account from customer_order where id = :order and (not :freed or in_parts or not exists (
                select from reservation where order_id = :order and state = 'BACKORDERED'))
            """)
                .bind("order", order)
                .bind("freed", news == News.FREED)
                .mapTo(String.class)
                .findOne()
                .ifPresent(account -> InboxRows.insert(
                        handle,
                        AccountId.of(account),
                        OrderStock.TOPIC + news,
                        order + "/" + UUID.randomUUID(),
                        OrderStock.subject(order),
                        "{}",
                        now));
    }
}
