package io.throughline.store.measure;

import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Of the counts at a shelf, the share that found exactly what the ledger said. */
final class InventoryAccuracy {
    private InventoryAccuracy() {}

    /**
     * A count that came when a later one was booked already says nothing about the ledger, and a system's word that the ledger follows was
     * counted by nobody.
     */
    static KpiReading read(Handle handle, KpiScope scope) {
        return Scoped.bind(handle.createQuery("""
                        select count(*) as counts, count(*) filter (where m.quantity = 0) as exact,
                            coalesce(sum(m.stated), 0) as counted, coalesce(sum(abs(m.quantity)), 0) as apart
                        from stock_movement m
                        where m.kind = 'COUNT' and m.measure = 'ON_HAND' and m.part = 0 and m.corrects = 0
                            and m.source_id not like 'word/%'
                            and m.recorded_at >= :from and m.recorded_at < :to
                            and (cast(:account as text) is null or m.source = :account)
                            and (cast(:facility as text) is null or m.facility = :facility)
                            and not exists (
                                select from stock_movement later
                                where later.sku = m.sku and later.facility = m.facility and later.measure = m.measure
                                    and later.kind in ('OPENING', 'COUNT') and later.part = 0
                                    and later.occurred_at > m.occurred_at and later.ordinal < m.ordinal)
                        """), scope)
                .map((row, context) -> KpiReading.share(
                        Kpi.INVENTORY_ACCURACY,
                        row.getLong("exact"),
                        row.getLong("counts"),
                        Map.of(
                                "exact", row.getDouble("exact"),
                                "unitsCounted", row.getDouble("counted"),
                                "unitsApart", row.getDouble("apart"))))
                .one();
    }
}
