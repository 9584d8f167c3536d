package io.throughline.sandbox.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SandboxContext;

/** What sellers pay for being late, and for not delivering what they had taken on: each once for an order. */
final class Penalties {
    private static final String COLLECTION = "marketplace.penalties";

    private final SandboxContext context;

    Penalties(SandboxContext context) {
        this.context = context;
    }

    /** Why, and how much in the order's currency. */
    enum Cause {
        LATE_ACKNOWLEDGEMENT("5.00"),
        LATE_SHIPMENT("10.00"),
        CANCELLED_BY_SELLER("15.00");

        private final String amount;

        Cause(String amount) {
            this.amount = amount;
        }
    }

    void charge(JsonNode order, Cause cause) {
        String id = order.path("id").asText();
        String key = id + "/" + cause;
        if (context.documents().get(COLLECTION, key).isPresent()) {
            return;
        }
        ObjectNode penalty = Json.object()
                .put("orderId", id)
                .put("cause", cause.name())
                .put("amount", cause.amount)
                .put("currency", order.path("currency").asText())
                .put("at", context.clock().instant().toString());
        context.documents().put(COLLECTION, key, penalty);
        context.ledger().effect("marketplace", "penalty", id, key, penalty);
    }

    ArrayNode all() {
        ArrayNode all = Json.array();
        context.documents().list(COLLECTION).forEach(all::add);
        return all;
    }
}
