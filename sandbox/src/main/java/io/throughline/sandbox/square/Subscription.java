package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The application's one webhook subscription, as the director arranged it and as Square's API shows and changes it. A new signature
 * key is Square's to choose, so the API makes no subscription here.
 */
final class Subscription {

    /** What there is to hear of. */
    static final List<String> TYPES = List.of(
            "order.created",
            "order.updated",
            "order.fulfillment.updated",
            "payment.created",
            "payment.updated",
            "refund.created",
            "refund.updated",
            "inventory.count.updated");

    private static final String COLLECTION = "square.subscription";
    private static final String THE = "the";
    private static final String ID = "wbhk_northwind";

    private final Documents documents;

    Subscription(Documents documents) {
        this.documents = documents;
    }

    void put(String url, String signatureKey) {
        ObjectNode subscription = Json.object()
                .put("id", ID)
                .put("name", "Northwind")
                .put("enabled", true)
                .put("notification_url", url)
                .put("api_version", "2026-08-19")
                .put("signature_key", signatureKey);
        TYPES.forEach(subscription.putArray("event_types")::add);
        documents.put(COLLECTION, THE, subscription);
    }

    void remove() {
        documents.remove(COLLECTION, THE);
    }

    Optional<JsonNode> find() {
        return documents.get(COLLECTION, THE);
    }

    /** Whom to tell of an event of a type. */
    Optional<JsonNode> listeningTo(String type) {
        return find().filter(subscription -> subscription.path("enabled").asBoolean())
                .filter(subscription ->
                        Catalog.texts(subscription.path("event_types")).contains(type));
    }

    /** {@code GET /v2/webhooks/subscriptions}. */
    JsonNode list(boolean includeDisabled) {
        ObjectNode answer = Json.object();
        find().filter(subscription ->
                        includeDisabled || subscription.path("enabled").asBoolean())
                .ifPresent(answer.putArray("subscriptions")::add);
        return answer;
    }

    /** {@code PUT /v2/webhooks/subscriptions/{id}}: what is left out stays as it is. */
    JsonNode update(String id, JsonNode change) {
        ObjectNode subscription = find().filter(
                        found -> found.path("id").asText().equals(id))
                .orElseThrow(() -> SquareError.notFound("WebhookSubscription", id))
                .deepCopy();
        for (String field : Set.of("name", "enabled", "event_types", "notification_url", "api_version")) {
            JsonNode value = change.path("subscription").path(field);
            if (!value.isMissingNode()) {
                subscription.set(field, value.deepCopy());
            }
        }
        for (String type : Catalog.texts(subscription.path("event_types"))) {
            if (!TYPES.contains(type)) {
                throw SquareError.invalid("INVALID_VALUE", "No event type " + type + ".", "event_types");
            }
        }
        documents.put(COLLECTION, THE, subscription);
        return Json.object().set("subscription", subscription);
    }
}
