package io.throughline.store.fulfillment;

import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.fulfillment.RerouteRows.Opening;
import io.throughline.store.internal.TraceWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Work that is asked back because its order was edited, as part of the transaction of the edit, which holds the rows of the order and of its work. */
public final class EditRecalls {
    private EditRecalls() {}

    /** What is on its way from one facility to another, and does not wait for supply. */
    public static Optional<Reroute> underWay(Handle handle, OrderId order) {
        return RerouteRows.where(
                        handle, "and r.ended_at is null and r.status <> 'WAITING' order by r.id", order.value())
                .stream()
                .findFirst();
    }

    public static void open(
            Handle handle, TraceWriter trace, OrderKey order, List<FulfillmentOrder> askedBack, Instant now) {
        askedBack.forEach(one -> {
            Opening opening = new Opening(one, RerouteCause.EDITED, Optional.empty());
            RerouteId id = RerouteRows.open(handle, order, opening, now);
            RerouteRows.tellOpened(handle, trace, id, opening);
        });
    }
}
