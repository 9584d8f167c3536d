package io.throughline.connectors.shopify.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.connectors.shopify.SampleShops;
import io.throughline.connectors.shopify.client.Json;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.function.Consumer;

/** Recorded answers to {@code order_read}, and variations of them. */
final class OrderDocuments {
    private final ObjectNode order;

    private OrderDocuments(ObjectNode order) {
        this.order = order;
    }

    static OrderDocuments recorded(String name) {
        try {
            JsonNode reply = Json.mapper().readTree(SampleShops.resource("/replies/" + name + ".json"));
            return new OrderDocuments((ObjectNode) reply.path("data").path("order"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    OrderDocuments with(Consumer<ObjectNode> change) {
        change.accept(order);
        return this;
    }

    OrderDocuments withLine(int index, Consumer<ObjectNode> change) {
        change.accept((ObjectNode) order.path("lineItems").path("nodes").path(index));
        return this;
    }

    OrderDocuments withWork(int index, Consumer<ObjectNode> change) {
        change.accept((ObjectNode) order.path("fulfillmentOrders").path("nodes").path(index));
        return this;
    }

    OrderDocuments withTransaction(Consumer<ObjectNode> change) {
        change.accept((ObjectNode) order.path("transactions").path(0));
        return this;
    }

    /** The one transaction, so many times. */
    OrderDocuments withTransactions(int count) {
        ArrayNode transactions = (ArrayNode) order.path("transactions");
        JsonNode only = transactions.path(0);
        long number = 16_100_000_000_001L;
        for (int more = transactions.size(); more < count; more++) {
            ((ObjectNode) transactions.add(only.deepCopy()).path(more))
                    .put("id", "gid://shopify/OrderTransaction/" + (number + more))
                    .put("status", "FAILURE");
        }
        return this;
    }

    OrderDocuments withoutWork() {
        ((ArrayNode) order.path("fulfillmentOrders").path("nodes")).removeAll();
        return this;
    }

    /** Every amount in another currency, as so many of its minor units as there were cents. */
    OrderDocuments inCurrency(String code, int decimals) {
        order.findParents("currencyCode").stream()
                .filter(node -> node.has("amount"))
                .map(ObjectNode.class::cast)
                .forEach(money -> money.put("currencyCode", code)
                        .put(
                                "amount",
                                new BigDecimal(money.path("amount").asText())
                                        .movePointRight(2 - decimals)
                                        .toPlainString()));
        order.put("currencyCode", code);
        order.put("presentmentCurrencyCode", code);
        return this;
    }

    static ObjectNode bag(String shop, String currency) {
        ObjectNode money = Json.mapper().createObjectNode();
        money.put("amount", shop);
        money.put("currencyCode", currency);
        ObjectNode bag = Json.mapper().createObjectNode();
        bag.set("shopMoney", money);
        bag.set("presentmentMoney", money.deepCopy());
        return bag;
    }

    /** As Shopify would send it. */
    String reply() {
        return "{\"data\":{\"order\":" + order + "}}";
    }

    OrderDocument.Whole whole() {
        try {
            OrderDocument.Head head = Json.mapper().treeToValue(order, OrderDocument.Head.class);
            return new OrderDocument.Whole(
                    head, head.lineItems().nodes(), head.fulfillmentOrders().nodes(), head.transactions());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    OrderSource.ChannelOrder mapped() {
        return new OrderMapper(SampleShops.facilities()).map(SampleShops.NORTHWIND, whole());
    }

    Order mappedOrder() {
        return mapped().order();
    }
}
