package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Square's way to change an order: only what is given changes; entries of lists are found by their uid. */
final class SparseUpdate {

    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "version",
            "location_id",
            "created_at",
            "updated_at",
            "closed_at",
            "tenders",
            "refunds",
            "source",
            "fulfillments",
            "net_amounts");

    /** One step of a fulfillment. */
    record Move(String uid, String from, String to) {}

    /** What an update did to fulfillments. */
    record Result(List<Move> moves) {
        Result {
            moves = List.copyOf(moves);
        }
    }

    private SparseUpdate() {}

    static Result apply(ObjectNode order, JsonNode given, JsonNode fieldsToClear, String now) {
        requireOpen(order, given);
        for (JsonNode field : fieldsToClear) {
            clear(order, field.asText());
        }
        List<Move> moves = new ArrayList<>();
        for (JsonNode fulfillment : given.path("fulfillments")) {
            fulfillment(order, (ObjectNode) fulfillment, now, moves);
        }
        for (var entry : given.properties()) {
            if (!READ_ONLY.contains(entry.getKey()) && !entry.getKey().endsWith("_money")) {
                merge(order, entry.getKey(), entry.getValue());
            }
        }
        return new Result(moves);
    }

    private static void requireOpen(ObjectNode order, JsonNode given) {
        String state = order.path("state").asText();
        if (("COMPLETED".equals(state) || "CANCELED".equals(state))
                && (given.has("fulfillments") || given.has("line_items"))) {
            throw SquareError.badRequest("The order is " + state + " and can no longer change.");
        }
    }

    private static void fulfillment(ObjectNode order, ObjectNode given, String now, List<Move> moves) {
        String uid = given.path("uid").asText("");
        for (ObjectNode present : Fulfillments.of(order)) {
            if (!uid.isEmpty() && uid.equals(present.path("uid").asText())) {
                String before = present.path("state").asText();
                for (var entry : given.properties()) {
                    if (!"state".equals(entry.getKey())) {
                        merge(present, entry.getKey(), entry.getValue());
                    }
                }
                String to = given.path("state").asText(before);
                if (Fulfillments.move(present, to, now)) {
                    moves.add(new Move(uid, before, to));
                }
                return;
            }
        }
        if (!Fulfillments.of(order).isEmpty()) {
            throw SquareError.notFound("Fulfillment", uid);
        }
        ObjectNode added = given.deepCopy();
        Fulfillments.accept(added, now);
        order.withArray("fulfillments").add(added);
    }

    private static void merge(ObjectNode target, String name, JsonNode value) {
        JsonNode present = target.path(name);
        if (value instanceof ObjectNode && present instanceof ObjectNode into) {
            value.properties().forEach(entry -> merge(into, entry.getKey(), entry.getValue()));
        } else if (value instanceof ArrayNode && present instanceof ArrayNode into && hasUids(value)) {
            value.forEach(entry -> mergeEntry(into, (ObjectNode) entry));
        } else {
            target.set(name, value);
        }
    }

    private static boolean hasUids(JsonNode array) {
        for (JsonNode entry : array) {
            if (!entry.isObject()) {
                return false;
            }
        }
        return true;
    }

    private static void mergeEntry(ArrayNode into, ObjectNode given) {
        for (JsonNode present : into) {
            if (given.hasNonNull("uid") && given.path("uid").equals(present.path("uid"))) {
                given.properties().forEach(entry -> merge((ObjectNode) present, entry.getKey(), entry.getValue()));
                return;
            }
        }
        into.add(given);
    }

    /** A path such as {@code ticket_name}, {@code discounts} or {@code discounts[uid]}. */
    private static void clear(ObjectNode order, String path) {
        int bracket = path.indexOf('[');
        if (bracket < 0) {
            if (READ_ONLY.contains(path)) {
                throw SquareError.invalid("INVALID_VALUE", "The field cannot be cleared: " + path, "fields_to_clear");
            }
            order.remove(path);
            return;
        }
        String uid = path.substring(bracket + 1, path.length() - 1);
        Iterator<JsonNode> entries = order.path(path.substring(0, bracket)).iterator();
        while (entries.hasNext()) {
            if (uid.equals(entries.next().path("uid").asText())) {
                entries.remove();
            }
        }
    }
}
