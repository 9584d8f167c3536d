package io.throughline.store.returns;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.order.OrderId;
import org.jdbi.v3.core.Handle;

/**
 * Whoever asks for a return of a customer waits for whoever asks for another one of theirs, so that two who come at once don't both find a limit kept.
 * It is taken after the lock of an order, by the names of the locks of returns without a receipt.
 */
final class CustomerLock {
    private CustomerLock() {}

    /** Who has no e-mail address, or was forgotten, has no other orders to wait for. */
    static void lock(Handle handle, OrderId order) {
        handle.createQuery("""
            select pg_advisory_xact_lock(hashtextextended('blind-return/customer/' || lower(p.content ->> 'email'), 0))
            from person p where p.ref = :person and p.content ->> 'email' is not null
            """)
                .bind("person", CustomerRef.of(order).value())
                .mapToMap()
                .list();
    }
}
