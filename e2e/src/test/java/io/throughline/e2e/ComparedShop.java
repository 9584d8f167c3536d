package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.List;

/** A shop that loses its subscriptions together with an order's webhooks. */
record ComparedShop(Stage stage, ShopOrders orders) implements ComparedChannel {
    private static final String SUBSCRIPTIONS = "/shopify/" + ShopOrders.SHOP + "/subscriptions";

    @Override
    public String account() {
        return ShopOrders.ACCOUNT;
    }

    @Override
    public String system() {
        return "shopify";
    }

    /** The names of the queries' first fields. */
    @Override
    public List<String> questions() {
        return List.of("webhookSubscriptions", "orders");
    }

    @Override
    public Placed lose() {
        stage.sandbox().delete(SUBSCRIPTIONS);
        return orders.placeSilently();
    }

    @Override
    public List<String> left() {
        return Json.list(stage.sandbox().get(SUBSCRIPTIONS)).stream()
                .map(JsonNode::toString)
                .sorted()
                .toList();
    }
}
