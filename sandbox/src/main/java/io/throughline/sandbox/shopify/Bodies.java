package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.util.Locale;
import java.util.Optional;

/** The bodies of webhooks other than the order's own, in their REST-like shapes. */
final class Bodies {

    private Bodies() {}

    static ObjectNode bulkOperation(ObjectNode operation) {
        ObjectNode body = Json.object();
        body.put(
                "admin_graphql_api_id",
                Gid.of("BulkOperation", operation.path("id").asText()));
        body.set("completed_at", operation.path("completedAt"));
        body.set("created_at", operation.path("createdAt"));
        body.putNull("error_code");
        body.put("status", operation.path("status").asText().toLowerCase(Locale.ROOT));
        body.put("type", "query");
        return body;
    }

    /** Of one variant, as all products of the sandbox are. */
    static ObjectNode product(ShopStore store, Product product, Optional<ObjectNode> change) {
        ObjectNode shown = CatalogViews.variant(store, product, change);
        ObjectNode body = Json.object();
        body.put("id", product.productId());
        body.put("admin_graphql_api_id", Gid.of("Product", product.productId()));
        body.put("title", product.title());
        body.put("handle", product.sku().toLowerCase(Locale.ROOT));
        body.put("vendor", "Northwind Outfitters");
        body.put("status", "active");
        body.put("updated_at", shown.path("updatedAt").asText());
        body.putArray("variants")
                .addObject()
                .put("id", product.variantId())
                .put("admin_graphql_api_id", Gid.of("ProductVariant", product.variantId()))
                .put("product_id", product.productId())
                .put("sku", product.sku())
                .put("price", shown.path("price").asText())
                .put("updated_at", shown.path("updatedAt").asText());
        return body;
    }

    static ObjectNode transaction(OrderDocument order, ObjectNode transaction) {
        Bag amount = Bag.of(transaction.path("amount_set"));
        ObjectNode body = Json.object();
        long id = transaction.path("id").asLong();
        body.put("id", id);
        body.put("admin_graphql_api_id", Gid.of("OrderTransaction", id));
        body.put("amount", amount.presentment().toPlainString());
        body.putNull("authorization");
        body.put("created_at", transaction.path("created_at").asText());
        body.put("currency", amount.presentmentCurrency());
        body.putNull("device_id");
        body.set(
                "error_code",
                transaction.path("error_code").isMissingNode()
                        ? Json.object().nullNode()
                        : transaction.get("error_code"));
        body.put("gateway", transaction.path("gateway").asText());
        body.put("kind", transaction.path("kind").asText().toLowerCase(Locale.ROOT));
        body.putNull("location_id");
        body.putNull("message");
        body.put("order_id", Long.parseLong(order.id()));
        long parent = transaction.path("parent_id").asLong(0);
        if (parent == 0) {
            body.putNull("parent_id");
        } else {
            body.put("parent_id", parent);
        }
        body.put("payment_id", "sandbox-" + id);
        body.put("processed_at", transaction.path("created_at").asText());
        body.set("receipt", transaction.path("receipt").isObject() ? transaction.get("receipt") : Json.object());
        body.put("source_name", "web");
        body.put("status", transaction.path("status").asText().toLowerCase(Locale.ROOT));
        body.put("test", false);
        body.putNull("user_id");
        return body;
    }

    static ObjectNode inventoryLevel(ObjectNode level, String time) {
        return Json.object()
                .put("inventory_item_id", level.path("itemId").asLong())
                .put("location_id", level.path("locationId").asLong())
                .put("available", level.path("available").asInt())
                .put("updated_at", time)
                .put("admin_graphql_api_id", InventoryBook.gid(level));
    }

    static ObjectNode fulfillmentOrder(FulfillmentOrderDocument fulfillmentOrder) {
        ObjectNode body = Json.object();
        body.set("fulfillment_order", reference(fulfillmentOrder));
        return body;
    }

    static ObjectNode moved(FulfillmentOrderDocument original, FulfillmentOrderDocument moved, long from, long to) {
        ObjectNode body = Json.object();
        body.set("original_fulfillment_order", reference(original));
        body.set("moved_fulfillment_order", reference(moved));
        body.put("destination_location_id", Gid.of("Location", to));
        body.set("source_location", Json.object().put("id", Gid.of("Location", from)));
        return body;
    }

    static ObjectNode split(FulfillmentOrderDocument original, FulfillmentOrderDocument remaining) {
        ObjectNode body = Json.object();
        body.set("fulfillment_order", reference(original));
        body.set("remaining_fulfillment_order", reference(remaining));
        return body;
    }

    static ObjectNode submitted(
            FulfillmentOrderDocument original, FulfillmentOrderDocument submitted, JsonNode request) {
        ObjectNode body = Json.object();
        body.set("original_fulfillment_order", reference(original));
        body.set("submitted_fulfillment_order", reference(submitted));
        ObjectNode merchantRequest = Json.object();
        merchantRequest.put(
                "id",
                Gid.of("FulfillmentOrderMerchantRequest", request.path("id").asText()));
        merchantRequest.set("message", request.path("message"));
        body.set("fulfillment_order_merchant_request", merchantRequest);
        return body;
    }

    static ObjectNode reference(FulfillmentOrderDocument fulfillmentOrder) {
        return Json.object()
                .put("id", fulfillmentOrder.gid())
                .put("status", fulfillmentOrder.status().toLowerCase(Locale.ROOT))
                .put("request_status", fulfillmentOrder.requestStatus().toLowerCase(Locale.ROOT));
    }

    static ObjectNode fulfillment(OrderDocument order, ObjectNode fulfillment) {
        ObjectNode body = Json.object();
        long id = fulfillment.path("id").asLong();
        body.put("id", id);
        body.put("admin_graphql_api_id", Gid.of("Fulfillment", id));
        body.put("order_id", Long.parseLong(order.id()));
        body.put("status", fulfillment.path("status").asText().toLowerCase(Locale.ROOT));
        body.put("created_at", fulfillment.path("createdAt").asText());
        body.put("updated_at", fulfillment.path("updatedAt").asText());
        body.put("location_id", fulfillment.path("locationId").asLong());
        body.put("name", fulfillment.path("name").asText());
        body.putNull("shipment_status");
        body.put("service", "manual");
        JsonNode tracking = fulfillment.path("trackingInfo");
        body.set("tracking_company", first(tracking, "company"));
        body.set("tracking_number", first(tracking, "number"));
        body.set("tracking_url", first(tracking, "url"));
        body.set("tracking_numbers", all(tracking, "number"));
        body.set("tracking_urls", all(tracking, "url"));
        ArrayNode lines = body.putArray("line_items");
        for (JsonNode line : fulfillment.path("lines")) {
            order.line(line.path("lineItemId").asText()).ifPresent(orderLine -> {
                ObjectNode copy = orderLine.deepCopy();
                copy.put("quantity", line.path("quantity").asInt());
                lines.add(copy);
            });
        }
        return body;
    }

    private static JsonNode first(JsonNode tracking, String name) {
        JsonNode value = tracking.path(0).path(name);
        return value.isMissingNode() ? Json.object().nullNode() : value;
    }

    private static ArrayNode all(JsonNode tracking, String name) {
        ArrayNode values = Json.array();
        tracking.forEach(info -> {
            if (info.path(name).isTextual()) {
                values.add(info.path(name).asText());
            }
        });
        return values;
    }
}
