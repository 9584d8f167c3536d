package io.throughline.store.measure;

import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.domain.measure.RequestTallies.Tally;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The time within which 95 of 100 requests to the API were answered, as the lowest bound of those that are counted by. */
final class ApiPerformance {
    private ApiPerformance() {}

    /** Beyond the highest bound nothing better than infinity can be told. */
    static KpiReading read(Handle handle, KpiScope scope) {
        return Scoped.bind(handle.createQuery("""
                        with answered as (
                            select within_ms, sum(requests) as requests,
                                coalesce(sum(requests) filter (where failed), 0) as failed
                            from request_tally where slot >= :from and slot < :to group by within_ms),
                        ranked as (
                            select *, sum(requests) over (order by within_ms) as up_to, sum(requests) over () as total,
                                sum(failed) over () as all_failed
                            from answered)
                        select coalesce(max(total), 0) as total, coalesce(max(all_failed), 0) as failed,
                            coalesce(min(within_ms) filter (where up_to >= 0.5 * total), 0) as median,
                            coalesce(min(within_ms) filter (where up_to >= 0.95 * total), 0) as p95
                        from ranked
                        """), scope)
                .map((row, context) -> new KpiReading(
                        Kpi.API_PERFORMANCE,
                        row.getLong("total"),
                        row.getLong("total") == 0 ? Optional.empty() : Optional.of(seconds(row.getInt("p95"))),
                        Map.of(
                                "medianSeconds", seconds(row.getInt("median")),
                                "failed", row.getDouble("failed"))))
                .one();
    }

    private static double seconds(int millis) {
        return millis == Tally.LONGER ? Double.POSITIVE_INFINITY : millis / 1000.0;
    }
}
