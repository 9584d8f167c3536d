package io.throughline.store.measure;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How often a person has to say what is right where two systems differ, for each transaction. */
final class ReconciliationEffort {
    private static final List<FailureCode> CODES = List.of(
            FailureCode.STOCK_DISCREPANCY,
            FailureCode.STOCK_NOT_PUBLISHED,
            FailureCode.STOCK_UNPLACED,
            FailureCode.PRICE_MISMATCH,
            FailureCode.SALE_NOT_BOOKED,
            FailureCode.PAYMENT_MISSING,
            FailureCode.REFUND_MISSING,
            FailureCode.REFUND_DIFFERS,
            FailureCode.REFUNDED_TWICE,
            FailureCode.REFUND_UNCLEAR,
            FailureCode.PAYOUT_UNREPORTED,
            FailureCode.CHANGED_AFTER_SHIPMENT,
            FailureCode.ERP_BOOKS_DIFFER);

    private ReconciliationEffort() {}

    /** What agreed again by itself cost nobody anything. */
    static KpiReading read(Handle handle, KpiScope scope) {
        return Scoped.bind(handle.createQuery("""
                        select decided, by_itself, hours, orders + sales as transactions
                        from (
                            select count(*) filter (where decision is not null) as decided,
                                count(*) filter (where decision is null) as by_itself,
                                coalesce(sum(extract(epoch from closed_at - opened_at)::float8)
                                    filter (where decision is not null), 0) / 3600 as hours
                            from support_case
                            where status = 'CLOSED' and closed_at >= :from and closed_at < :to
                                and code = any(cast(:codes as text[]))) cases,
                            (select count(*) as orders from customer_order
                                where received_at >= :from and received_at < :to) placed,
                            (select count(*) as sales from store_sale_version
                                where heard_at >= :from and heard_at < :to) sold
                        """), scope)
                .bindArray("codes", String.class, CODES.stream().map(Enum::name).toList())
                .map((row, context) -> KpiReading.share(
                        Kpi.RECONCILIATION_EFFORT,
                        row.getLong("decided"),
                        row.getLong("transactions"),
                        Map.of(
                                "decided", row.getDouble("decided"),
                                "resolvedByItself", row.getDouble("by_itself"),
                                "hoursOpen", row.getDouble("hours"))))
                .one();
    }
}
