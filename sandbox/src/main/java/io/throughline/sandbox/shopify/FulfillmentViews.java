package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Facility;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.util.List;
import java.util.Optional;

/** Fulfillment orders and fulfillments as GraphQL shows them. */
final class FulfillmentViews {

    private FulfillmentViews() {}

    static ObjectNode fulfillmentOrder(ShopStore store, FulfillmentOrderDocument work) {
        OrderDocument order = store.existingOrder(work.orderId());
        ObjectNode view = Json.object();
        view.put("__typename", "FulfillmentOrder");
        view.put("id", work.gid());
        view.put("orderId", order.gid());
        view.put("orderName", order.name());
        view.put("order", order.gid());
        view.put("status", work.status());
        view.put("requestStatus", work.requestStatus());
        for (String name : List.of("fulfillAt", "fulfillBy", "createdAt", "updatedAt")) {
            view.set(name, OrderView.present(work.node().path(name)));
        }
        ArrayNode actions = view.putArray("supportedActions");
        SupportedActions.of(store, work).forEach(action -> actions.addObject().put("action", action));
        ObjectNode location = view.putObject("assignedLocation");
        location.put("name", OrderView.locationName(store.location(work.locationId())));
        location.put("location", Gid.of("Location", work.locationId()));
        view.set("deliveryMethod", deliveryMethod(work));
        view.set("destination", destination(order, work));
        view.set("fulfillmentHolds", holds(work));
        ArrayNode lines = view.putArray("lineItems");
        work.lines().forEach(line -> lines.add(line(store, order, line)));
        ArrayNode requests = view.putArray("merchantRequests");
        work.requests().forEach(request -> requests.add(request(request)));
        ArrayNode fulfillments = view.putArray("fulfillments");
        work.fulfillmentIds().forEach(id -> fulfillments.add(Gid.of("Fulfillment", id.asText())));
        ArrayNode mergeable = view.putArray("fulfillmentOrdersForMerge");
        SupportedActions.mergeable(store, work).forEach(other -> mergeable.add(other.gid()));
        return view;
    }

    private static ObjectNode deliveryMethod(FulfillmentOrderDocument work) {
        ObjectNode method = Json.object();
        method.put("__typename", "DeliveryMethod");
        method.put("id", Gid.of("DeliveryMethod", work.id()));
        method.put("methodType", work.methodType());
        method.putNull("minDeliveryDateTime");
        method.putNull("maxDeliveryDateTime");
        method.set("presentedName", OrderView.present(work.node().path("presentedName")));
        return method;
    }

    private static JsonNode destination(OrderDocument order, FulfillmentOrderDocument work) {
        JsonNode address = order.body().path("shipping_address");
        if (work.methodType().equals("PICK_UP")) {
            ObjectNode pickUp = Json.object();
            pickUp.put("id", Gid.of("FulfillmentOrderDestination", work.id()));
            pickUp.put("location", Gid.of("Location", work.locationId()));
            JsonNode customer = order.body().path("customer");
            pickUp.set("firstName", OrderView.present(customer.path("first_name")));
            pickUp.set("lastName", OrderView.present(customer.path("last_name")));
            pickUp.set("phone", OrderView.present(customer.path("phone")));
            pickUp.set("email", OrderView.present(order.body().path("email")));
            return pickUp;
        }
        if (!address.isObject()) {
            return NullNode.instance;
        }
        ObjectNode destination = (ObjectNode) OrderView.address(address, work.id());
        destination.put("id", Gid.of("FulfillmentOrderDestination", work.id()));
        destination.putNull("location");
        destination.set("email", OrderView.present(order.body().path("email")));
        return destination;
    }

    private static ArrayNode holds(FulfillmentOrderDocument work) {
        ArrayNode views = Json.array();
        for (JsonNode hold : work.holds()) {
            views.add(hold(hold));
        }
        return views;
    }

    static ObjectNode hold(JsonNode hold) {
        ObjectNode view = hold.deepCopy();
        view.put("__typename", "FulfillmentHold");
        view.put("id", Gid.of("FulfillmentHold", hold.path("id").asText()));
        view.put("heldByRequestingApp", true);
        return view;
    }

    private static ObjectNode line(ShopStore store, OrderDocument order, ObjectNode line) {
        ObjectNode orderLine = order.line(line.path("lineItemId").asText()).orElseThrow();
        Optional<Product> product = store.product(orderLine).filter(Product::stocked);
        ObjectNode view = Json.object();
        view.put("__typename", "FulfillmentOrderLineItem");
        view.put("id", Gid.of("FulfillmentOrderLineItem", line.path("id").asText()));
        view.set("sku", OrderView.present(orderLine.path("sku")));
        view.put("productTitle", orderLine.path("title").asText());
        view.set("variantTitle", OrderView.present(orderLine.path("variant_title")));
        view.put("totalQuantity", line.path("total").asInt());
        view.put("remainingQuantity", line.path("remaining").asInt());
        view.put("requiresShipping", orderLine.path("requires_shipping").asBoolean(true));
        view.set(
                "inventoryItemId",
                product.<JsonNode>map(known -> new TextNode(Gid.of("InventoryItem", known.inventoryItemId())))
                        .orElse(NullNode.instance));
        view.set("lineItem", new OrderLineViews(store, order).line(orderLine));
        return view;
    }

    private static ObjectNode request(JsonNode request) {
        ObjectNode view = request.deepCopy();
        view.put("__typename", "FulfillmentOrderMerchantRequest");
        view.put(
                "id",
                Gid.of("FulfillmentOrderMerchantRequest", request.path("id").asText()));
        return view;
    }

    /** Where a fulfillment order's lines could go: a location can take it that stocks each open line. */
    static ArrayNode locationsForMove(ShopStore store, InventoryBook inventory, FulfillmentOrderDocument work) {
        OrderDocument order = store.existingOrder(work.orderId());
        ArrayNode views = Json.array();
        for (Facility facility : store.retailer().facilities()) {
            if (facility.shopifyLocationId() == work.locationId()) {
                continue;
            }
            int stocked = 0;
            int missing = 0;
            for (ObjectNode line : work.lines()) {
                if (FulfillmentOrderDocument.remaining(line) > 0) {
                    boolean there = stocks(store, inventory, order, line, facility.shopifyLocationId());
                    stocked += there ? 1 : 0;
                    missing += there ? 0 : 1;
                }
            }
            ObjectNode view = views.addObject();
            view.put("location", Gid.of("Location", facility.shopifyLocationId()));
            view.put("movable", missing == 0);
            view.set(
                    "message",
                    missing == 0 ? NullNode.instance : new TextNode("Some items are not stocked at this location."));
            view.putObject("availableLineItemsCount").put("count", stocked);
            view.putObject("unavailableLineItemsCount").put("count", missing);
        }
        return views;
    }

    static boolean stocks(
            ShopStore store, InventoryBook inventory, OrderDocument order, ObjectNode line, long locationId) {
        Optional<Product> product = order.line(line.path("lineItemId").asText())
                .flatMap(store::product)
                .filter(Product::stocked);
        return product.isEmpty()
                || inventory
                        .level(product.get().inventoryItemId(), locationId)
                        .filter(level -> level.path("active").asBoolean())
                        .isPresent();
    }

    static ObjectNode fulfillment(ObjectNode fulfillment) {
        ObjectNode view = Json.object();
        view.put("__typename", "Fulfillment");
        view.put("id", Gid.of("Fulfillment", fulfillment.path("id").asText()));
        view.put("legacyResourceId", fulfillment.path("id").asText());
        for (String name : List.of("name", "status", "displayStatus")) {
            view.set(name, fulfillment.path(name));
        }
        view.set("createdAt", OrderView.time(fulfillment.path("createdAt")));
        view.set("updatedAt", OrderView.time(fulfillment.path("updatedAt")));
        view.put("requiresShipping", true);
        view.put("location", Gid.of("Location", fulfillment.path("locationId").asLong()));
        view.put("order", Gid.of("Order", fulfillment.path("orderId").asText()));
        view.set("trackingInfo", fulfillment.path("trackingInfo").deepCopy());
        int units = 0;
        for (JsonNode line : fulfillment.path("lines")) {
            units += line.path("quantity").asInt();
        }
        view.put("totalQuantity", units);
        ArrayNode work = view.putArray("fulfillmentOrders");
        fulfillment.path("fulfillmentOrders").forEach(id -> work.add(Gid.of("FulfillmentOrder", id.asText())));
        return view;
    }
}
