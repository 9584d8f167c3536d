package io.throughline.store.fulfillment;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkLists;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What facilities have to do, in PostgreSQL. */
public final class PostgresWorkLists implements WorkLists {
    private final Transactions transactions;

    public PostgresWorkLists(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Item> at(
            FacilityId facility, Set<FulfillmentStatus> statuses, Optional<FulfillmentOrderId> after, int limit) {
        return transactions.with(handle -> handle.createQuery("""
                        select %s, o.name as order_name, f.arrived_at,
                            (select p.content ->> 'name' from person p where p.ref = v.body ->> 'customer') as customer,
                            (select p.content #>> '{}' from person p where p.ref = :words || f.id || '/arrival') as spot
                        from fulfillment_order f
                            join customer_order o on o.id = f.order_id
                            left join order_version v on v.order_id = o.id and v.number = o.version_number
                        where f.facility = :facility and f.status = any(cast(:statuses as text[]))
                            and (cast(:after as text) is null
                                or (f.arrived_at is null, coalesce(f.arrived_at, f.deadline, 'infinity'), f.id)
                                    > (select a.arrived_at is null, coalesce(a.arrived_at, a.deadline, 'infinity'), a.id
                                        from fulfillment_order a where a.id = :after))
                        order by f.arrived_at is null, coalesce(f.arrived_at, f.deadline, 'infinity'), f.id
                        limit :limit
                        """.formatted(FulfillmentRows.COLUMNS))
                .bind("words", PersonRows.WORDS)
                .bind("facility", facility.value())
                .bindArray(
                        "statuses",
                        String.class,
                        statuses.stream().map(FulfillmentStatus::name).toList())
                .bind("after", after.map(FulfillmentOrderId::value).orElse(null))
                .bind("limit", limit)
                .map((row, context) -> new Item(
                        FulfillmentRows.map(row),
                        row.getString("order_name"),
                        Columns.optionalText(row, "customer"),
                        Columns.optionalInstant(row, "arrived_at"),
                        Columns.optionalText(row, "spot")))
                .list());
    }
}
