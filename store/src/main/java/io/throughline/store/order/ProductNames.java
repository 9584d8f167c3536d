package io.throughline.store.order;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderLine;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Which products of ours are meant by the names that a channel has for them, as people have decided: for an order, or for all of an account. */
public final class ProductNames {
    private static final String ALL = "";

    private ProductNames() {}

    /** The last word counts; what was to be called by such a name itself is what that means from now on. */
    public static void decide(
            Handle handle,
            AccountId account,
            OrderId order,
            Map<String, String> names,
            boolean forAccount,
            String actor,
            Instant now) {
        names.forEach((name, sku) -> {
            put(handle, account, order.value(), name, sku, actor, now);
            if (forAccount) {
                put(handle, account, ALL, name, sku, actor, now);
            }
        });
    }

    private static void put(
            Handle handle, AccountId account, String order, String name, String sku, String actor, Instant now) {
        handle.createUpdate("""
                        update product_name set sku = :sku, actor = :actor, since = :now
                        where account = :account and order_id = :order and sku = :name
                        """)
                .bind("account", account.value())
                .bind("order", order)
                .bind("name", name)
                .bind("sku", sku)
                .bind("actor", actor)
                .bind("now", Columns.at(now))
                .execute();
        handle.createUpdate("""
                        insert into product_name (account, order_id, name, sku, actor, since)
                        values (:account, :order, :name, :sku, :actor, :now)
                        on conflict (account, order_id, name) do update
                            set sku = excluded.sku, actor = excluded.actor, since = excluded.since
                        """)
                .bind("account", account.value())
                .bind("order", order)
                .bind("name", name)
                .bind("sku", sku)
                .bind("actor", actor)
                .bind("now", Columns.at(now))
                .execute();
    }

    /**
     * The order with our products in it, of which its row is locked. It keeps those names of the account that it was taken in with; what was let through
     * before there was such a name stays what it is. A name that has become a product of ours itself means that.
     */
    public static Order in(Handle handle, Order told, Instant now) {
        Map<Sku, Sku> products = new HashMap<>();
        handle.createQuery("""
                        with used as (
                            select distinct on (name) name, sku, order_id, actor from product_name
                            where account = :account and order_id in ('', :order)
                                and name = any(cast(:names as text[]))
                                and (order_id <> '' or (
                                    not exists (select from product where product.sku = name)
                                    and exists (select from customer_order o
                                        where o.id = :order and o.status in ('RECEIVED', 'VALIDATED'))))
                            order by name, order_id desc),
                        kept as (
                            insert into product_name (account, order_id, name, sku, actor, since)
                            select :account, :order, name, sku, actor, :now from used where order_id = ''
                            on conflict do nothing),
                        marked as (
                            update customer_order set amended = true
                            where id = :order and not amended and exists (select from used))
                        select name, sku from used
                        """)
                .bind("account", told.key().account().value())
                .bind("order", told.id().value())
                .bind("now", Columns.at(now))
                .bindArray(
                        "names",
                        String.class,
                        told.lines().stream()
                                .map(OrderLine::sku)
                                .map(Sku::value)
                                .distinct()
                                .toList())
                .map((row, context) -> Map.entry(Sku.of(row.getString("name")), Sku.of(row.getString("sku"))))
                .forEach(pair -> products.put(pair.getKey(), pair.getValue()));
        return products.isEmpty() ? told : told.naming(products);
    }
}
