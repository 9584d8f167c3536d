package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes fulfillment orders and carves new ones out of old ones; the units of an order's lines are never more or less for it. */
final class WorkSplitter {

    private final ShopStore store;

    WorkSplitter(ShopStore store) {
        this.store = store;
    }

    /** New work for units by order line id, attached to the order; the caller saves the order. */
    FulfillmentOrderDocument create(
            OrderDocument order,
            long locationId,
            String methodType,
            Optional<String> presentedName,
            Map<String, Integer> unitsByLine) {
        ObjectNode node = Json.object();
        String id = Long.toString(store.nextId("FulfillmentOrder"));
        node.put("id", id);
        node.put("orderId", order.id());
        node.put("status", "OPEN");
        node.put("requestStatus", "UNSUBMITTED");
        node.put("locationId", locationId);
        node.put("methodType", methodType);
        presentedName.ifPresent(name -> node.put("presentedName", name));
        node.put("reportedProgress", false);
        node.put("preparedForPickup", false);
        node.put("fulfillAt", store.instant());
        node.put("createdAt", store.instant());
        ArrayNode lines = node.putArray("lines");
        unitsByLine.forEach((lineId, units) -> lines.add(line(lineId, units)));
        node.putArray("holds");
        node.putArray("requests");
        node.putArray("fulfillments");
        FulfillmentOrderDocument work = new FulfillmentOrderDocument(node);
        order.addFulfillmentOrder(id);
        store.save(work);
        return work;
    }

    private ObjectNode line(String orderLineId, int units) {
        return Json.object()
                .put("id", Long.toString(store.nextId("FulfillmentOrderLineItem")))
                .put("lineItemId", orderLineId)
                .put("total", units)
                .put("remaining", units);
    }

    /** Moves units, by the original's line ids, into a new fulfillment order at the same place; both are saved. */
    FulfillmentOrderDocument carve(FulfillmentOrderDocument original, Map<String, Integer> unitsByWorkLine) {
        OrderDocument order = store.existingOrder(original.orderId());
        Map<String, Integer> unitsByOrderLine = new LinkedHashMap<>();
        unitsByWorkLine.forEach((lineId, units) -> {
            ObjectNode line = original.line(lineId).orElseThrow();
            line.put("total", line.path("total").asInt() - units);
            line.put("remaining", line.path("remaining").asInt() - units);
            unitsByOrderLine.merge(line.path("lineItemId").asText(), units, Integer::sum);
        });
        dropEmptyLines(original);
        FulfillmentOrderDocument carved = create(
                order,
                original.locationId(),
                original.methodType(),
                Optional.ofNullable(original.node().get("presentedName")).map(JsonNode::asText),
                unitsByOrderLine);
        store.save(order);
        if (original.remaining() == 0 && !original.ended()) {
            original.status("CLOSED");
        }
        store.save(original);
        return carved;
    }

    private static void dropEmptyLines(FulfillmentOrderDocument work) {
        ArrayNode lines = work.lineArray();
        for (int index = lines.size() - 1; index >= 0; index--) {
            if (lines.get(index).path("total").asInt() == 0) {
                lines.remove(index);
            }
        }
    }

    /** What a caller picked: units by line id, all that remains where nothing is picked. Refuses what is not there. */
    static Map<String, Integer> picked(FulfillmentOrderDocument work, JsonNode items, String... field) {
        Map<String, Integer> units = new LinkedHashMap<>();
        if (items.isEmpty()) {
            for (ObjectNode line : work.lines()) {
                if (FulfillmentOrderDocument.remaining(line) > 0) {
                    units.put(line.path("id").asText(), FulfillmentOrderDocument.remaining(line));
                }
            }
            return units;
        }
        for (JsonNode item : items) {
            String lineId = Gid.idOf("FulfillmentOrderLineItem", item.path("id").asText());
            int wanted = item.path("quantity").asInt();
            int remaining = work.line(lineId)
                    .map(FulfillmentOrderDocument::remaining)
                    .orElseThrow(() -> UserErrors.of("Fulfillment order line item does not exist.", field));
            if (wanted < 1 || wanted > remaining || units.put(lineId, wanted) != null) {
                throw UserErrors.of("Quantity must be between 1 and " + remaining + " for each line item.", field);
            }
        }
        return units;
    }

    static boolean isEverything(FulfillmentOrderDocument work, Map<String, Integer> picked) {
        return picked.values().stream().mapToInt(Integer::intValue).sum() == work.remaining();
    }
}
