package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several fulfillment orders of an order at one location become one, which is new; those before are closed. */
final class WorkMerge {

    private final ShopStore store;
    private final Notifier notifier;
    private final FulfillmentOrders orders;

    WorkMerge(ShopStore store, Notifier notifier, FulfillmentOrders orders) {
        this.store = store;
        this.notifier = notifier;
        this.orders = orders;
    }

    FulfillmentOrderDocument merge(OrderDocument order, JsonNode numbers) {
        List<FulfillmentOrderDocument> parts = new ArrayList<>();
        numbers.forEach(number -> parts.add(part(order, number.asText())));
        if (parts.stream().map(FulfillmentOrderDocument::id).distinct().count() < 2) {
            throw UserErrors.of("At least two fulfillment orders are needed.", "fulfillment_orders");
        }
        requireOnePlace(parts);
        ArrayNode intents = Json.array();
        Map<String, Integer> units = new LinkedHashMap<>();
        parts.forEach(part -> intents.add(giveUp(part, units)));
        FulfillmentOrderDocument first = parts.getFirst();
        FulfillmentOrderDocument merged = new WorkSplitter(store)
                .create(
                        order,
                        first.locationId(),
                        first.methodType(),
                        Optional.ofNullable(first.node().get("presentedName")).map(JsonNode::asText),
                        units);
        store.save(order);
        notifier.publish("fulfillment_orders/merged", order.gid(), body(intents, merged));
        orders.effect("fulfillmentOrderMerge", merged, merged.gid(), intents);
        return merged;
    }

    private FulfillmentOrderDocument part(OrderDocument order, String number) {
        FulfillmentOrderDocument work = store.fulfillmentOrder(number)
                .filter(found -> found.orderId().equals(order.id()))
                .orElseThrow(
                        () -> UserErrors.of("Fulfillment order does not exist in this order.", "fulfillment_orders"));
        orders.require(work, "MERGE", "Cannot merge a fulfillment order in this state.");
        return work;
    }

    private static void requireOnePlace(List<FulfillmentOrderDocument> parts) {
        if (parts.stream().map(FulfillmentOrderDocument::locationId).distinct().count() > 1) {
            throw UserErrors.of("Fulfillment orders must belong to the same location.", "fulfillment_orders");
        }
    }

    /** What was left of it goes over; what was shipped from it stays its own. */
    private ObjectNode giveUp(FulfillmentOrderDocument part, Map<String, Integer> units) {
        ObjectNode intent = Json.object().put("fulfillment_order_id", Long.parseLong(part.id()));
        ArrayNode lines = intent.putArray("fulfillment_order_line_items");
        for (ObjectNode line : part.lines()) {
            int left = FulfillmentOrderDocument.remaining(line);
            if (left > 0) {
                lines.addObject().put("id", line.path("id").asLong()).put("quantity", left);
                units.merge(line.path("lineItemId").asText(), left, Integer::sum);
                line.put("total", line.path("total").asInt() - left);
                line.put("remaining", 0);
            }
        }
        part.status("CLOSED");
        store.save(part);
        return intent;
    }

    private static ObjectNode body(ArrayNode intents, FulfillmentOrderDocument merged) {
        ObjectNode body = Json.object();
        body.set("merge_intents", intents);
        body.putObject("fulfillment_order_merges").set("fulfillment_order", Bodies.reference(merged));
        return body;
    }
}
