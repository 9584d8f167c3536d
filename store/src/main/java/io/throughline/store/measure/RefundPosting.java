package io.throughline.store.measure;

import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.domain.returns.Exchange;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Of the refunds of a period that must be in the books by now, the share that the ERP has confirmed. */
final class RefundPosting {
    private RefundPosting() {}

    /**
     * What was stored at {@code dueBefore} or later may still be on its way. A refund that the channel never made has no journal. What was given
     * back over a counter is in the sum of its store's day, where sales make up for it: it counts by itself, and the sums do not. What has paid
     * for goods in exchange is given to nobody.
     */
    static KpiReading read(Handle handle, KpiScope scope, Instant dueBefore) {
        return Scoped.bind(handle.createQuery("""
            select count(*) filter (where confirmed) as confirmed, count(*) filter (where missing) as missing,
                count(*) as refunds
            from (
                select j.status = 'CONFIRMED' as confirmed, false as missing
                from journal j
                    left join customer_order o on o.id = coalesce(j.order_id,
                        (select r.order_id from goods_return r where r.id = j.return_id))
                where j.kind = 'REVERSAL' and j.store_day is null and j.stored_at >= :from and j.stored_at < :to
                    and (j.status = 'CONFIRMED' or j.stored_at < :dueBefore)
                    and not exists (
                        select from journal_line l
                        where l.reference = j.reference and l.role = 'CLEARING' and l.detail = :exchange)
                    and %1$s
                union all
                select settled and not never_made, never_made
                from (
                    select s.settled_at is not null as settled, s.closed_at < :dueBefore as due, exists (
                            select from support_case k where k.subject = c.id and k.code = 'REFUND_MISSING'
                                and k.status in ('OPEN', 'DECIDED')) as never_made
                    from counter_return c
                        left join store_day_entry e on e.facility = c.store and e.sale_id = c.id
                            and e.version = c.booked and not e.taken_back
                        left join store_day_summary s on s.store_day = e.store_day and s.number = e.summary
                    where c.taken_at >= :from and c.taken_at < :to and c.refused_at is null
                        and cast(:account as text) is null
                        and (cast(:facility as text) is null or c.store = :facility)) counter
                where settled or due or never_made
                union all
                select false, true
                from support_case c join customer_order o on o.id = coalesce(
                    (select r.order_id from goods_return r where r.id = c.subject), c.subject)
                where c.status in ('OPEN', 'DECIDED') and c.code = 'REFUND_MISSING'
                    and c.opened_at >= :from and c.opened_at < :to and %1$s) owed
            """.formatted(Scoped.ORDER)), scope)
                .bind("dueBefore", Columns.at(dueBefore))
                .bind("exchange", Exchange.GATEWAY)
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
