package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.List;

/** A shop that a process compares with what we know. It loses its subscriptions together with an order's webhooks. */
record ComparedShop(Stage stage, ShopOrders orders) {
    private static final String SUBSCRIPTIONS = "/shopify/" + ShopOrders.SHOP + "/subscriptions";

    String account() {
        return ShopOrders.ACCOUNT;
    }

    /** By the name that the sandbox's faults know it by. */
    String system() {
        return "shopify";
    }

    /** What is to be asked in vain, by the queries' first fields, in the order in which the process asks. */
    List<String> questions() {
        return List.of("webhookSubscriptions", "orders");
    }

    /** An order of which nobody is told. */
    Placed lose() {
        stage.sandbox().delete(SUBSCRIPTIONS);
        return orders.placeSilently();
    }

    /** What is left at the shop beside its orders. */
    List<String> left() {
        return Json.list(stage.sandbox().get(SUBSCRIPTIONS)).stream()
                .map(JsonNode::toString)
                .sorted()
                .toList();
    }
}
