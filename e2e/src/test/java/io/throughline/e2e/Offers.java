package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Json;
import java.util.Map;
import java.util.Optional;

/** What the customer of an order may choose, where nobody can do it as it was wanted. */
record Offers(Json api, OrderId order) {
    /** The one that is not answered yet. */
    Optional<JsonNode> open() {
        return Json.list(api.get(path()).path("offers")).stream()
                .filter(offer -> offer.path("status").asText().equals("OPEN"))
                .findFirst();
    }

    void answer(JsonNode offer, ObjectNode choice) {
        api.post(
                path() + "/" + offer.path("id").asText() + "/answers",
                choice,
                Map.of("Idempotency-Key", "answer-" + order));
    }

    private String path() {
        return "/v1/orders/" + order + "/offers";
    }
}
