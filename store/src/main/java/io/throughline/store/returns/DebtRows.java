package io.throughline.store.returns;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.order.OrderId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code return_debt}. */
final class DebtRows {
    /** What the person of an order owes, with that order or others: by {@code :order} and {@code :person}. */
    static final String OWED = """
            return_debt d where d.outcome is distinct from 'WAIVED' and d.order_id in (
                select cast(:order as text)
                union
                select other.line from person mine
                join person other on lower(other.content ->> 'email') = lower(mine.content ->> 'email')
                    and starts_with(other.ref, 'P-')
                where mine.ref = :person)
            """;

    private DebtRows() {}

    /** For which return the person of an order owes something; of several, the first. */
    static Optional<String> owed(Handle handle, OrderId order) {
        return handle.createQuery("select d.return_id from " + OWED + " order by d.owed_at, d.return_id limit 1")
                .bind("order", order.value())
                .bind("person", CustomerRef.of(order).value())
                .mapTo(String.class)
                .findOne();
    }
}
