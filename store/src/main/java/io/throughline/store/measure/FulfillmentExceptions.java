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

    /** A case about a facility's work names it at the end of its step. What is silent goes elsewhere without one. */
    static KpiReading read(Handle handle, KpiScope scope) {
        return Scoped.bind(handle.createQuery("""
                        with given as materialized (
                            select f.id, f.status, o.id as order_id
                            from customer_order o join fulfillment_order f on f.order_id = o.id
                            where o.received_at >= :from and o.received_at < :to
                                and (cast(:account as text) is null or o.account = :account)
                                and (cast(:facility as text) is null or f.facility = :facility)),
                        told as (
                            select status, exists (
                                    select from support_case c
                                    where c.subject = given.order_id and c.code = any(cast(:codes as text[]))
                                        and right(c.step, length(given.id) + 1) = ' ' || given.id)
                                or exists (
                                    select from reroute r
                                    where r.order_id = given.order_id and r.work_id = given.id
                                        and r.cause in ('SILENT', 'CARRIER')) as had_case
                            from given)
                        select count(*) as works, count(*) filter (where status = 'REJECTED') as rejected,
                            count(*) filter (where status = 'REJECTED' or had_case) as exceptions
                        from told where status <> 'CANCELLED' or had_case
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
