package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Customers' disputes about payments, as the bank tells them to Shopify Payments: begun and decided by control calls. Neither changes the order
 * nor the time of its last change.
 */
final class Disputes {

    private static final String KIND = "Dispute";
    private static final Set<String> TYPES = Set.of("INQUIRY", "CHARGEBACK");
    private static final Set<String> STATUSES =
            Set.of("NEEDS_RESPONSE", "UNDER_REVIEW", "PREVENTED", "ACCEPTED", "LOST", "WON");

    private final ShopStore store;
    private final Notifier notifier;

    Disputes(ShopStore store, Notifier notifier) {
        this.store = store;
        this.notifier = notifier;
    }

    /** About all that was paid, unless an amount is given. */
    ObjectNode open(OrderDocument order, JsonNode asked) {
        if (!order.received().isPositive()) {
            throw UserErrors.of("Nothing was paid that could be disputed.", "order");
        }
        String id = Long.toString(store.nextId(KIND));
        ObjectNode dispute = Json.object()
                .put("id", id)
                .put("orderId", order.id())
                .put("type", oneOf(TYPES, asked.path("type").asText("CHARGEBACK"), "type"))
                .put("status", "NEEDS_RESPONSE")
                .put("reason", asked.path("reason").asText("fraudulent"))
                .put(
                        "amount",
                        asked.path("amount").asText(order.received().shop().toPlainString()))
                .put("currency", order.currency())
                .put("initiatedAt", store.instant())
                .putNull("finalizedOn");
        return say("disputes/create", dispute);
    }

    ObjectNode decide(String id, JsonNode asked) {
        ObjectNode dispute =
                store.find(KIND, id).orElseThrow(() -> UserErrors.of("There is no dispute " + id + ".", "id"));
        String status = oneOf(STATUSES, asked.path("status").asText(), "status");
        dispute.put("status", status);
        if (!Set.of("NEEDS_RESPONSE", "UNDER_REVIEW").contains(status)) {
            dispute.put("finalizedOn", store.instant());
        }
        return say("disputes/update", dispute);
    }

    private ObjectNode say(String topic, ObjectNode dispute) {
        store.save(KIND, dispute.path("id").asText(), dispute);
        notifier.publish(topic, Gid.of("Order", dispute.path("orderId").asText()), body(dispute));
        return dispute;
    }

    private static String oneOf(Set<String> allowed, String told, String field) {
        String wanted = told.toUpperCase(Locale.ROOT);
        if (!allowed.contains(wanted)) {
            throw UserErrors.of("One of " + allowed.stream().sorted().toList() + ".", field);
        }
        return wanted;
    }

    private static ObjectNode body(ObjectNode dispute) {
        ObjectNode body = Json.object();
        body.put("id", dispute.path("id").asLong());
        body.put("order_id", dispute.path("orderId").asLong());
        body.put("type", dispute.path("type").asText().toLowerCase(Locale.ROOT));
        body.put("amount", dispute.path("amount").asText());
        body.put("currency", dispute.path("currency").asText());
        body.put("reason", dispute.path("reason").asText());
        body.putNull("network_reason_code");
        body.put("status", dispute.path("status").asText().toLowerCase(Locale.ROOT));
        body.putNull("evidence_due_by");
        body.putNull("evidence_sent_on");
        body.set("finalized_on", dispute.path("finalizedOn"));
        body.put("initiated_at", dispute.path("initiatedAt").asText());
        return body;
    }

    static List<ObjectNode> of(ShopStore store, OrderDocument order) {
        return store.list(KIND).stream()
                .filter(dispute -> dispute.path("orderId").asText().equals(order.id()))
                .toList();
    }

    /** As an order shows it. */
    static ObjectNode summary(ObjectNode dispute) {
        ObjectNode view = Json.object();
        view.put("__typename", "OrderDisputeSummary");
        view.put("id", Gid.of("OrderDisputeSummary", dispute.path("id").asText()));
        view.set("initiatedAs", dispute.path("type"));
        view.set("status", dispute.path("status"));
        return view;
    }

    /** As Shopify Payments shows it. */
    static ObjectNode view(ObjectNode dispute) {
        ObjectNode view = Json.object();
        view.put("__typename", "ShopifyPaymentsDispute");
        view.set(
                "amount",
                Bag.money(
                        new BigDecimal(dispute.path("amount").asText()),
                        dispute.path("currency").asText()));
        view.put("id", Gid.of("ShopifyPaymentsDispute", dispute.path("id").asText()));
        view.set("status", dispute.path("status"));
        view.put("order", Gid.of("Order", dispute.path("orderId").asText()));
        return view;
    }
}
