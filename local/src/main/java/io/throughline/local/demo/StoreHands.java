package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;

/** What people at stores do with work, by their devices. */
final class StoreHands {
    private final Stage stage;

    StoreHands(Stage stage) {
        this.stage = stage;
    }

    /** The work with this number, once a facility has it. */
    JsonNode work(OrderId id, int number) throws InterruptedException {
        String name = id + "-F" + number;
        return stage.await(
                name + " to be given to somebody",
                () -> stage.order(id)
                        .flatMap(order -> Json.list(order.path("fulfillmentOrders")).stream()
                                .filter(one -> one.path("id").asText().equals(name))
                                .findFirst()),
                found -> found.path("status").asText().equals("RELEASED")
                        || found.path("status").asText().equals("ACKNOWLEDGED"));
    }

    /** A client hands an order over about which no store's till does anything by itself. */
    OrderId submit(String externalId, ObjectNode order) {
        stage.tillsLeaveToUs(externalId);
        return stage.submit(externalId, order);
    }

    /** Who has shipped it. */
    String shipped(OrderId id, int number) throws InterruptedException {
        JsonNode given = work(id, number);
        ship(given);
        return given.path("facility").asText();
    }

    void ship(JsonNode given) {
        isPacked(given);
        reports(given, "handover");
    }

    /** With a label of the store's own. */
    void isPacked(JsonNode given) {
        ObjectNode packing = Json.object();
        packing.putArray("parcels")
                .addObject()
                .put("carrier", "UPS")
                .put("trackingNumber", "1Z-" + given.path("id").asText());
        reports(given, "packing", packing);
    }

    /** In one parcel, for which a carrier is to sell the label. */
    void packs(JsonNode given) {
        ObjectNode packing = Json.object();
        packing.putArray("parcels").addObject().put("weightGrams", 900);
        reports(given, "packing", packing);
    }

    /** All of it. */
    void rejects(JsonNode given, String reason) {
        reports(given, "rejection", Json.object().put("scope", "GROUP").put("reason", reason));
    }

    void reports(JsonNode given, String report) {
        reports(given, report, Json.object());
    }

    void reports(JsonNode given, String report, JsonNode body) {
        stage.api().post(address(given) + "/" + report, body);
    }

    /** What the API shows of the work's parcels. */
    JsonNode parcels(JsonNode given) {
        return stage.api().get(address(given) + "/parcels");
    }

    private static String address(JsonNode given) {
        return "/v1/fulfillment-orders/" + given.path("id").asText();
    }

    /** Why the order's first work went to somebody else, as its trace tells. */
    void checkCause(OrderId id, String cause) {
        Stage.check(
                Json.list(stage.api().get("/v1/orders/" + id + "/trace").path("entries")).stream()
                        .filter(entry -> entry.path("kind").asText().equals("reroute.opened"))
                        .anyMatch(entry -> entry.at("/detail/cause").asText().equals(cause)),
                "no work of " + id + " was rerouted because of " + cause);
    }

    void checkNobodyAsked(OrderId id) {
        Stage.check(stage.cases(id.value()).isEmpty(), "nobody was to be asked about " + id);
    }

    Ending completed(OrderId id) throws InterruptedException {
        Ending ending = stage.end(id);
        Stage.check(ending.status().equals("COMPLETED"), id + " was to be completed and is " + ending.status());
        return ending;
    }
}
