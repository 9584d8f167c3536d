package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goods that left: made from fulfillment orders of one order and location, with tracking; cancelled, they are work again. */
final class Fulfillments {

    private final ShopStore store;
    private final Notifier notifier;
    private final InventoryBook inventory;
    private final FulfillmentOrders orders;

    Fulfillments(ShopStore store, Notifier notifier, InventoryBook inventory, FulfillmentOrders orders) {
        this.store = store;
        this.notifier = notifier;
        this.inventory = inventory;
        this.orders = orders;
    }

    private record Part(FulfillmentOrderDocument work, Map<String, Integer> units) {}

    ObjectNode create(JsonNode arguments) {
        JsonNode input = arguments.path("fulfillment");
        List<Part> parts = new ArrayList<>();
        for (JsonNode wanted : input.path("lineItemsByFulfillmentOrder")) {
            FulfillmentOrderDocument work = orders.existing(wanted.path("fulfillmentOrderId"), "");
            orders.require(work, "CREATE_FULFILLMENT", "The fulfillment order is not in a fulfillable state.");
            Map<String, Integer> units =
                    WorkSplitter.picked(work, wanted.path("fulfillmentOrderLineItems"), "fulfillment");
            parts.add(new Part(work, units));
        }
        requireOnePlace(parts);
        return Json.object().put("fulfillment", gid(ship(parts, tracking(input.path("trackingInfo")), arguments)));
    }

    /** A third-party location ships everything that remains. */
    ObjectNode shipAll(FulfillmentOrderDocument work, ArrayNode tracking) {
        return ship(List.of(new Part(work, WorkSplitter.picked(work, Json.array()))), tracking, Json.object());
    }

    private static void requireOnePlace(List<Part> parts) {
        if (parts.isEmpty()) {
            throw UserErrors.of("At least one fulfillment order is needed.", "fulfillment");
        }
        FulfillmentOrderDocument first = parts.getFirst().work();
        for (Part part : parts) {
            if (!part.work().orderId().equals(first.orderId()) || part.work().locationId() != first.locationId()) {
                throw UserErrors.of(
                        "All fulfillment orders must belong to the same order and location.", "fulfillment");
            }
        }
    }

    private ObjectNode ship(List<Part> parts, ArrayNode tracking, JsonNode detail) {
        FulfillmentOrderDocument first = parts.getFirst().work();
        OrderDocument order = store.existingOrder(first.orderId());
        ObjectNode fulfillment = Json.object();
        String id = Long.toString(store.nextId("Fulfillment"));
        fulfillment.put("id", id);
        fulfillment.put("orderId", order.id());
        fulfillment.put("locationId", first.locationId());
        fulfillment.put(
                "name", order.name() + "-F" + (order.body().path("fulfillments").size() + 1));
        fulfillment.put("status", "SUCCESS");
        fulfillment.put("displayStatus", first.methodType().equals("PICK_UP") ? "PICKED_UP" : "FULFILLED");
        fulfillment.put("createdAt", store.bodyTime());
        fulfillment.put("updatedAt", store.bodyTime());
        fulfillment.set("trackingInfo", tracking);
        ArrayNode lines = fulfillment.putArray("lines");
        ArrayNode work = fulfillment.putArray("fulfillmentOrders");
        for (Part part : parts) {
            work.add(part.work().id());
            take(order, part, lines);
            part.work().fulfillmentIds().add(id);
            store.save(part.work());
        }
        store.save("Fulfillment", id, fulfillment);
        order.body().withArray("fulfillments").add(Bodies.fulfillment(order, fulfillment));
        settleLines(order);
        store.save(order);
        notifier.publish("fulfillments/create", order.gid(), Bodies.fulfillment(order, fulfillment));
        notifier.orderUpdated(order);
        store.effect(
                "fulfillmentCreate",
                order.gid(),
                keyOf(parts),
                Json.object().put("fulfillment", gid(fulfillment)).set("request", detail));
        return fulfillment;
    }

    private static String keyOf(List<Part> parts) {
        StringBuilder key = new StringBuilder();
        parts.forEach(part -> key.append(part.work().gid()).append(part.units()));
        return key.toString();
    }

    private void take(OrderDocument order, Part part, ArrayNode lines) {
        part.units().forEach((lineId, units) -> {
            ObjectNode line = part.work().line(lineId).orElseThrow();
            line.put("remaining", FulfillmentOrderDocument.remaining(line) - units);
            String orderLineId = line.path("lineItemId").asText();
            lines.addObject()
                    .put("lineItemId", orderLineId)
                    .put("workLineId", lineId)
                    .put("fulfillmentOrderId", part.work().id())
                    .put("quantity", units);
            inventory.ship(product(order, orderLineId), part.work().locationId(), units);
        });
        part.work().status(part.work().remaining() == 0 ? "CLOSED" : "IN_PROGRESS");
        if (part.work().status().equals("CLOSED") && part.work().requestStatus().equals("ACCEPTED")) {
            part.work().requestStatus("CLOSED");
        }
    }

    private Optional<Product> product(OrderDocument order, String orderLineId) {
        return order.line(orderLineId).flatMap(store::product);
    }

    /** Sets each line's and the order's fulfillment status to what the fulfillment orders say. */
    void settleLines(OrderDocument order) {
        List<FulfillmentOrderDocument> work = store.fulfillmentOrders(order);
        boolean any = false;
        boolean all = true;
        for (ObjectNode line : order.lines()) {
            String id = line.path("id").asText();
            int shipped = 0;
            int open = 0;
            for (FulfillmentOrderDocument each : work) {
                for (ObjectNode part : each.lines()) {
                    if (part.path("lineItemId").asText().equals(id)) {
                        shipped += part.path("total").asInt()
                                - part.path("remaining").asInt();
                        open += each.ended() ? 0 : part.path("remaining").asInt();
                    }
                }
            }
            line.put("fulfillable_quantity", open);
            putStatus(line, shipped > 0, open == 0);
            any |= shipped > 0;
            all &= open == 0;
        }
        putStatus(order.body(), any, all);
    }

    private static void putStatus(ObjectNode holder, boolean any, boolean all) {
        if (!any) {
            holder.putNull("fulfillment_status");
        } else {
            holder.put("fulfillment_status", all ? "fulfilled" : "partial");
        }
    }

    ObjectNode cancel(JsonNode arguments) {
        ObjectNode fulfillment = existing(arguments.path("id"), "id");
        if (!fulfillment.path("status").asText().equals("SUCCESS")) {
            throw UserErrors.of("The fulfillment is already cancelled.", "id");
        }
        OrderDocument order = store.existingOrder(fulfillment.path("orderId").asText());
        for (JsonNode line : fulfillment.path("lines")) {
            FulfillmentOrderDocument work = store.fulfillmentOrder(
                            line.path("fulfillmentOrderId").asText())
                    .orElseThrow();
            ObjectNode workLine = work.line(line.path("workLineId").asText()).orElseThrow();
            int units = line.path("quantity").asInt();
            workLine.put("remaining", FulfillmentOrderDocument.remaining(workLine) + units);
            work.status("OPEN");
            work.requestStatus("UNSUBMITTED");
            store.save(work);
            inventory.ship(product(order, line.path("lineItemId").asText()), work.locationId(), -units);
        }
        fulfillment.put("status", "CANCELLED");
        fulfillment.put("displayStatus", "CANCELED");
        updated(fulfillment, order);
        store.effect("fulfillmentCancel", order.gid(), gid(fulfillment), arguments);
        return Json.object().put("fulfillment", gid(fulfillment));
    }

    ObjectNode updateTracking(JsonNode arguments) {
        ObjectNode fulfillment = existing(arguments.path("fulfillmentId"), "fulfillmentId");
        if (!fulfillment.path("status").asText().equals("SUCCESS")) {
            throw UserErrors.of("The fulfillment is cancelled.", "fulfillmentId");
        }
        ArrayNode tracking = tracking(arguments.path("trackingInfoInput"));
        fulfillment.set("trackingInfo", tracking);
        OrderDocument order = store.existingOrder(fulfillment.path("orderId").asText());
        updated(fulfillment, order);
        store.effect("fulfillmentTrackingInfoUpdate", order.gid(), gid(fulfillment) + tracking, arguments);
        return Json.object().put("fulfillment", gid(fulfillment));
    }

    private void updated(ObjectNode fulfillment, OrderDocument order) {
        fulfillment.put("updatedAt", store.bodyTime());
        store.save("Fulfillment", fulfillment.path("id").asText(), fulfillment);
        ObjectNode body = Bodies.fulfillment(order, fulfillment);
        ArrayNode bodies = order.body().withArray("fulfillments");
        for (int index = 0; index < bodies.size(); index++) {
            if (bodies.get(index).path("id").asText().equals(body.path("id").asText())) {
                bodies.set(index, body);
            }
        }
        settleLines(order);
        store.save(order);
        notifier.publish("fulfillments/update", order.gid(), body);
        notifier.orderUpdated(order);
    }

    private ObjectNode existing(JsonNode gid, String field) {
        return store.find("Fulfillment", Gid.idOf("Fulfillment", gid.asText()))
                .orElseThrow(() -> UserErrors.of("Fulfillment not found.", field));
    }

    private static String gid(ObjectNode fulfillment) {
        return Gid.of("Fulfillment", fulfillment.path("id").asText());
    }

    private static ArrayNode tracking(JsonNode input) {
        ArrayNode infos = Json.array();
        JsonNode numbers = input.path("numbers").isArray() ? input.path("numbers") : one(input.path("number"));
        JsonNode urls = input.path("urls").isArray() ? input.path("urls") : one(input.path("url"));
        for (int index = 0; index < Math.max(numbers.size(), urls.size()); index++) {
            ObjectNode info = infos.addObject();
            info.set("company", OrderView.present(input.path("company")));
            info.set("number", OrderView.present(numbers.path(index)));
            info.set("url", OrderView.present(urls.path(index)));
        }
        return infos;
    }

    private static ArrayNode one(JsonNode value) {
        return value.isTextual() ? Json.array().add(value) : Json.array();
    }
}
