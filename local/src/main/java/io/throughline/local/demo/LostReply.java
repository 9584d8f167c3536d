package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.order.OrderId;
import java.util.List;

/**
 * The reply to a call for one order that gets lost: the system does what it was asked and hangs up. Only a call that names the order can
 * run into it.
 */
record LostReply(String system, String operation, OrderId order) {
    void arm(Json sandbox) {
        sandbox.post(
                "/faults",
                Json.object()
                        .put("id", rule())
                        .put("system", system)
                        .put("operation", operation)
                        .put("bodyContains", order.value())
                        .put("kind", "lose_reply"));
    }

    /** One call, and that one was cut off. */
    void checkStruck(Json sandbox) {
        List<JsonNode> struck = Json.list(sandbox.get("/attempts?rule=" + rule()));
        Stage.check(
                struck.size() == 1 && struck.getFirst().path("status").asInt(-1) == 0,
                "no reply to its " + operation + " was lost: " + struck);
    }

    /** No other run has a fault of this name. */
    private String rule() {
        return order + "/" + operation;
    }
}
