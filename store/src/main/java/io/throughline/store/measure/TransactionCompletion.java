package io.throughline.store.measure;

import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Of the orders and closed store days of a period that should have come to their end by now, the share that has, books and all. */
final class TransactionCompletion {
    private TransactionCompletion() {}

    /** What began at {@code ordersDueBefore} or {@code daysDueBefore}, or later, may still be on its way. A store day has no account. */
    static KpiReading read(Handle handle, KpiScope scope, Instant ordersDueBefore, Instant daysDueBefore) {
        return Scoped.bind(handle.createQuery("""
                        select count(*) as due, count(*) filter (where complete) as complete,
                            count(*) filter (where day) as days
                        from (
                            select o.status = 'COMPLETED' and o.posting = 'CONFIRMED' as complete, false as day,
                                o.received_at < :ordersDue as due
                            from customer_order o where o.status not in ('CANCELLED', 'REJECTED') and %s
                            union all
                            select s.settled_at is not null, true, s.closed_at < :daysDue
                            from store_day_summary s join store_day d on d.id = s.store_day
                            where s.closed_at >= :from and s.closed_at < :to and cast(:account as text) is null
                                and (cast(:facility as text) is null or d.facility = :facility)) begun
                        where complete or due
                        """.formatted(Scoped.ORDER_OF_PERIOD)), scope)
                .bind("ordersDue", Columns.at(ordersDueBefore))
                .bind("daysDue", Columns.at(daysDueBefore))
                .map((row, context) -> KpiReading.share(
                        Kpi.BUSINESS_TRANSACTION_COMPLETION,
                        row.getLong("complete"),
                        row.getLong("due"),
                        Map.of(
                                "complete", row.getDouble("complete"),
                                "storeDays", row.getDouble("days"))))
                .one();
    }
}
