package io.throughline.activities.finance;

import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.PurchaseHistory;
import java.util.List;
import java.util.Map;

/** Orders as they were sold: what came back before the ERP was told of it is told all the same, for its return gives the money back. */
final class SoldOrders {
    private final Orders orders;
    private final FulfillmentOrders work;

    SoldOrders(Orders orders, FulfillmentOrders work) {
        this.orders = orders;
        this.work = work;
    }

    /** The order itself where no version is known that has everything which left or is to leave. */
    Order of(Order order) {
        List<FulfillmentOrder> all = work.ofOrder(order.id());
        return new PurchaseHistory(List.of(order), all, Map.of())
                .sale()
                .or(() -> new PurchaseHistory(orders.versions(order.id()), all, Map.of()).sale())
                .orElse(order);
    }
}
