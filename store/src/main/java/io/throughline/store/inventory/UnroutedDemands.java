package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.UnroutedDemand;
import io.throughline.domain.order.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What is reserved at no facility yet, by component and from where it may be served. */
final class UnroutedDemands {
    private UnroutedDemands() {}

    /** Demand without a facility, by component and from where it may be served. */
    static Map<Sku, List<FreeStock.Demand>> demand(Handle handle, Collection<Sku> skus) {
        return handle.createQuery("""
            select sku, among, sum(quantity) as units from reservation
            where sku = any(cast(:skus as text[])) and facility = 'UNROUTED' and state = 'HELD'
            group by sku, among
            """)
                .bindArray("skus", String.class, skus.stream().map(Sku::value).toList())
                .map((row, context) -> Map.entry(Sku.of(row.getString("sku")), demandIn(row)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /**
     * The same as an account's system has to be told of it. That has committed what its own orders sold by itself, so of these there is
     * only what concerns {@code parts} of bundles, with the SKU that was sold. What an order has another name for is committed under that name,
     * and counts as others' does.
     */
    static List<Claims.Claim> claims(Handle handle, Collection<Sku> skus, Collection<Sku> parts, AccountId account) {
        return handle.createQuery("""
            select sku, among, sold, sum(quantity) as units
            from (
                select r.sku, r.among, r.quantity, case when o.account = :account and not exists (
                        select from product_name n
                        where n.account = o.account and n.order_id = o.id and n.sku = r.sku) then coalesce((
                        select line ->> 'sku' from order_version v, jsonb_array_elements(v.body -> 'lines') line
                        where v.order_id = o.id and v.number = o.version_number and line ->> 'id' = r.line_id
                        limit 1), r.sku) end as sold
                from reservation r left join customer_order o on o.id = r.order_id
                where r.sku = any(cast(:skus as text[])) and r.facility = 'UNROUTED' and r.state = 'HELD'
                    and (o.account is distinct from :account
                        or exists (select from product_name n
                            where n.account = o.account and n.order_id = o.id and n.sku = r.sku)
                        or r.sku = any(cast(:parts as text[])))) claim
            group by sku, among, sold order by sku, among, sold
            """)
                .bindArray("skus", String.class, skus.stream().map(Sku::value).toList())
                .bindArray("parts", String.class, parts.stream().map(Sku::value).toList())
                .bind("account", account.value())
                .map((row, context) -> new Claims.Claim(
                        Sku.of(row.getString("sku")),
                        Optional.ofNullable(row.getString("sold")).map(Sku::of),
                        demandIn(row)))
                .list();
    }

    /** The same of one order and of all others, by component. */
    static Map<Sku, UnroutedDemand> demandAround(Handle handle, Collection<Sku> skus, OrderId order) {
        List<DemandRow> rows = handle.createQuery("""
            select sku, among, coalesce(order_id = :order, false) as own, sum(quantity) as units
            from reservation
            where sku = any(cast(:skus as text[])) and facility = 'UNROUTED' and state = 'HELD'
            group by sku, among, own
            """)
                .bindArray("skus", String.class, skus.stream().map(Sku::value).toList())
                .bind("order", order.value())
                .map((row, context) ->
                        new DemandRow(Sku.of(row.getString("sku")), row.getBoolean("own"), demandIn(row)))
                .list();
        return skus.stream()
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(),
                        sku -> new UnroutedDemand(demandOf(rows, sku, true), demandOf(rows, sku, false))));
    }

    private record DemandRow(Sku sku, boolean own, FreeStock.Demand demand) {}

    private static List<FreeStock.Demand> demandOf(List<DemandRow> rows, Sku sku, boolean own) {
        return rows.stream()
                .filter(row -> row.sku().equals(sku) && row.own() == own)
                .map(DemandRow::demand)
                .toList();
    }

    private static FreeStock.Demand demandIn(ResultSet row) throws SQLException {
        return new FreeStock.Demand(Reservations.among(row), row.getLong("units"));
    }
}
