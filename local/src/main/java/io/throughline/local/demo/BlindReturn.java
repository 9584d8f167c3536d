package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** One unit that somebody brings to a store without a receipt, as the store handles it through the API. */
public final class BlindReturn {
    private final Stage stage;
    private final String id;

    private BlindReturn(Stage stage, String id) {
        this.stage = stage;
        this.id = id;
    }

    /** Whether the catalogue knows a price by which the unit can be valued. */
    public static boolean isPriced(Stage stage, String sku) {
        return !prices(stage, sku).path("prices").isEmpty();
    }

    public static void awaitPriced(Stage stage, String sku) throws InterruptedException {
        stage.await(
                "the price of " + sku,
                () -> Optional.of(prices(stage, sku)),
                found -> !found.path("prices").isEmpty());
    }

    private static JsonNode prices(Stage stage, String sku) {
        return stage.api().get("/v1/prices?sku=" + sku + "&channel=northwind&currency=USD");
    }

    /** The same {@code key} is the same return, and the same somebody. */
    public static BlindReturn of(Stage stage, String store, String sku, String key) {
        ObjectNode body = Json.object().put("store", store).put("customer", "card-" + key);
        body.putArray("lines")
                .addObject()
                .put("sku", sku)
                .put("quantity", 1)
                .put("reason", "UNWANTED")
                .put("grade", "NEW");
        return new BlindReturn(
                stage,
                stage.api()
                        .post("/v1/blind-returns", body, Map.of("Idempotency-Key", key))
                        .path("returnId")
                        .asText());
    }

    public String id() {
        return id;
    }

    public boolean hasEnded() {
        return now().has("closedAt");
    }

    private JsonNode now() {
        return stage.api().get("/v1/counter-returns/" + id);
    }

    /** Waits until the shop has shown the gift card. */
    JsonNode end() throws InterruptedException {
        return stage.await("return " + id + " to end", () -> Optional.of(now()), found -> found.has("closedAt"));
    }

    /** The card as it is printed. */
    JsonNode giftCard() {
        return stage.api().get("/v1/counter-returns/" + id + "/gift-card");
    }

    /** How many gift cards the shop has made for it. */
    public long cardsMade() {
        return Json.list(stage.sandbox().get("/ledger?system=shopify")).stream()
                .filter(row -> row.path("operation").asText().equals("giftCardCreate"))
                .filter(row -> row.toString().contains(id))
                .count();
    }
}
