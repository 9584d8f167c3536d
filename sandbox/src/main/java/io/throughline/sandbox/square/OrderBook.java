package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import java.time.Clock;
import java.util.List;

/**
 * The orders as they stand. Those made through the API count a version; those rung up at the till have none and can only be
 * read. Every change is told as an event.
 */
final class OrderBook {

    private static final String COLLECTION = "square.order";

    private final Documents documents;
    private final Events events;
    private final Clock clock;

    OrderBook(Documents documents, Events events, Clock clock) {
        this.documents = documents;
        this.events = events;
        this.clock = clock;
    }

    String now() {
        return clock.instant().toString();
    }

    ObjectNode get(String id) {
        return (ObjectNode) documents.get(COLLECTION, id).orElseThrow(() -> SquareError.notFound("Order", id));
    }

    boolean has(String id) {
        return documents.get(COLLECTION, id).isPresent();
    }

    List<JsonNode> all() {
        return documents.list(COLLECTION);
    }

    void insert(ObjectNode order) {
        order.put("updated_at", now());
        write(order);
        tell("order.created", "order_created", order, told(order));
    }

    void change(ObjectNode order) {
        if (order.has("version")) {
            order.put("version", order.path("version").asLong() + 1);
        }
        order.put("updated_at", now());
        write(order);
        tell("order.updated", "order_updated", order, told(order).put("updated_at", now()));
    }

    void tellFulfillment(ObjectNode order, String uid, String from, String to) {
        ObjectNode told = told(order).put("updated_at", order.path("updated_at").asText());
        told.putArray("fulfillment_update")
                .addObject()
                .put("fulfillment_uid", uid)
                .put("old_state", from)
                .put("new_state", to);
        tell("order.fulfillment.updated", "order_fulfillment_updated", order, told);
    }

    private void write(ObjectNode order) {
        documents.put(COLLECTION, order.path("id").asText(), order);
    }

    private static ObjectNode told(ObjectNode order) {
        ObjectNode told = Json.object()
                .put("order_id", order.path("id").asText())
                .put("location_id", order.path("location_id").asText())
                .put("state", order.path("state").asText())
                .put("created_at", order.path("created_at").asText());
        if (order.has("version")) {
            told.put("version", order.path("version").asLong());
        }
        return told;
    }

    private void tell(String type, String name, ObjectNode order, ObjectNode told) {
        ObjectNode object = Json.object();
        object.set(name, told);
        events.record(
                type, order.path("location_id").asText(), name, order.path("id").asText(), object);
    }
}
