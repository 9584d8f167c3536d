package io.throughline.connectors.shopify.fulfillment;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.domain.order.OrderKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads fulfillment orders with all their lines, alone or all of an order. */
final class ChannelWorkReader {

    Optional<ChannelWork> find(AdminApi shop, String gid) {
        return shop.call(Operation.FULFILLMENT_ORDER_READ, Map.of("id", gid), Found.class)
                .fulfillmentOrder()
                .map(work -> withAllLines(shop, work));
    }

    List<ChannelWork> ofOrder(AdminApi shop, OrderKey order) {
        return ofOrder(shop, Gid.of("Order", order.externalId()));
    }

    List<ChannelWork> ofOrder(AdminApi shop, String orderGid) {
        List<ChannelWork> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Map<String, Object> variables = new LinkedHashMap<>();
            variables.put("orderId", orderGid);
            next.ifPresent(after -> variables.put("after", after));
            Optional<OrdersWork> page = shop.call(Operation.FULFILLMENT_ORDERS_BY_ORDER, variables, OrderFound.class)
                    .order();
            page.ifPresent(found -> all.addAll(found.fulfillmentOrders().nodes()));
            next = page.flatMap(found -> found.fulfillmentOrders().next());
        } while (next.isPresent());
        return all.stream().map(work -> withAllLines(shop, work)).toList();
    }

    private static ChannelWork withAllLines(AdminApi shop, ChannelWork work) {
        Optional<String> next = work.lineItems().next();
        if (next.isEmpty()) {
            return work;
        }
        List<ChannelWork.Line> lines = new ArrayList<>(work.lineItems().nodes());
        while (next.isPresent()) {
            Optional<Lines> page = shop.call(
                            Operation.FULFILLMENT_ORDER_LINES_PAGE,
                            Map.of("id", work.id(), "after", next.get()),
                            LinesFound.class)
                    .fulfillmentOrder();
            page.ifPresent(found -> lines.addAll(found.lineItems().nodes()));
            next = page.flatMap(found -> found.lineItems().next());
        }
        return work.withLines(lines);
    }

    private record Found(Optional<ChannelWork> fulfillmentOrder) {}

    private record OrderFound(Optional<OrdersWork> order) {}

    private record OrdersWork(Connection<ChannelWork> fulfillmentOrders) {}

    private record LinesFound(Optional<Lines> fulfillmentOrder) {}

    private record Lines(Connection<ChannelWork.Line> lineItems) {}
}
