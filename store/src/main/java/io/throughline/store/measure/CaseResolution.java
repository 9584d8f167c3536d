package io.throughline.store.measure;

import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How long the cases that were closed in a period had been open, on average. */
final class CaseResolution {
    private CaseResolution() {}

    static KpiReading read(Handle handle, KpiScope scope) {
        return Scoped.bind(handle.createQuery("""
                        select count(*) as closed, avg(seconds) as mean, count(*) filter (where late) as late,
                            percentile_disc(0.5) within group (order by seconds) as median
                        from (
                            select extract(epoch from closed_at - opened_at)::float8 as seconds, closed_at > due_at as late
                            from support_case
                            where status = 'CLOSED' and closed_at >= :from and closed_at < :to
                                and (cast(:account as text) is null or account = :account)) resolved
                        """), scope)
                .map((row, context) -> new KpiReading(
                        Kpi.MEAN_TIME_TO_RESOLUTION,
                        row.getLong("closed"),
                        row.getLong("closed") == 0 ? Optional.empty() : Optional.of(row.getDouble("mean")),
                        Map.of(
                                "late", row.getDouble("late"),
                                "medianSeconds", row.getDouble("median"))))
                .one();
    }
}
