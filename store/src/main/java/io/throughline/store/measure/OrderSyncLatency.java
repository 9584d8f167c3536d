package io.throughline.store.measure;

import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How long it takes from the first word of an order until the ERP has it. */
final class OrderSyncLatency {
    private OrderSyncLatency() {}

    /** Whoever still waits has waited until now, so that an order which never gets there does not make the figure better. */
    static KpiReading read(Handle handle, KpiScope scope, Instant now) {
        return Scoped.bind(handle.createQuery("""
                        select count(*) as orders, count(*) filter (where told_at is null) as waiting,
                            percentile_disc(0.5) within group (order by seconds) as median,
                            percentile_disc(0.95) within group (order by seconds) as p95,
                            max(seconds) as longest
                        from (
                            select told_at, extract(epoch from coalesce(told_at, :now) - received_at)::float8 as seconds
                            from (
                                select o.received_at, o.status, (
                                    select min(e.changed_at) from effect e
                                    where e.subject = o.id and e.operation = 'announce'
                                        and e.state in ('SUCCEEDED', 'SHADOWED')) as told_at
                                from customer_order o where %s) heard
                            where told_at is not null or status not in ('COMPLETED', 'CANCELLED', 'REJECTED')) told
                        """.formatted(Scoped.ORDER_OF_PERIOD)), scope)
                .bind("now", Columns.at(now))
                .map((row, context) -> new KpiReading(
                        Kpi.ORDER_SYNC_LATENCY,
                        row.getLong("orders"),
                        row.getLong("orders") == 0 ? Optional.empty() : Optional.of(row.getDouble("p95")),
                        Map.of(
                                "waiting", row.getDouble("waiting"),
                                "medianSeconds", row.getDouble("median"),
                                "longestSeconds", row.getDouble("longest"))))
                .one();
    }
}
