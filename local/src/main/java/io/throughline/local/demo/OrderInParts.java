package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import java.util.Map;
import java.util.Optional;

/**
 * More caps than all stores have, while some are on their way from one store to another: what there is goes out at once, and the rest when
 * the transfer has arrived.
 */
final class OrderInParts {
    private static final String SKU = "NW-CAP-NVY";
    private static final String SENDER = "ST-DUBLIN";
    private static final String RECEIVER = "ST-HARBOR";
    private static final int ON_THEIR_WAY = 5;
    private static final int MISSING = 2;

    /** So many stay with a store that sends. */
    private static final int KEPT = 2;

    private final Stage stage;
    private final String number;

    OrderInParts(Stage stage, String number) {
        this.stage = stage;
        this.number = number;
    }

    /** Gives the order when all that it waited for is there. */
    OrderId play() throws InterruptedException {
        String transfer = sent();
        OrderId order = placed(inStores() + MISSING);
        stage.awaitWork(order, "SHIPPED");
        Stage.check(
                lifecycle(order).equals("IN_FULFILLMENT"),
                "a part of it was still to come, but it is " + lifecycle(order) + " already");
        stage.api().post(transfer + "/receipt", caps(ON_THEIR_WAY));
        return order;
    }

    /** The transfer, on its way; gives its address. */
    private String sent() throws InterruptedException {
        stage.await(
                "caps at " + SENDER,
                () -> Optional.of(Json.object().put("units", stage.onHand(SKU, SENDER))),
                found -> found.path("units").asInt() >= ON_THEIR_WAY + KEPT);
        ObjectNode request = caps(ON_THEIR_WAY).put("from", SENDER).put("to", RECEIVER);
        String id = stage.api()
                .post("/v1/transfers", request, Map.of("Idempotency-Key", number))
                .path("id")
                .asText();
        String address = "/v1/transfers/" + id;
        stage.api().post(address + "/sending", caps(ON_THEIR_WAY));
        return address;
    }

    private static ObjectNode caps(int units) {
        ObjectNode body = Json.object();
        body.putArray("lines").addObject().put("sku", SKU).put("units", units);
        return body;
    }

    /** REST clients are served by stores alone. */
    private int inStores() {
        JsonNode answer = stage.api().get("/v1/availability?sku=" + SKU + "&channel=rest");
        return Json.list(answer.path("facilities")).stream()
                .filter(at -> at.path("ships").asBoolean())
                .mapToInt(at -> at.path("availableToPromise").asInt())
                .sum();
    }

    private OrderId placed(int units) {
        return stage.submit(number, OrderRequest.caps(number, units));
    }

    private String lifecycle(OrderId order) {
        return stage.order(order)
                .map(found -> found.at("/order/status/lifecycle").asText())
                .orElse("unknown");
    }
}
