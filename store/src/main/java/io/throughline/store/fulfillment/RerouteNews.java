package io.throughline.store.fulfillment;

import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the reroutes of an order have to hear of it, as part of another noun's transaction. */
public final class RerouteNews {
    private RerouteNews() {}

    /** Its channel has told another version: lines may be off it, or go to another address. */
    public static void changed(Handle handle, OrderKey key, int version, Instant now) {
        open(handle, OrderId.of(key).value())
                .forEach(id -> RerouteRows.wake(handle, key, id, "version/" + version, now));
    }

    /** Those of the order that are open. */
    public static List<RerouteId> open(Handle handle, String order) {
        return handle.createQuery("select id from reroute where order_id = :order and ended_at is null order by id")
                .bind("order", order)
                .mapTo(String.class)
                .map(RerouteId::new)
                .list();
    }
}
