package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The states of the work that a store does for an order: forward along PROPOSED, RESERVED, PREPARED, COMPLETED, or to CANCELED
 * or FAILED, which like COMPLETED are final.
 */
final class Fulfillments {

    private static final List<String> WAY = List.of("PROPOSED", "RESERVED", "PREPARED", "COMPLETED");
    private static final Set<String> FINAL = Set.of("COMPLETED", "CANCELED", "FAILED");
    private static final Map<String, String> SHIPMENT_TIMES = Map.of(
            "RESERVED", "in_progress_at",
            "PREPARED", "packaged_at",
            "COMPLETED", "shipped_at",
            "CANCELED", "canceled_at",
            "FAILED", "failed_at");
    private static final Map<String, String> PICKUP_TIMES = Map.of(
            "RESERVED", "accepted_at",
            "PREPARED", "ready_at",
            "COMPLETED", "picked_up_at",
            "CANCELED", "canceled_at",
            "FAILED", "rejected_at");

    private Fulfillments() {}

    static List<ObjectNode> of(ObjectNode order) {
        List<ObjectNode> fulfillments = new ArrayList<>();
        order.path("fulfillments").forEach(fulfillment -> fulfillments.add((ObjectNode) fulfillment));
        return fulfillments;
    }

    static boolean isFinal(JsonNode fulfillment) {
        return FINAL.contains(fulfillment.path("state").asText());
    }

    static boolean isPickup(JsonNode fulfillment) {
        return "PICKUP".equals(fulfillment.path("type").asText());
    }

    /** The object that holds a fulfillment's recipient, times and reasons. */
    static ObjectNode details(ObjectNode fulfillment) {
        String name = isPickup(fulfillment) ? "pickup_details" : "shipment_details";
        return fulfillment.get(name) instanceof ObjectNode details ? details : fulfillment.putObject(name);
    }

    /** Prepares a fulfillment that a caller proposes. */
    static void accept(ObjectNode fulfillment, String now) {
        String type = fulfillment.path("type").asText();
        if (!"PICKUP".equals(type) && !"SHIPMENT".equals(type)) {
            throw SquareError.invalid(
                    "INVALID_VALUE", "Only PICKUP and SHIPMENT are played here.", "order.fulfillments.type");
        }
        ObjectNode details = details(fulfillment);
        if (details.path("recipient").path("display_name").asText("").isEmpty()
                && details.path("recipient").path("customer_id").asText("").isEmpty()) {
            throw SquareError.missing("order.fulfillments.recipient.display_name");
        }
        if (!fulfillment.hasNonNull("uid")) {
            fulfillment.put("uid", Ids.uid());
        }
        if (!fulfillment.hasNonNull("state")) {
            fulfillment.put("state", "PROPOSED");
        }
        if (!fulfillment.hasNonNull("line_item_application")) {
            fulfillment.put("line_item_application", "ALL");
        }
        details.put("placed_at", now);
    }

    /** Moves on, or refuses; staying where it is changes nothing and gives false. */
    static boolean move(ObjectNode fulfillment, String to, String now) {
        String from = fulfillment.path("state").asText();
        if (from.equals(to)) {
            return false;
        }
        boolean onward = WAY.contains(to) && WAY.indexOf(to) > WAY.indexOf(from);
        boolean givenUp = "CANCELED".equals(to) || "FAILED".equals(to);
        if (FINAL.contains(from) || !(onward || givenUp)) {
            throw SquareError.invalid(
                    "INVALID_VALUE",
                    "Fulfillment state cannot change from " + from + " to " + to + ".",
                    "order.fulfillments.state");
        }
        fulfillment.put("state", to);
        Map<String, String> times = isPickup(fulfillment) ? PICKUP_TIMES : SHIPMENT_TIMES;
        details(fulfillment).put(java.util.Objects.requireNonNull(times.get(to)), now);
        return true;
    }
}
