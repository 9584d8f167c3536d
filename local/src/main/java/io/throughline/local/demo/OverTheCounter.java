package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One unit of a till's sale that a store takes back, as its counter handles it through the API. */
public final class OverTheCounter {
    private static final String RETURNS = "/v1/counter-returns";

    private final Stage stage;
    private final String id;

    private OverTheCounter(Stage stage, String id) {
        this.stage = stage;
        this.id = id;
    }

    /** A till sells one unit by CARD or CASH. Gives the sale's id at Square, as the receipt has it, once the sale is booked. */
    public static String sold(Stage stage, String location, String tender, String sku) throws InterruptedException {
        ObjectNode sale = Json.object().put("location", location).put("tender", tender);
        sale.putArray("items").addObject().put("sku", sku).put("quantity", 1);
        JsonNode made = stage.sandbox().post("/square/sales", sale);
        String receipt = made.at("/order/id").asText(made.path("id").asText());
        stage.await("sale " + receipt + " to be booked", () -> stage.sale(receipt), _ -> true);
        return receipt;
    }

    /** As good as new, and put on the shelf. */
    public static OverTheCounter takenBack(Stage stage, String receipt, String store) {
        ObjectNode body = Json.object().put("sale", receipt).put("store", store);
        body.putArray("lines")
                .addObject()
                .put("line", 1)
                .put("quantity", 1)
                .put("reason", "UNWANTED")
                .put("grade", "NEW")
                .put("disposition", "RESTOCK");
        JsonNode taken = stage.api()
                .post(RETURNS, body, Map.of("Idempotency-Key", UUID.randomUUID().toString()));
        return new OverTheCounter(stage, taken.path("returnId").asText());
    }

    public String id() {
        return id;
    }

    /** The store reports all that the counter has to give. */
    public void isPaidOut() {
        stage.api().post(RETURNS + "/" + id + "/payouts", Json.object().put("reference", "drawer-2/" + id));
    }

    /** Waits until all its money is given back. */
    public JsonNode end() throws InterruptedException {
        return stage.await(
                "return " + id + " to end",
                () -> Optional.of(stage.api().get(RETURNS + "/" + id)),
                found -> found.has("closedAt") && found.path("money").asText().equals("SETTLED"));
    }

    /** How often Square has made a refund, whose id begins with its payment's. */
    public long refundsAtSquare(String refund) {
        return Json.list(stage.sandbox().get("/ledger?system=square")).stream()
                .filter(row -> row.path("operation").asText().equals("POST /v2/refunds"))
                .filter(row -> refund.startsWith(row.path("subject").asText() + "_"))
                .count();
    }
}
