package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.Arrays;
import java.util.Locale;

/** What a store's staff do with work that arrives, and how long each step takes. */
record StoreScript(
        Behaviour behaviour, long acknowledgeMillis, long prepareMillis, long completeMillis, String reason) {

    /** How far the staff go by themselves. */
    enum Behaviour {
        /** Acknowledge, pack, and ship or hand over. */
        SHIP,
        /** The same, under the name that suits a pickup. */
        HAND_OVER,
        /** Acknowledge and prepare; nobody ships it or comes for it. */
        PREPARE,
        /** Acknowledge and no more. */
        ACKNOWLEDGE,
        /** Give the work back, with the reason. */
        REJECT,
        /** Do nothing at all. */
        SILENT,
        /** Wait for control calls. */
        MANUAL;

        private String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static StoreScript usual(long acknowledgeMillis, long prepareMillis, long completeMillis) {
        return new StoreScript(
                Behaviour.SHIP, acknowledgeMillis, prepareMillis, completeMillis, "Item not found on the shelf");
    }

    /** Fields that are absent stay as they are. */
    StoreScript with(JsonNode body) {
        return new StoreScript(
                body.has("behaviour") ? named(body.path("behaviour").asText()) : behaviour,
                millis(body, "ackMillis", acknowledgeMillis),
                millis(body, "prepareMillis", prepareMillis),
                millis(body, "completeMillis", completeMillis),
                body.path("reason").asText(reason));
    }

    ObjectNode json() {
        return Json.object()
                .put("behaviour", behaviour.wireName())
                .put("ackMillis", acknowledgeMillis)
                .put("prepareMillis", prepareMillis)
                .put("completeMillis", completeMillis)
                .put("reason", reason);
    }

    private static long millis(JsonNode body, String field, long otherwise) {
        long millis = body.path(field).asLong(otherwise);
        if (millis < 0) {
            throw new IllegalArgumentException(field + " must not be negative");
        }
        return millis;
    }

    private static Behaviour named(String name) {
        return Arrays.stream(Behaviour.values())
                .filter(behaviour -> behaviour.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("behaviour must be one of "
                        + Arrays.stream(Behaviour.values())
                                .map(Behaviour::wireName)
                                .toList() + ", not " + name));
    }
}
