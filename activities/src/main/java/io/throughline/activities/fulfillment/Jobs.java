package io.throughline.activities.fulfillment;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;

/** Finds a job as it stands now; a step that has changed something, and must know, finds it again. */
final class Jobs {
    private final Orders orders;
    private final Facilities facilities;
    private final Bundles bundles;

    Jobs(Orders orders, Facilities facilities, Bundles bundles) {
        this.orders = orders;
        this.facilities = facilities;
        this.bundles = bundles;
    }

    Job get(FulfillmentOrderId id) {
        OrderView order = orders.view(id.order()).orElseThrow();
        FulfillmentOrder found = order.fulfillmentOrders().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no fulfillment order " + id));
        return new Job(order, found, facilities.get(found.facility()), LineQuantity.goods(found.lines(), bundles));
    }
}
