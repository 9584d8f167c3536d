package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Square's idempotency keys: the same key with the same body gives the first answer again, with another body it is refused.
 * Refusals are not remembered. How long Square remembers is not published, so the memory can be wiped by a control call.
 */
final class Keys {

    private static final String COLLECTION = "square.key";

    private final Documents documents;

    Keys(Documents documents) {
        this.documents = documents;
    }

    /** The answer of the first call with this endpoint's key and body, or of the work. */
    JsonNode once(
            String endpoint, JsonNode body, int maximumLength, boolean required, Callable<? extends JsonNode> work)
            throws Exception {
        String key = body.path("idempotency_key").asText("");
        if (key.isEmpty()) {
            if (required) {
                throw SquareError.missing("idempotency_key");
            }
            return work.call();
        }
        if (key.length() > maximumLength) {
            throw SquareError.invalid(
                    "VALUE_TOO_LONG", "Field must not be greater than " + maximumLength + " length", "idempotency_key");
        }
        String id = endpoint + "|" + key;
        Optional<JsonNode> known = documents.get(COLLECTION, id);
        if (known.isPresent()) {
            if (!known.get().path("body").equals(normal(body))) {
                throw SquareError.invalid(
                        "IDEMPOTENCY_KEY_REUSED",
                        "The idempotency key can only be retried with the same request data.",
                        "idempotency_key");
            }
            return known.get().path("answer");
        }
        JsonNode answer = work.call();
        ObjectNode entry = Json.object();
        entry.set("body", normal(body));
        entry.set("answer", answer);
        documents.put(COLLECTION, id, entry);
        return answer;
    }

    /** Whether a key was used with an endpoint, and what came of it. */
    Optional<JsonNode> answerOf(String endpoint, String key) {
        return documents.get(COLLECTION, endpoint + "|" + key).map(entry -> entry.path("answer"));
    }

    void forget() {
        documents.removeAll(COLLECTION);
    }

    private static JsonNode normal(JsonNode body) {
        return Json.parse(Json.bytes(body));
    }
}
