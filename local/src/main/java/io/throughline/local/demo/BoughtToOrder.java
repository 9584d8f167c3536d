package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * More bags than anybody has are sold while a purchase of some is on its way: the first part of it that comes in frees as many, and the rest the
 * others. The ERP's stand-in plays buyer and warehouse.
 */
final class BoughtToOrder {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String SKU = "NW-BAG-TAN";
    private static final String WAREHOUSE = "WH-EAST";
    private static final int BOUGHT = 5;
    private static final int FIRST = 3;
    private static final int DAYS = 3;

    private final Stage stage;
    private final long number;
    private final String purchase;

    /** Beside what is bought. */
    private final int there;

    private final OrderId order;

    /** The purchase is sent off. */
    BoughtToOrder(Stage stage, long number) {
        this.stage = stage;
        this.number = number;
        this.purchase = "PO-" + number;
        this.there = there();
        this.order = stage.orderId("northwind", Long.toString(number));
        stage.sandbox()
                .post(
                        "/tryton/purchases",
                        Json.object()
                                .put("reference", purchase)
                                .put("facility", WAREHOUSE)
                                .put("sku", SKU)
                                .put("quantity", BOUGHT)
                                .put(
                                        "expected",
                                        LocalDate.now(ZoneOffset.UTC)
                                                .plusDays(DAYS)
                                                .toString()));
    }

    /** What is to come is promised. */
    void sold() throws InterruptedException {
        stage.await(
                purchase + " to be known",
                () -> Optional.of(stage.api().get("/v1/availability?sku=" + SKU + "&incoming=true")),
                found -> Json.list(found.path("incoming")).stream()
                                .filter(supply ->
                                        supply.path("facility").asText().equals(WAREHOUSE))
                                .mapToInt(supply -> supply.path("units").asInt())
                                .sum()
                        >= BOUGHT);
        stage.place(
                SHOP,
                OrderBody.usd(number)
                        .line(6, SKU, there + BOUGHT, "95.00")
                        .shipping("6.50")
                        .toJson());
        stage.await(
                order + " to wait for " + purchase,
                () -> stage.order(order),
                found -> found.at("/waitsForStock/promisedAt").isTextual());
    }

    /** What the shop can sell at once goes out before. */
    private int there() {
        JsonNode answer = stage.api().get("/v1/availability?sku=" + SKU + "&channel=northwind");
        return Json.list(answer.path("facilities")).stream()
                .filter(at -> at.path("ships").asBoolean())
                .mapToInt(at -> at.path("availableToPromise").asInt())
                .sum();
    }

    void comesInPart() {
        receive(Json.object().put("units", FIRST));
    }

    /** When as many have left as have come in. */
    void restComes() throws InterruptedException {
        JsonNode found = stage.await(
                "a part of " + order + " to leave", () -> stage.order(order), now -> shipped(now) >= there + FIRST);
        Stage.check(
                shipped(found) == there + FIRST
                        && found.at("/order/status/lifecycle").asText().equals("IN_FULFILLMENT"),
                FIRST + " of " + BOUGHT + " have come in, and of " + order + " " + shipped(found) + " have left");
        receive(Json.object());
    }

    private void receive(ObjectNode units) {
        stage.sandbox().post("/tryton/purchases/" + purchase + "/receive", units);
    }

    private static int shipped(JsonNode found) {
        return Json.list(found.path("fulfillmentOrders")).stream()
                .filter(work -> work.path("status").asText().equals("SHIPPED"))
                .flatMap(work -> Json.list(work.path("lines")).stream())
                .mapToInt(line -> line.path("quantity").asInt())
                .sum();
    }

    String told() throws InterruptedException {
        new StoreHands(stage).completed(order);
        return "bags are sold that are still on order: " + FIRST + " of " + BOUGHT
                + " come in and leave, then the rest, each by the ERP's receipt";
    }
}
