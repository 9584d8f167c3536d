package io.throughline.store.order;

import io.throughline.store.rebuild.Derivation;
import io.throughline.store.rebuild.LockedRows;

/** Which version of an order holds is the last that was stored. */
public final class OrderVersions {
    private static final String OTHERWISE = """
            from customer_order o
            left join lateral (
                select v.number, v.version from order_version v where v.order_id = o.id
                order by v.number desc limit 1) stored on true
            where o.id = any(cast(:ids as text[]))
                and (o.version_number, o.version) is distinct from (coalesce(stored.number, 0), stored.version)
            """;

    private OrderVersions() {}

    public static Derivation derivation() {
        return new LockedRows(
                "customer_order", 500, "select o.id " + OTHERWISE + " order by o.id", """
                update customer_order set version_number = held.number, version = held.version
                from (select o.id, coalesce(stored.number, 0) as number, stored.version\s""" + OTHERWISE + """
                ) held where customer_order.id = held.id
                """);
    }
}
