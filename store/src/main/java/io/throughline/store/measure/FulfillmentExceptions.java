package io.throughline.store.measure;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Of the work given to facilities for the orders of a period, the share that did not go as it should there. */
final class FulfillmentExceptions {
    private static final List<FailureCode> CODES = List.of(
            FailureCode.FACILITY_REJECTED,
            FailureCode.FACILITY_SILENT,
            FailureCode.FACILITY_REFUSED,
            FailureCode.RECALL_REFUSED,
            FailureCode.GOODS_OUTSTANDING);

    private FulfillmentExceptions() {}

    /** A case about a facility's work names it at the end of its step. */
    static KpiReading read(Handle handle, KpiScope scope) {
        return Scoped.bind(handle.createQuery("""
                        select count(*) as works, count(*) filter (where rejected) as rejected,
                            count(*) filter (where rejected or had_case) as exceptions
                        from (
                            select f.status = 'REJECTED' as rejected, f.status, exists (
                                select from support_case c
                                where c.subject = o.id and c.code = any(cast(:codes as text[]))
                                    and right(c.step, length(f.id) + 1) = ' ' || f.id) as had_case
                            from customer_order o join fulfillment_order f on f.order_id = o.id
                            where o.received_at >= :from and o.received_at < :to
                                and (cast(:account as text) is null or o.account = :account)
                                and (cast(:facility as text) is null or f.facility = :facility)) given
                        where status <> 'CANCELLED' or had_case
                        """), scope)
                .bindArray("codes", String.class, CODES.stream().map(Enum::name).toList())
                .map((row, context) -> KpiReading.share(
                        Kpi.FULFILLMENT_EXCEPTION_RATE,
                        row.getLong("exceptions"),
                        row.getLong("works"),
                        Map.of(
                                "exceptions", row.getDouble("exceptions"),
                                "rejected", row.getDouble("rejected"))))
                .one();
    }
}
