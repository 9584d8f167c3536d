package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One return, of whatever kind, as a service desk, a carrier and a store handle it through the API. */
public final class GoodsReturn {
    private final Stage stage;
    private final String id;

    private GoodsReturn(Stage stage, String id) {
        this.stage = stage;
        this.id = id;
    }

    /** One unit of a line that nobody wants any more; by mail where no store is named. */
    public static GoodsReturn of(Stage stage, OrderId order, String lineId, Optional<String> store) {
        ObjectNode body = Json.object().put("orderId", order.value());
        store.ifPresent(name -> body.put("store", name));
        body.putArray("lines")
                .addObject()
                .put("lineId", lineId)
                .put("quantity", 1)
                .put("reason", "UNWANTED");
        return asked(stage, "/v1/returns", body);
    }

    /** One unit of a line that is carried into a store, and one of another product that is taken for it there. */
    public static GoodsReturn exchange(Stage stage, OrderId order, String lineId, String store, String sku) {
        ObjectNode body = Json.object().put("orderId", order.value()).put("store", store);
        body.putArray("lines")
                .addObject()
                .put("lineId", lineId)
                .put("quantity", 1)
                .put("reason", "UNWANTED");
        body.putArray("exchangeFor").addObject().put("sku", sku).put("quantity", 1);
        return asked(stage, "/v1/returns", body);
    }

    /** The customer has paid something of what the credit does not pay. */
    public void isPaid(String gateway, String amount) {
        stage.api()
                .post(
                        "/v1/returns/" + id + "/exchange/payments",
                        Json.object()
                                .put("id", "paid-" + id)
                                .put("gateway", gateway)
                                .put("amount", amount)
                                .put("capturedAt", Instant.now().toString()),
                        fresh());
    }

    /** Waits until what is taken in exchange is an order; gives which. */
    public OrderId newOrder() throws InterruptedException {
        JsonNode ordered = stage.await(
                "the order that is taken in exchange for " + id,
                () -> Optional.of(now()),
                found -> found.path("exchange").has("newOrderId"));
        return new OrderId(ordered.at("/exchange/newOrderId").asText());
    }

    /** Its carrier says what has become of an order's only parcel: REFUSED or LOST. */
    public static GoodsReturn ofParcel(Stage stage, OrderId order, String outcome) {
        String number = stage.order(order)
                .orElseThrow()
                .at("/fulfillmentOrders/0/trackingNumber")
                .asText();
        return asked(stage, "/v1/parcels/" + number + "/outcome", Json.object().put("outcome", outcome));
    }

    /** One unit of a line came damaged, and stays with the customer. */
    public static GoodsReturn claim(Stage stage, OrderId order, String lineId, String photo) {
        return claim(stage, order, lineId, photo, Optional.empty());
    }

    /** The same for which so much of the price is given back, for it is worth something all the same. */
    public static GoodsReturn partOfPrice(Stage stage, OrderId order, String lineId, String photo, int percent) {
        return claim(stage, order, lineId, photo, Optional.of(percent));
    }

    private static GoodsReturn claim(
            Stage stage, OrderId order, String lineId, String photo, Optional<Integer> percent) {
        ObjectNode body = Json.object().put("orderId", order.value());
        body.putArray("lines")
                .addObject()
                .put("lineId", lineId)
                .put("quantity", 1)
                .put("reason", "DAMAGED_ON_ARRIVAL");
        ObjectNode claim = body.putObject("claim").put("goodsStay", true);
        claim.putArray("photos").add(photo);
        percent.ifPresent(part -> claim.put("percent", part));
        return asked(stage, "/v1/returns", body);
    }

    /** So many dollars because it came late. */
    public static GoodsReturn appeasement(Stage stage, OrderId order, String amount) {
        ObjectNode body = Json.object().put("orderId", order.value());
        body.putArray("lines");
        body.putObject("appeasement")
                .put("amount", amount)
                .put("currency", "USD")
                .put("reason", "ARRIVED_LATE");
        return asked(stage, "/v1/returns", body);
    }

    /** One that was asked for before. */
    public static GoodsReturn known(Stage stage, String id) {
        return new GoodsReturn(stage, id);
    }

    private static GoodsReturn asked(Stage stage, String path, ObjectNode body) {
        return new GoodsReturn(
                stage, stage.api().post(path, body, fresh()).path("returnId").asText());
    }

    public String id() {
        return id;
    }

    /** Waits until the label is bought with which the customer sends it; gives the parcel's number. */
    public String labelled() throws InterruptedException {
        return stage.await(
                        "the label of return " + id,
                        () -> Optional.of(now()),
                        found -> found.at("/parcels/0/status").asText().equals("LABELLED"))
                .at("/parcels/0/trackingNumber")
                .asText();
    }

    /** The carrier scans the parcel; waits until the return's goods are where that says. */
    public void isScanned(String number, String status) throws InterruptedException {
        stage.sandbox().put("/carrier/tracks/" + number, Json.object().put("status", status));
        stage.await(
                "return " + id + " to be " + status,
                () -> Optional.of(now()),
                found -> found.at("/summary/goods").asText().equals(status));
    }

    public void comesTo(String facility, String lineId) {
        ObjectNode receipt = Json.object().put("facility", facility);
        receipt.putArray("lines").addObject().put("lineId", lineId).put("quantity", 1);
        stage.api().post("/v1/returns/" + id + "/receipts", receipt, fresh());
    }

    public void isFound(String facility, String lineId, String grade, String disposition) {
        isFound(facility, lineId, grade, disposition, Optional.empty());
    }

    /** It is not taken, and goes back to the customer. */
    public void isNotTaken(String facility, String lineId, String reason) {
        isFound(facility, lineId, "WORN", "SEND_BACK", Optional.of(reason));
    }

    private void isFound(String facility, String lineId, String grade, String disposition, Optional<String> reason) {
        ObjectNode inspection = Json.object().put("facility", facility);
        ObjectNode found = inspection
                .putArray("lines")
                .addObject()
                .put("lineId", lineId)
                .put("quantity", 1)
                .put("grade", grade)
                .put("disposition", disposition);
        reason.ifPresent(why -> found.put("reason", why));
        stage.api().post("/v1/returns/" + id + "/inspections", inspection, fresh());
    }

    private static Map<String, String> fresh() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    public JsonNode now() {
        return stage.api().get("/v1/returns/" + id);
    }

    /** Waits until goods and money have come to their end. */
    public JsonNode end() throws InterruptedException {
        return stage.await(
                "return " + id + " to end",
                () -> Optional.of(now()),
                found -> found.path("summary").has("closedAt"));
    }

    /** The ERP's numbers of its documents, as far as its books were read back and are equal. */
    public static List<String> confirmed(JsonNode ended) {
        return Json.list(ended.path("journals")).stream()
                .filter(journal -> journal.path("status").asText().equals("CONFIRMED"))
                .map(journal -> journal.path("documentNumber").asText())
                .toList();
    }
}
