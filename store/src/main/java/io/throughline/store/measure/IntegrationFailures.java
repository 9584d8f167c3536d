package io.throughline.store.measure;

import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Of the attempts to change an outside system, the share that failed, was refused, or ended nobody knows how. */
final class IntegrationFailures {
    private IntegrationFailures() {}

    /** Attempts count for the period in which their effect changed last. One that is under way is not judged. */
    static KpiReading read(Handle handle, KpiScope scope) {
        return Scoped.bind(handle.createQuery("""
                        select coalesce(sum(judged), 0) as attempts,
                            coalesce(sum(judged - case when state in ('SUCCEEDED', 'SHADOWED') then 1 else 0 end), 0) as failed,
                            count(*) filter (where state = 'REFUSED') as refused,
                            count(*) filter (where state = 'UNKNOWN') as unknown
                        from (
                            select state, attempts - case when state = 'LEASED' then 1 else 0 end as judged
                            from effect
                            where changed_at >= :from and changed_at < :to and attempts > 0
                                and (cast(:account as text) is null or account = :account)) tried
                        """), scope)
                .map((row, context) -> KpiReading.share(
                        Kpi.INTEGRATION_FAILURE_RATE,
                        row.getLong("failed"),
                        row.getLong("attempts"),
                        Map.of(
                                "failed", row.getDouble("failed"),
                                "refused", row.getDouble("refused"),
                                "unknown", row.getDouble("unknown"))))
                .one();
    }
}
