package io.throughline.store.fulfillment;

import com.fasterxml.jackson.core.type.TypeReference;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkLists;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceLine;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What facilities have to do, in PostgreSQL. */
public final class PostgresWorkLists implements WorkLists {
    private static final TypeReference<List<Shipper>> SHIPPERS = new TypeReference<>() {};

    private final Transactions transactions;
    private final TraceWriter trace;

    public PostgresWorkLists(Transactions transactions, TraceWriter trace) {
        this.transactions = transactions;
        this.trace = trace;
    }

    @Override
    public List<Item> at(
            FacilityId facility, Set<FulfillmentStatus> statuses, Optional<FulfillmentOrderId> after, int limit) {
        return transactions.with(handle -> handle.createQuery("""
                        select %s, o.name as order_name, o.policy_version, f.arrived_at, w.content ->> 'name' as customer,
                            w.content ->> 'shipTo' as ship_to,
                            (select p.content #>> '{}' from person p where p.ref = :words || f.id || '/arrival') as spot
                        from fulfillment_order f
                            join customer_order o on o.id = f.order_id
                            left join order_version v on v.order_id = o.id and v.number = o.version_number
                            left join person w on w.ref = v.body ->> 'customer'
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
                        Columns.optionalText(row, "policy_version"),
                        Columns.optionalText(row, "customer"),
                        Columns.optionalText(row, "ship_to").map(text -> CanonicalJson.read(text, PostalAddress.class)),
                        Columns.optionalInstant(row, "arrived_at"),
                        Columns.optionalText(row, "spot")))
                .list());
    }

    /** One after the other: each entry locks the line of its order. */
    @Override
    public void shown(List<FulfillmentOrderId> works, String actor) {
        unseen(works, actor)
                .forEach(id -> transactions.run(handle -> trace.append(
                        handle,
                        id.value(),
                        key(id, actor),
                        "work.person-shown",
                        actor + " was shown whose " + id + " is",
                        Map.of("work", id.value(), "actor", actor),
                        List.of())));
    }

    private static String key(FulfillmentOrderId id, String actor) {
        return "shown " + id + " to " + actor;
    }

    private List<FulfillmentOrderId> unseen(List<FulfillmentOrderId> works, String actor) {
        Set<String> seen = transactions.with(handle -> handle.createQuery("""
                        select entry_key from trace_entry
                        where subject = any(cast(:lines as text[])) and entry_key = any(cast(:keys as text[]))
                        """)
                .bindArray(
                        "lines",
                        String.class,
                        works.stream().map(id -> TraceLine.of(id.value())).toList())
                .bindArray(
                        "keys",
                        String.class,
                        works.stream().map(id -> key(id, actor)).toList())
                .mapTo(String.class)
                .set());
        return works.stream().filter(id -> !seen.contains(key(id, actor))).toList();
    }

    @Override
    public List<Sold> soldAt(FacilityId store, Optional<OrderId> after, int limit) {
        return transactions.with(handle -> handle.createQuery("""
                        select o.id, o.name, o.status, o.received_at,
                            (select coalesce(jsonb_agg(jsonb_build_object('facility', f.facility, 'status', f.status,
                                    'trackingNumber', f.tracking_number) order by f.ordinal), '[]')
                                from fulfillment_order f where f.order_id = o.id) as shippers
                        from submitted_order s join customer_order o on o.id = s.order_id
                        where s.body ->> 'soldAt' = :store
                            and (cast(:after as text) is null
                                or (o.received_at, o.id)
                                    < (select a.received_at, a.id from customer_order a where a.id = :after))
                        order by o.received_at desc, o.id desc limit :limit
                        """)
                .bind("store", store.value())
                .bind("after", after.map(OrderId::value).orElse(null))
                .bind("limit", limit)
                .map((row, context) -> new Sold(
                        new OrderId(row.getString("id")),
                        row.getString("name"),
                        OrderStatus.valueOf(row.getString("status")),
                        Columns.instant(row, "received_at"),
                        CanonicalJson.read(row.getString("shippers"), SHIPPERS)))
                .list());
    }
}
