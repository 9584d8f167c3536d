package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.net.URI;

/** Webhook subscriptions made by the API: one per topic and address. */
final class Subscriptions {

    private final ShopStore store;

    Subscriptions(ShopStore store) {
        this.store = store;
    }

    ObjectNode create(JsonNode arguments) {
        String topic = arguments.path("topic").asText();
        JsonNode input = arguments.path("webhookSubscription");
        String uri = uri(input);
        boolean taken = store.list("WebhookSubscription").stream()
                .anyMatch(other -> other.path("topic").asText().equals(topic)
                        && other.path("uri").asText().equals(uri));
        if (taken) {
            throw UserErrors.of("Address for this topic has already been taken", "webhookSubscription", "callbackUrl");
        }
        ObjectNode subscription = Json.object();
        String id = Long.toString(store.nextId("WebhookSubscription"));
        subscription.put("id", id);
        subscription.put("topic", topic);
        fill(subscription, input, uri);
        subscription.put("createdAt", store.instant());
        return saved(subscription, "webhookSubscriptionCreate");
    }

    ObjectNode update(JsonNode arguments) {
        ObjectNode subscription = existing(arguments.path("id"));
        JsonNode input = arguments.path("webhookSubscription");
        String uri = input.path("uri").isTextual() || input.path("callbackUrl").isTextual()
                ? uri(input)
                : subscription.path("uri").asText();
        fill(subscription, input, uri);
        return saved(subscription, "webhookSubscriptionUpdate");
    }

    ObjectNode delete(JsonNode arguments) {
        ObjectNode subscription = existing(arguments.path("id"));
        String id = subscription.path("id").asText();
        store.remove("WebhookSubscription", id);
        String gid = Gid.of("WebhookSubscription", id);
        store.effect("webhookSubscriptionDelete", gid, gid, Json.object());
        return Json.object().put("deletedWebhookSubscriptionId", gid);
    }

    private ObjectNode existing(JsonNode gid) {
        return store.find("WebhookSubscription", Gid.idOf("WebhookSubscription", gid.asText()))
                .orElseThrow(() -> UserErrors.of("Webhook subscription does not exist", "id"));
    }

    private static String uri(JsonNode input) {
        String uri = input.path("uri").asText(input.path("callbackUrl").asText(""));
        try {
            URI parsed = URI.create(uri);
            if (parsed.getHost() != null && String.valueOf(parsed.getScheme()).startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            throw UserErrors.of("Address is invalid", "webhookSubscription", "callbackUrl");
        }
        throw UserErrors.of("Address is invalid", "webhookSubscription", "callbackUrl");
    }

    private void fill(ObjectNode subscription, JsonNode input, String uri) {
        if (!input.path("filter").asText("").isEmpty()) {
            throw UserErrors.of("The sandbox does not play webhook filters", "webhookSubscription", "filter");
        }
        if (input.path("format").asText("JSON").equals("XML")) {
            throw UserErrors.of("The sandbox sends JSON only", "webhookSubscription", "format");
        }
        if (input.path("name").asText("").length() > 50) {
            throw UserErrors.of("Name is too long (maximum is 50 characters)", "webhookSubscription", "name");
        }
        subscription.put("uri", uri);
        subscription.put("format", "JSON");
        subscription.putNull("filter");
        subscription.set("name", OrderView.present(input.path("name")));
        subscription.set(
                "includeFields", input.path("includeFields").isArray() ? input.path("includeFields") : Json.array());
        subscription.put("updatedAt", store.instant());
    }

    private ObjectNode saved(ObjectNode subscription, String operation) {
        String id = subscription.path("id").asText();
        store.save("WebhookSubscription", id, subscription);
        String gid = Gid.of("WebhookSubscription", id);
        store.effect(
                operation,
                gid,
                subscription.path("topic").asText() + " "
                        + subscription.path("uri").asText(),
                subscription);
        return Json.object().put("webhookSubscription", gid);
    }

    static ObjectNode view(ObjectNode subscription) {
        ObjectNode view = subscription.deepCopy();
        view.put("__typename", "WebhookSubscription");
        view.put("id", Gid.of("WebhookSubscription", subscription.path("id").asText()));
        view.put("legacyResourceId", subscription.path("id").asText());
        view.put("callbackUrl", subscription.path("uri").asText());
        view.putObject("apiVersion")
                .put("handle", Notifier.API_VERSION)
                .put("displayName", Notifier.API_VERSION)
                .put("supported", true);
        return view;
    }
}
