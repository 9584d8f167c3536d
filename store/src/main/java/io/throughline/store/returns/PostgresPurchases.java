package io.throughline.store.returns;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.PurchaseHistory;
import io.throughline.domain.returns.Purchases;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import io.throughline.store.order.VersionRows;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads what was bought from the versions of an order, its work, and the line of its trace that tells when that was handed over. */
public final class PostgresPurchases implements Purchases {
    private static final List<String> HANDED_OVER = Arrays.stream(FulfillmentStatus.values())
            .filter(FulfillmentStatus::handedOver)
            .map(FulfillmentStatus::name)
            .toList();

    private final Transactions transactions;

    public PostgresPurchases(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Purchase> find(OrderId order) {
        return transactions.with(handle -> {
            List<Order> versions = VersionRows.newestFirst(handle, order);
            return versions.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PurchaseHistory(
                                    versions, FulfillmentRows.ofOrder(handle, order), handedOverAt(handle, order))
                            .purchase());
        });
    }

    private static Map<FulfillmentOrderId, Instant> handedOverAt(Handle handle, OrderId order) {
        return handle.createQuery("""
                        select entry #>> '{detail,work}' as work, cast(entry ->> 'at' as timestamptz) as at
                        from (select cast(body as json) as entry from trace_entry where subject = :order) t
                        where entry ->> 'kind' = 'work.status' and entry #>> '{detail,to}' = any(cast(:handedOver as text[]))
                        """)
                .bind("order", order.value())
                .bindArray("handedOver", String.class, HANDED_OVER)
                .reduceRows(new HashMap<FulfillmentOrderId, Instant>(), (found, row) -> {
                    found.put(
                            new FulfillmentOrderId(row.getColumn("work", String.class)),
                            row.getColumn("at", Instant.class));
                    return found;
                });
    }

    @Override
    public int othersRefunded(OrderId order, Instant since) {
        return transactions.with(handle -> handle.createQuery("""
                        select count(distinct o.id) from person mine
                        join person other on lower(other.content ->> 'email') = lower(mine.content ->> 'email')
                            and starts_with(other.ref, 'P-')
                        join customer_order o on o.id = other.line and o.id <> :order and o.status <> 'CANCELLED'
                        join order_version v on v.order_id = o.id and v.number = o.version_number
                        where mine.ref = :person and exists (
                            select from jsonb_array_elements(v.body -> 'tenders') tender
                            where tender ->> 'kind' = 'REFUND' and tender ->> 'status' <> 'FAILURE'
                                and cast(tender ->> 'at' as timestamptz) >= :since)
                        """)
                .bind("order", order.value())
                .bind("person", CustomerRef.of(order).value())
                .bind("since", Columns.at(since))
                .mapTo(Integer.class)
                .one());
    }
}
