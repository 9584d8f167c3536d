package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.Optional;

/** A shop's customers, as the merchant's staff change and merge them, and what the law lets them ask of every app. */
final class ShopCustomers {

    private static final String KIND = "Customer";

    private final ShopStore store;
    private final Notifier notifier;

    ShopCustomers(ShopStore store, Notifier notifier) {
        this.store = store;
        this.notifier = notifier;
    }

    /** Makes or changes one, by a body as webhooks carry it; {@code silently} as if its webhook were lost. */
    ObjectNode put(ObjectNode wanted, boolean silently) {
        String id = wanted.path("id").asText();
        Optional<ObjectNode> known = store.find(KIND, id);
        ObjectNode customer = known.orElseGet(() -> Json.object().put("created_at", store.bodyTime()));
        customer.setAll(wanted);
        customer.put("updated_at", store.bodyTime());
        store.save(KIND, id, customer);
        if (!silently) {
            notifier.publish(known.isPresent() ? "customers/update" : "customers/create", gid(id), customer);
        }
        return customer;
    }

    /** The one is gone afterwards, the other stays. */
    boolean merge(String gone, String kept) {
        if (store.find(KIND, kept).isEmpty() || !store.remove(KIND, gone)) {
            return false;
        }
        ObjectNode body = Json.object()
                .put("admin_graphql_api_customer_kept_id", gid(kept))
                .put("admin_graphql_api_customer_deleted_id", gid(gone))
                .putNull("admin_graphql_api_job_id")
                .put("status", "completed");
        body.putArray("errors");
        notifier.publish("customers/merge", gid(kept), body);
        return true;
    }

    void requestData(JsonNode asked) {
        ObjectNode body = aboutShop();
        body.set("orders_requested", orders(asked));
        body.set("customer", contact(asked));
        body.putObject("data_request").put("id", store.nextId("DataRequest"));
        notifier.require("customers/data_request", gid(asked.path("customer").asText()), body);
    }

    void redact(JsonNode asked) {
        ObjectNode body = aboutShop();
        body.set("customer", contact(asked));
        body.set("orders_to_redact", orders(asked));
        notifier.require("customers/redact", gid(asked.path("customer").asText()), body);
    }

    void redactShop() {
        notifier.require("shop/redact", store.shop().domain(), aboutShop());
    }

    private ObjectNode aboutShop() {
        return Json.object()
                .put("shop_id", 60_000_000_001L + store.retailer().shops().indexOf(store.shop()))
                .put("shop_domain", store.shop().domain());
    }

    private ObjectNode contact(JsonNode asked) {
        String id = asked.path("customer").asText();
        ObjectNode contact = Json.object().put("id", Long.parseLong(id));
        store.find(KIND, id).ifPresent(customer -> {
            contact.set("email", OrderView.present(customer.path("email")));
            contact.set("phone", OrderView.present(customer.path("phone")));
        });
        return contact;
    }

    private static ArrayNode orders(JsonNode asked) {
        ArrayNode orders = Json.array();
        asked.path("orders").forEach(order -> orders.add(order.asLong()));
        return orders;
    }

    private static String gid(String id) {
        return Gid.of(KIND, id);
    }
}
