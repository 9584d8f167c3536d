package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Delivery;
import io.throughline.sandbox.core.DeliveryPolicy;
import io.throughline.sandbox.core.Json;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Sends a shop's events to its subscriptions: one event id an event, one webhook id a subscription, signed over the bytes that
 * go out. A subscription whose message failed in all its tries is deleted, as Shopify deletes those made by the Admin API.
 */
final class Notifier {

    static final String API_VERSION = "2026-10";

    private static final int RETRIES = 8;

    private final ShopStore store;

    Notifier(ShopStore store) {
        this.store = store;
    }

    /** The topic comes as in the header, for example {@code orders/paid}. */
    void publish(String topic, String subject, ObjectNode body) {
        String wanted = enumName(topic);
        String eventId = UUID.randomUUID().toString();
        for (ObjectNode subscription : store.list("WebhookSubscription")) {
            if (subscription.path("topic").asText().equals(wanted)) {
                store.context()
                        .webhooks()
                        .send(delivery(topic, subject, body, subscription, eventId), new Insistence(subscription));
            }
        }
    }

    /**
     * What every app must take: it goes to the address in the app's configuration, for which the first that it has subscribed with stands
     * here.
     */
    void require(String topic, String subject, ObjectNode body) {
        store.list("WebhookSubscription").stream()
                .findFirst()
                .ifPresent(app -> store.context()
                        .webhooks()
                        .send(
                                delivery(
                                        topic,
                                        subject,
                                        body,
                                        app,
                                        UUID.randomUUID().toString()),
                                new Insistence(app)));
    }

    void order(String topic, OrderDocument order) {
        publish(topic, order.gid(), order.body());
    }

    void orderUpdated(OrderDocument order) {
        order("orders/updated", order);
    }

    void transactionCreated(OrderDocument order, ObjectNode transaction) {
        publish("order_transactions/create", order.gid(), Bodies.transaction(order, transaction));
    }

    void inventoryLevelUpdated(ObjectNode level) {
        publish("inventory_levels/update", InventoryBook.gid(level), Bodies.inventoryLevel(level, store.bodyTime()));
    }

    /** A {@code fulfillment_orders/*} event: a small body of global ids and statuses. */
    void fulfillmentOrder(String event, FulfillmentOrderDocument fulfillmentOrder) {
        publish(
                "fulfillment_orders/" + event,
                Gid.of("Order", fulfillmentOrder.orderId()),
                Bodies.fulfillmentOrder(fulfillmentOrder));
    }

    private Delivery delivery(String topic, String subject, ObjectNode body, ObjectNode subscription, String eventId) {
        byte[] bytes = Json.bytes(restricted(body, subscription.path("includeFields")));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Shopify-Captain-Hook");
        headers.put(
                "X-Shopify-Hmac-Sha256", WebhookSignature.of(bytes, store.shop().clientSecret()));
        headers.put("X-Shopify-Topic", topic);
        headers.put("X-Shopify-Shop-Domain", store.shop().domain());
        headers.put("X-Shopify-API-Version", API_VERSION);
        headers.put("X-Shopify-Webhook-Id", UUID.randomUUID().toString());
        headers.put("X-Shopify-Event-Id", eventId);
        headers.put("X-Shopify-Triggered-At", store.now().toString());
        if (subscription.path("name").isTextual()) {
            headers.put("X-Shopify-Name", subscription.path("name").asText());
        }
        URI target = URI.create(subscription.path("uri").asText());
        return new Delivery(ShopStore.SYSTEM, topic, subject, target, headers, bytes);
    }

    private static JsonNode restricted(ObjectNode body, JsonNode includeFields) {
        if (includeFields.isEmpty()) {
            return body;
        }
        ObjectNode some = Json.object();
        includeFields.forEach(field -> {
            String name = field.asText();
            if (body.has(name)) {
                some.set(name, body.get(name));
            }
        });
        return some;
    }

    static String enumName(String topic) {
        return topic.replace('/', '_').toUpperCase(Locale.ROOT);
    }

    /** Eight retries, the wait doubling; scaled down from the four hours that the real ones take. */
    private final class Insistence implements DeliveryPolicy {

        private final String subscriptionId;

        private Insistence(ObjectNode subscription) {
            this.subscriptionId = subscription.path("id").asText();
        }

        @Override
        public int retries() {
            return RETRIES;
        }

        @Override
        public Duration waitBefore(int retry) {
            return store.context().config().webhookRetryBase().multipliedBy(1L << (retry - 1));
        }

        @Override
        public void attempted(Delivery delivery, int attempt, boolean accepted) {
            if (!accepted && attempt > RETRIES) {
                store.remove("WebhookSubscription", subscriptionId);
            }
        }

        @Override
        public boolean stillWanted(Delivery delivery) {
            return store.find("WebhookSubscription", subscriptionId).isPresent();
        }
    }
}
