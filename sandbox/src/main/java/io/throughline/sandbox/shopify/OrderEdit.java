package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.Map;
import java.util.Optional;

/** What a merchant changes in the admin while an order is under way: quantities of lines, the address, the note. */
final class OrderEdit {

    private final ShopDesk desk;
    private final ShopStore store;

    OrderEdit(ShopDesk desk) {
        this.desk = desk;
        this.store = desk.store();
    }

    /** Must run inside a transaction. */
    void apply(OrderDocument order, JsonNode edit, boolean announce) {
        ArrayNode additions = Json.array();
        ArrayNode removals = Json.array();
        for (JsonNode wanted : edit.path("line_items")) {
            ObjectNode line = order.line(wanted.path("id").asText())
                    .orElseThrow(() -> new InvalidOrder(422, "line_items.id", "is no line of the order"));
            int current = line.path("current_quantity").asInt();
            int after = wanted.path("quantity").asInt(-1);
            if (after < 0) {
                throw new InvalidOrder(422, "line_items.quantity", "must be a whole number of at least 0");
            }
            if (after < current) {
                reduce(order, line, current - after);
                removals.addObject().put("id", line.path("id").asLong()).put("delta", current - after);
            } else if (after > current) {
                increase(order, line, after - current);
                additions.addObject().put("id", line.path("id").asLong()).put("delta", after - current);
            }
        }
        for (String field : new String[] {"shipping_address", "note", "email", "tags"}) {
            if (edit.has(field)) {
                order.body().set(field, edit.get(field));
            }
        }
        order.node()
                .put("edited", order.node().path("edited").asBoolean() || !additions.isEmpty() || !removals.isEmpty());
        desk.fulfillments().settleLines(order);
        order.settleFinancialStatus();
        store.save(order);
        store.effect("control:edit", order.gid(), order.gid() + "@" + store.instant(), edit);
        if (announce) {
            announce(order, additions, removals);
        }
    }

    private void announce(OrderDocument order, ArrayNode additions, ArrayNode removals) {
        if (!additions.isEmpty() || !removals.isEmpty()) {
            ObjectNode edited = Json.object();
            edited.put("id", store.nextId("OrderEdit"));
            edited.put("order_id", Long.parseLong(order.id()));
            edited.put("created_at", store.bodyTime());
            ObjectNode lines = edited.putObject("line_items");
            lines.set("additions", additions);
            lines.set("removals", removals);
            ObjectNode body = Json.object();
            body.set("order_edit", edited);
            desk.notifier().publish("orders/edited", order.gid(), body);
        }
        desk.notifier().orderUpdated(order);
    }

    private void reduce(OrderDocument order, ObjectNode line, int units) {
        int open = desk.refunds().dropOpenUnits(order, line, units, true);
        if (open < units) {
            throw new InvalidOrder(422, "line_items.quantity", "cannot be less than what was fulfilled");
        }
        line.put("current_quantity", line.path("current_quantity").asInt() - units);
        OrderTotals.takeOff(order, LineShare.of(order, line, units));
    }

    private void increase(OrderDocument order, ObjectNode line, int units) {
        line.put("current_quantity", line.path("current_quantity").asInt() + units);
        line.put("quantity", line.path("quantity").asInt() + units);
        LineShare more = LineShare.of(order, line, units);
        OrderTotals.takeOff(
                order, new LineShare(more.subtotal().negated(), more.tax().negated()));
        long locationId = store.fulfillmentOrders(order).stream()
                .filter(work -> !work.ended())
                .map(FulfillmentOrderDocument::locationId)
                .findFirst()
                .orElseGet(() -> store.retailer().facilities().getFirst().shopifyLocationId());
        FulfillmentOrderDocument added = new WorkSplitter(store)
                .create(
                        order,
                        locationId,
                        "SHIPPING",
                        Optional.ofNullable(order.body()
                                .path("shipping_lines")
                                .path(0)
                                .path("title")
                                .textValue()),
                        Map.of(line.path("id").asText(), units));
        desk.inventory().commit(store.product(line), locationId, units);
        desk.notifier().fulfillmentOrder("order_routing_complete", added);
    }
}
