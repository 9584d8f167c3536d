package io.throughline.store.measure;

import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Of the refunds of a period that must be in the books by now, the share that the ERP has confirmed. */
final class RefundPosting {
    private RefundPosting() {}

    /** What was stored at {@code dueBefore} or later may still be on its way. A refund that the channel never made has no journal. */
    static KpiReading read(Handle handle, KpiScope scope, Instant dueBefore) {
        return Scoped.bind(handle.createQuery("""
            select count(*) filter (where confirmed) as confirmed, count(*) filter (where missing) as missing,
                count(*) as refunds
            from (
                select j.status = 'CONFIRMED' as confirmed, false as missing
                from journal j
                    left join customer_order o on o.id = coalesce(j.order_id,
                        (select r.order_id from goods_return r where r.id = j.return_id))
                    left join store_day d on d.id = j.store_day
                where j.kind = 'REVERSAL' and j.stored_at >= :from and j.stored_at < :to
                    and (j.status = 'CONFIRMED' or j.stored_at < :dueBefore)
                    and (cast(:account as text) is null or o.account = :account)
                    and (cast(:facility as text) is null or d.facility = :facility or exists (
                        select from fulfillment_order work
                        where work.order_id = o.id and work.facility = :facility))
                union all
                select false, true
                from support_case c join customer_order o on o.id = coalesce(
                    (select r.order_id from goods_return r where r.id = c.subject), c.subject)
                where c.status in ('OPEN', 'DECIDED') and c.code = 'REFUND_MISSING'
                    and c.opened_at >= :from and c.opened_at < :to and %s) owed
            """.formatted(Scoped.ORDER)), scope)
                .bind("dueBefore", Columns.at(dueBefore))
                .map((row, context) -> KpiReading.share(
                        Kpi.REFUND_POSTING_COMPLETION,
                        row.getLong("confirmed"),
                        row.getLong("refunds"),
                        Map.of(
                                "confirmed", row.getDouble("confirmed"),
                                "missing", row.getDouble("missing"))))
                .one();
    }
}
