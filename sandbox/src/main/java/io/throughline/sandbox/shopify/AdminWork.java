package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Facility;

/** What a shop's staff does with fulfillment orders in the admin: moves them to another location, splits and merges them. */
final class AdminWork {

    private final ShopDesk desk;
    private final WorkMerge merge;

    AdminWork(ShopDesk desk) {
        this.desk = desk;
        this.merge = new WorkMerge(desk.store(), desk.notifier(), desk.work());
    }

    /** To {@code facility}; all that is left, unless {@code lines} says how many units of which of the order's lines. */
    void move(String gid, JsonNode asked) {
        Facility target = desk.store()
                .retailer()
                .facility(asked.path("facility").asText())
                .orElseThrow(() -> new InvalidOrder(422, "facility", "names no facility"));
        ObjectNode arguments =
                Json.object().put("id", gid).put("newLocationId", Gid.of("Location", target.shopifyLocationId()));
        if (asked.path("lines").isArray()) {
            arguments.set("fulfillmentOrderLineItems", lines(gid, asked.path("lines")));
        }
        desk.work().move(arguments);
    }

    /** The units of {@code lines} become a fulfillment order of their own at the same location. */
    void split(String gid, JsonNode asked) {
        ObjectNode arguments = Json.object();
        ObjectNode split =
                arguments.putArray("fulfillmentOrderSplits").addObject().put("fulfillmentOrderId", gid);
        split.set("fulfillmentOrderLineItems", lines(gid, asked.path("lines")));
        desk.work().split(arguments);
    }

    void merge(OrderDocument order, JsonNode asked) {
        merge.merge(order, asked.path("fulfillment_orders"));
    }

    private ArrayNode lines(String gid, JsonNode wanted) {
        FulfillmentOrderDocument work =
                desk.work().existing(Json.object().put("id", gid).path("id"), "");
        ArrayNode items = Json.array();
        for (JsonNode line : wanted) {
            ObjectNode found = work.lines().stream()
                    .filter(one -> one.path("lineItemId")
                            .asText()
                            .equals(line.path("line_item").asText()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidOrder(422, "lines.line_item", "is no line of the fulfillment order"));
            items.addObject()
                    .put(
                            "id",
                            Gid.of("FulfillmentOrderLineItem", found.path("id").asText()))
                    .put("quantity", line.path("quantity").asInt());
        }
        return items;
    }
}
