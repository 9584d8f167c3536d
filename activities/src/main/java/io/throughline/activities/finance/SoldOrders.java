package io.throughline.activities.finance;

import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.PurchaseHistory;
import java.util.List;
import java.util.Map;

/** Orders as they were sold: what came back before the ERP was told of it is told all the same, for its return gives the money back. */
final class SoldOrders {
    private final Orders orders;

    SoldOrders(Orders orders) {
        this.orders = orders;
    }

    /** {@code work} is all of the order's. Line by line where no version is known that has everything which left or is to leave. */
    Order of(Order order, List<FulfillmentOrder> work) {
        return new PurchaseHistory(List.of(order), work, Map.of()).sale().orElseGet(() -> {
            PurchaseHistory all = new PurchaseHistory(orders.versions(order.id()), work, Map.of());
            return all.sale().orElseGet(all::saleByLines);
        });
    }
}
