package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where work is done and whether it may start: move, split, hold, release, progress, open, prepared for pickup. */
final class FulfillmentOrders {

    private static final int HOLDS_PER_APP = 10;

    private final ShopStore store;
    private final Notifier notifier;
    private final InventoryBook inventory;
    private final WorkSplitter splitter;

    FulfillmentOrders(ShopStore store, Notifier notifier, InventoryBook inventory) {
        this.store = store;
        this.notifier = notifier;
        this.inventory = inventory;
        this.splitter = new WorkSplitter(store);
    }

    FulfillmentOrderDocument existing(JsonNode gid, String code) {
        String id = Gid.idOf("FulfillmentOrder", gid.asText());
        return store.fulfillmentOrder(id)
                .orElseThrow(() -> code.isEmpty()
                        ? UserErrors.of("Fulfillment order does not exist.", "id")
                        : UserErrors.coded(code, "Fulfillment order does not exist.", "id"));
    }

    void require(FulfillmentOrderDocument work, String action, String message) {
        if (!SupportedActions.supports(store, work, action)) {
            throw UserErrors.of(
                    message + " (status " + work.status() + ", request status " + work.requestStatus() + ")", "id");
        }
    }

    ObjectNode move(JsonNode arguments) {
        FulfillmentOrderDocument work = existing(arguments.path("id"), "");
        if (work.reportedProgress()) {
            throw UserErrors.coded(
                    "CANNOT_MOVE_FULFILLMENT_ORDER_WITH_REPORTED_PROGRESS",
                    "Cannot move a fulfillment order with manually reported progress.",
                    "id");
        }
        require(work, "MOVE", "Cannot change location of a fulfillment order in this state.");
        long destination = Long.parseLong(
                Gid.idOf("Location", arguments.path("newLocationId").asText()));
        if (store.location(destination).isEmpty()) {
            throw UserErrors.of("Location not found.", "newLocationId");
        }
        if (destination == work.locationId()) {
            throw UserErrors.of("The fulfillment order is already assigned to this location.", "newLocationId");
        }
        Map<String, Integer> picked =
                WorkSplitter.picked(work, arguments.path("fulfillmentOrderLineItems"), "fulfillmentOrderLineItems");
        requireStocked(work, picked, destination);
        long origin = work.locationId();
        FulfillmentOrderDocument moved = moved(work, picked, destination);
        transferCommitment(moved, origin, destination);
        FulfillmentOrderDocument original = store.fulfillmentOrder(work.id()).orElseThrow();
        notifier.publish(
                "fulfillment_orders/moved",
                Gid.of("Order", work.orderId()),
                Bodies.moved(original, moved, origin, destination));
        effect("fulfillmentOrderMove", work, work.gid() + "->" + destination + ":" + picked, arguments);
        ObjectNode payload = Json.object();
        payload.put("movedFulfillmentOrder", moved.gid());
        payload.put("originalFulfillmentOrder", original.gid());
        if (!moved.id().equals(original.id()) && !original.ended()) {
            payload.put("remainingFulfillmentOrder", original.gid());
        }
        return payload;
    }

    private FulfillmentOrderDocument moved(
            FulfillmentOrderDocument work, Map<String, Integer> picked, long destination) {
        boolean whole = WorkSplitter.isEverything(work, picked) && work.fulfilled() == 0;
        boolean neighbour = store.fulfillmentOrders(store.existingOrder(work.orderId())).stream()
                .anyMatch(other -> !other.ended() && other.locationId() == destination);
        FulfillmentOrderDocument moved = whole && !neighbour ? work : splitter.carve(work, picked);
        moved.locationId(destination);
        moved.requestStatus("UNSUBMITTED");
        store.save(moved);
        return moved;
    }

    private void requireStocked(FulfillmentOrderDocument work, Map<String, Integer> picked, long destination) {
        OrderDocument order = store.existingOrder(work.orderId());
        for (String lineId : picked.keySet()) {
            if (!FulfillmentViews.stocks(
                    store, inventory, order, work.line(lineId).orElseThrow(), destination)) {
                throw UserErrors.of("The destination location does not stock the requested item.", "newLocationId");
            }
        }
    }

    private void transferCommitment(FulfillmentOrderDocument moved, long origin, long destination) {
        OrderDocument order = store.existingOrder(moved.orderId());
        for (ObjectNode line : moved.lines()) {
            Optional<Product> product =
                    order.line(line.path("lineItemId").asText()).flatMap(store::product);
            int units = FulfillmentOrderDocument.remaining(line);
            inventory.release(product, origin, units);
            inventory.commit(product, destination, units);
        }
    }

    ObjectNode split(JsonNode arguments) {
        ArrayNode results = Json.array();
        for (JsonNode split : arguments.path("fulfillmentOrderSplits")) {
            FulfillmentOrderDocument work = existing(split.path("fulfillmentOrderId"), "FULFILLMENT_ORDER_NOT_FOUND");
            require(work, "SPLIT", "Cannot split a fulfillment order in this state.");
            JsonNode items = split.path("fulfillmentOrderLineItems");
            if (items.isEmpty()) {
                throw UserErrors.coded(
                        "NO_LINE_ITEMS_PROVIDED_TO_SPLIT",
                        "There are no line items provided to split.",
                        "fulfillmentOrderSplits");
            }
            Map<String, Integer> picked = WorkSplitter.picked(work, items, "fulfillmentOrderSplits");
            if (WorkSplitter.isEverything(work, picked)) {
                throw UserErrors.coded(
                        "INVALID_LINE_ITEM_QUANTITY",
                        "At least one item must stay in the fulfillment order.",
                        "fulfillmentOrderSplits");
            }
            FulfillmentOrderDocument carved = splitter.carve(work, picked);
            notifier.publish("fulfillment_orders/split", Gid.of("Order", work.orderId()), Bodies.split(work, carved));
            effect("fulfillmentOrderSplit", work, work.gid() + ":" + picked, split);
            results.addObject().put("fulfillmentOrder", work.gid()).put("remainingFulfillmentOrder", carved.gid());
        }
        ObjectNode payload = Json.object();
        payload.set("fulfillmentOrderSplits", results);
        return payload;
    }

    ObjectNode hold(JsonNode arguments) {
        FulfillmentOrderDocument work = existing(arguments.path("id"), "FULFILLMENT_ORDER_NOT_FOUND");
        JsonNode wanted = arguments.path("fulfillmentHold");
        String handle = wanted.path("handle").asText("");
        for (JsonNode hold : work.holds()) {
            if (hold.path("handle").asText().equals(handle)) {
                throw UserErrors.coded(
                        "DUPLICATE_FULFILLMENT_HOLD_HANDLE",
                        "The handle provided for the fulfillment hold is already in use by this app for this order.",
                        "fulfillmentHold",
                        "handle");
            }
        }
        if (work.holds().size() >= HOLDS_PER_APP) {
            throw UserErrors.coded(
                    "FULFILLMENT_ORDER_HOLD_LIMIT_REACHED",
                    "The maximum number of fulfillment holds is reached.",
                    "id");
        }
        JsonNode items = wanted.path("fulfillmentOrderLineItems");
        if (work.status().equals("ON_HOLD") && !items.isEmpty()) {
            throw UserErrors.coded(
                    "FULFILLMENT_ORDER_NOT_SPLITTABLE", "The fulfillment order is already on hold.", "id");
        }
        require(work, "HOLD", "Cannot hold a fulfillment order in this state.");
        ObjectNode payload = Json.object();
        Map<String, Integer> rest = unpicked(work, WorkSplitter.picked(work, items, "fulfillmentOrderLineItems"));
        if (!rest.isEmpty()) {
            payload.put("remainingFulfillmentOrder", splitter.carve(work, rest).gid());
        }
        ObjectNode hold = keepHold(work, wanted, handle);
        notifier.fulfillmentOrder("placed_on_hold", work);
        effect("fulfillmentOrderHold", work, work.gid() + "#" + handle, wanted);
        payload.put("fulfillmentHold", Gid.of("FulfillmentHold", hold.path("id").asText()));
        payload.put("fulfillmentOrder", work.gid());
        return payload;
    }

    private static Map<String, Integer> unpicked(FulfillmentOrderDocument work, Map<String, Integer> picked) {
        Map<String, Integer> rest = new LinkedHashMap<>();
        for (ObjectNode line : work.lines()) {
            int left = FulfillmentOrderDocument.remaining(line)
                    - picked.getOrDefault(line.path("id").asText(), 0);
            if (left > 0) {
                rest.put(line.path("id").asText(), left);
            }
        }
        return rest;
    }

    private ObjectNode keepHold(FulfillmentOrderDocument work, JsonNode wanted, String handle) {
        ObjectNode hold = work.holds().addObject();
        hold.put("id", Long.toString(store.nextId("FulfillmentHold")));
        hold.put("handle", handle);
        hold.set("reason", wanted.path("reason"));
        hold.set("reasonNotes", OrderView.present(wanted.path("reasonNotes")));
        hold.set("externalId", OrderView.present(wanted.path("externalId")));
        work.status("ON_HOLD");
        store.save(work);
        store.save("FulfillmentHold", hold.path("id").asText(), hold.deepCopy());
        return hold;
    }

    ObjectNode releaseHold(JsonNode arguments) {
        FulfillmentOrderDocument work = existing(arguments.path("id"), "FULFILLMENT_ORDER_NOT_FOUND");
        require(work, "RELEASE_HOLD", "The fulfillment order is not on hold.");
        ArrayNode holds = work.holds();
        String released = "";
        for (int index = holds.size() - 1; index >= 0; index--) {
            String gid = Gid.of("FulfillmentHold", holds.get(index).path("id").asText());
            if (!arguments.path("holdIds").isArray() || contains(arguments.path("holdIds"), gid)) {
                released = gid + " " + released;
                holds.remove(index);
            }
        }
        if (released.isEmpty()) {
            throw UserErrors.of("None of the holds is on this fulfillment order.", "holdIds");
        }
        if (holds.isEmpty()) {
            work.status("OPEN");
        }
        store.save(work);
        notifier.fulfillmentOrder("hold_released", work);
        effect("fulfillmentOrderReleaseHold", work, work.gid() + "#" + released.strip(), arguments);
        return Json.object().put("fulfillmentOrder", work.gid());
    }

    private static boolean contains(JsonNode array, String text) {
        for (JsonNode element : array) {
            if (element.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    ObjectNode reportProgress(JsonNode arguments) {
        FulfillmentOrderDocument work = existing(arguments.path("id"), "FULFILLMENT_ORDER_NOT_FOUND");
        if (SupportedActions.isService(store, work)) {
            throw UserErrors.coded(
                    "FULFILLMENT_ORDER_INVALID_FULFILLMENT_SERVICE_OWNERSHIP",
                    "The fulfillment order is assigned to another party's fulfillment service.",
                    "id");
        }
        if (!SupportedActions.supports(store, work, "REPORT_PROGRESS")) {
            throw UserErrors.coded(
                    "FULFILLMENT_ORDER_STATUS_INVALID",
                    "Progress cannot be reported on a fulfillment order with status " + work.status() + ".",
                    "id");
        }
        work.status("IN_PROGRESS");
        work.reportedProgress(true);
        store.save(work);
        notifier.fulfillmentOrder("progress_reported", work);
        effect("fulfillmentOrderReportProgress", work, work.gid(), arguments);
        return Json.object().put("fulfillmentOrder", work.gid());
    }

    ObjectNode open(JsonNode arguments) {
        FulfillmentOrderDocument work = existing(arguments.path("id"), "");
        require(work, "MARK_AS_OPEN", "The fulfillment order cannot be marked as open.");
        work.status("OPEN");
        work.reportedProgress(false);
        store.save(work);
        notifier.fulfillmentOrder("manually_reported_progress_stopped", work);
        effect("fulfillmentOrderOpen", work, work.gid(), arguments);
        return Json.object().put("fulfillmentOrder", work.gid());
    }

    ObjectNode preparedForPickup(JsonNode arguments) {
        for (JsonNode item : arguments.path("input").path("lineItemsByFulfillmentOrder")) {
            FulfillmentOrderDocument work = existing(item.path("fulfillmentOrderId"), "FULFILLMENT_ORDER_INVALID");
            if (!work.methodType().equals("PICK_UP") || !SupportedActions.supports(store, work, "CREATE_FULFILLMENT")) {
                throw UserErrors.coded(
                        "FULFILLMENT_ORDER_INVALID",
                        "The fulfillment order cannot be prepared for pickup (status " + work.status() + ").",
                        "input");
            }
            if (work.remaining() == 0 || work.node().path("preparedForPickup").asBoolean()) {
                throw UserErrors.coded(
                        "NO_LINE_ITEMS_TO_PREPARE_FOR_FULFILLMENT_ORDER",
                        "There are no line items left to prepare for pickup.",
                        "input");
            }
            work.node().put("preparedForPickup", true);
            store.save(work);
            notifier.fulfillmentOrder("line_items_prepared_for_pickup", work);
            effect("fulfillmentOrderLineItemsPreparedForPickup", work, work.gid(), item);
        }
        return Json.object();
    }

    void effect(String operation, FulfillmentOrderDocument work, String key, JsonNode detail) {
        store.effect(operation, Gid.of("Order", work.orderId()), key, detail);
    }
}
