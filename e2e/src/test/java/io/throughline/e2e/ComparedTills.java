package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.List;

/** Tills of stores, which lose the webhooks of a sale. */
record ComparedTills(Stage stage) implements ComparedChannel {
    @Override
    public String account() {
        return "square-northwind";
    }

    @Override
    public String system() {
        return "square";
    }

    /** The feed of what has happened, which a shop does not have. */
    @Override
    public List<String> questions() {
        return List.of("POST /v2/events");
    }

    @Override
    public Placed lose() {
        return sell("/square/sales?webhooks=none");
    }

    /** How a sale goes that is heard of. */
    Journey heard() {
        return new Journey("sold at a till", () -> sell("/square/sales"), List.of(), "COMPLETED");
    }

    @Override
    public List<String> left() {
        return List.of(stage.sandbox().get("/square/webhook-subscription").toString());
    }

    private Placed sell(String path) {
        ObjectNode sale = Json.object().put("location", "LDOWNTOWN").put("tender", "CARD");
        sale.putArray("items").addObject().put("sku", "NW-MUG-RED").put("quantity", 1);
        JsonNode made = stage.sandbox().post(path, sale);
        String order = made.at("/order/id").asText(made.path("id").asText());
        return new Placed(
                Kind.STORE, account(), stage.orderId(account(), order), order, "order/" + account() + "/" + order);
    }
}
