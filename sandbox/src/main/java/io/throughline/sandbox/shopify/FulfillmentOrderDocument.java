package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One fulfillment order as it is kept: its two statuses, its location and its lines with total and remaining quantity. */
record FulfillmentOrderDocument(ObjectNode node) {

    String id() {
        return node.path("id").asText();
    }

    String gid() {
        return Gid.of("FulfillmentOrder", id());
    }

    String orderId() {
        return node.path("orderId").asText();
    }

    String status() {
        return node.path("status").asText();
    }

    void status(String status) {
        node.put("status", status);
    }

    String requestStatus() {
        return node.path("requestStatus").asText();
    }

    void requestStatus(String status) {
        node.put("requestStatus", status);
    }

    long locationId() {
        return node.path("locationId").asLong();
    }

    void locationId(long locationId) {
        node.put("locationId", locationId);
    }

    String methodType() {
        return node.path("methodType").asText();
    }

    boolean reportedProgress() {
        return node.path("reportedProgress").asBoolean();
    }

    void reportedProgress(boolean reported) {
        node.put("reportedProgress", reported);
    }

    ArrayNode holds() {
        return (ArrayNode) node.get("holds");
    }

    ArrayNode requests() {
        return (ArrayNode) node.get("requests");
    }

    ArrayNode fulfillmentIds() {
        return (ArrayNode) node.get("fulfillments");
    }

    ArrayNode lineArray() {
        return (ArrayNode) node.get("lines");
    }

    List<ObjectNode> lines() {
        List<ObjectNode> lines = new ArrayList<>();
        lineArray().forEach(line -> lines.add((ObjectNode) line));
        return lines;
    }

    Optional<ObjectNode> line(String lineId) {
        return lines().stream()
                .filter(line -> line.path("id").asText().equals(lineId))
                .findFirst();
    }

    int remaining() {
        return lines().stream().mapToInt(line -> line.path("remaining").asInt()).sum();
    }

    int fulfilled() {
        return lines().stream()
                .mapToInt(line ->
                        line.path("total").asInt() - line.path("remaining").asInt())
                .sum();
    }

    boolean ended() {
        return switch (status()) {
            case "CLOSED", "CANCELLED", "INCOMPLETE" -> true;
            default -> false;
        };
    }

    static int remaining(JsonNode line) {
        return line.path("remaining").asInt();
    }
}
