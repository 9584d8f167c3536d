package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Changes of stock by the API: set, adjust, move between states, activate at a location. All carry an idempotency key. */
final class InventoryMutations {

    private static final int MOST_UNITS = 1_000_000_000;
    private static final int MOST_ELEMENTS = 250;
    private static final Set<String> REASONS = Set.of(
            "correction",
            "cycle_count_available",
            "damaged",
            "movement_created",
            "movement_updated",
            "movement_received",
            "movement_canceled",
            "other",
            "promotion",
            "quality_control",
            "received",
            "reservation_created",
            "reservation_deleted",
            "reservation_updated",
            "restock",
            "safety_stock",
            "shrinkage");

    private final ShopStore store;
    private final InventoryBook inventory;
    private final ShopCatalog catalog;

    InventoryMutations(ShopStore store, InventoryBook inventory, ShopCatalog catalog) {
        this.store = store;
        this.inventory = inventory;
        this.catalog = catalog;
    }

    ObjectNode set(JsonNode arguments, String key) {
        JsonNode input = arguments.path("input");
        String name = input.path("name").asText();
        if (!name.equals("available") && !name.equals("on_hand")) {
            throw UserErrors.coded(
                    "INVALID_NAME", "The quantity name must be either 'available' or 'on_hand'.", "input", "name");
        }
        requireReason(input);
        Set<String> seen = new HashSet<>();
        ArrayNode changes = Json.array();
        forEach(input, "quantities", wanted -> {
            requirePresent(wanted);
            if (!seen.add(wanted.path("inventoryItemId").asText()
                    + wanted.path("locationId").asText())) {
                throw UserErrors.coded(
                        "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
                        "The combination of inventoryItemId and locationId must be unique.",
                        "locationId");
            }
            int quantity = wanted.path("quantity").asInt();
            requireSize(quantity);
            ObjectNode level = level(wanted.path("inventoryItemId"), wanted.path("locationId"));
            requireFresh(level, name, wanted);
            int delta = quantity - InventoryBook.quantity(level, name);
            // What is on hand can only change by what is available: the rest is promised or set aside.
            inventory.change(level, "available", delta);
            changes.add(change(level, name, delta, ""));
        });
        return group("inventorySetQuantities", input, changes, key);
    }

    ObjectNode adjust(JsonNode arguments, String key) {
        JsonNode input = arguments.path("input");
        String name = input.path("name").asText();
        requireName(name, "INVALID_QUANTITY_NAME");
        requireReason(input);
        ArrayNode changes = Json.array();
        forEach(input, "changes", wanted -> {
            requirePresent(wanted);
            requireDocument(name, wanted);
            int delta = wanted.path("delta").asInt();
            requireSize(delta);
            ObjectNode level = level(wanted.path("inventoryItemId"), wanted.path("locationId"));
            requireFresh(level, name, wanted);
            inventory.change(level, name, delta);
            changes.add(
                    change(level, name, delta, wanted.path("ledgerDocumentUri").asText("")));
        });
        return group("inventoryAdjustQuantities", input, changes, key);
    }

    ObjectNode move(JsonNode arguments, String key) {
        JsonNode input = arguments.path("input");
        requireReason(input);
        ArrayNode changes = Json.array();
        forEach(input, "changes", wanted -> {
            JsonNode from = wanted.path("from");
            JsonNode to = wanted.path("to");
            requireTerminals(from, to);
            int units = wanted.path("quantity").asInt();
            if (units < 0) {
                throw UserErrors.coded("INVALID_QUANTITY_NEGATIVE", "The quantity can't be negative.", "quantity");
            }
            ObjectNode level = level(wanted.path("inventoryItemId"), from.path("locationId"));
            requireFresh(level, from.path("name").asText(), from);
            requireFresh(level, to.path("name").asText(), to);
            changes.add(moved(level, from, -units));
            changes.add(moved(level, to, units));
        });
        return group("inventoryMoveQuantities", input, changes, key);
    }

    /** Changes each element of a list of the input; tells of all that are refused, and then none is changed. */
    private static void forEach(JsonNode input, String list, Consumer<JsonNode> change) {
        if (input.path(list).size() > MOST_ELEMENTS) {
            throw new RequestRefused(
                    "MAX_INPUT_SIZE_EXCEEDED", "The input array size of " + list + " is above " + MOST_ELEMENTS);
        }
        List<UserErrors.UserError> errors = new ArrayList<>();
        for (int index = 0; index < input.path(list).size(); index++) {
            try {
                change.accept(input.path(list).get(index));
            } catch (UserErrors refused) {
                errors.addAll(refused.of(list, index));
            }
        }
        if (!errors.isEmpty()) {
            throw new UserErrors(errors);
        }
    }

    private static void requireTerminals(JsonNode from, JsonNode to) {
        for (JsonNode end : new JsonNode[] {from, to}) {
            requireName(end.path("name").asText(), "INVALID_QUANTITY_NAME");
            requirePresent(end);
            requireDocument(end.path("name").asText(), end);
        }
        if (!from.path("locationId").asText().equals(to.path("locationId").asText())) {
            throw UserErrors.coded(
                    "DIFFERENT_LOCATIONS", "The quantities can't be moved between locations.", "input", "changes");
        }
        if (from.path("name").asText().equals(to.path("name").asText())) {
            throw UserErrors.coded(
                    "SAME_QUANTITY_NAME", "The quantity names for each change can't be the same.", "input", "changes");
        }
    }

    private ObjectNode moved(ObjectNode level, JsonNode end, int delta) {
        String name = end.path("name").asText();
        inventory.change(level, name, delta);
        return change(level, name, delta, end.path("ledgerDocumentUri").asText(""));
    }

    ObjectNode activate(JsonNode arguments, String key) {
        long itemId = itemId(arguments.path("inventoryItemId"));
        long locationId = locationId(arguments.path("locationId"));
        ObjectNode level = inventory.level(itemId, locationId).orElse(null);
        boolean changed = level == null || !level.path("active").asBoolean();
        if (level == null) {
            level = inventory.create(
                    itemId, locationId, arguments.path("available").asInt(0));
        } else if (arguments.path("available").isInt() && changed) {
            inventory.change(
                    level,
                    "available",
                    arguments.path("available").asInt()
                            - level.path("available").asInt());
        } else if (arguments.path("available").isInt()) {
            throw UserErrors.of(
                    "Not allowed to set available quantity when the item is already active at the location.",
                    "available");
        }
        level.put("active", true);
        inventory.change(level, "available", 0);
        if (changed) {
            store.effect("inventoryActivate", Gid.of("InventoryItem", itemId), key, arguments);
        }
        return Json.object().put("inventoryLevel", InventoryBook.gid(level));
    }

    private ObjectNode level(JsonNode item, JsonNode location) {
        long itemId = itemId(item);
        long locationId = locationId(location);
        return inventory
                .level(itemId, locationId)
                .filter(level -> level.path("active").asBoolean())
                .orElseGet(() -> inventory.create(itemId, locationId, 0));
    }

    private long itemId(JsonNode gid) {
        return catalog.behind(new Gid("InventoryItem", Gid.idOf("InventoryItem", gid.asText())))
                .filter(Product::stocked)
                .map(Product::inventoryItemId)
                .orElseThrow(() -> UserErrors.coded(
                        "INVALID_INVENTORY_ITEM", "The specified inventory item could not be found.", "input"));
    }

    private long locationId(JsonNode gid) {
        return store.location(Gid.idOf("Location", gid.asText()))
                .map(facility -> facility.shopifyLocationId())
                .orElseThrow(() ->
                        UserErrors.coded("INVALID_LOCATION", "The specified location could not be found.", "input"));
    }

    /** The schema lets the field be left out, the server does not: an explicit null says that no comparison is wanted. */
    private static void requirePresent(JsonNode holder) {
        if (!holder.has("changeFromQuantity")) {
            throw new RequestRefused(
                    "BAD_REQUEST", "The changeFromQuantity field is required: pass null to skip the comparison.");
        }
    }

    private static void requireFresh(ObjectNode level, String name, JsonNode holder) {
        JsonNode expected = holder.path("changeFromQuantity");
        int actual = InventoryBook.quantity(level, name);
        if (expected.isInt() && expected.asInt() != actual) {
            throw UserErrors.coded(
                    "CHANGE_FROM_QUANTITY_STALE",
                    "The changeFromQuantity argument no longer matches the persisted quantity.",
                    "input",
                    "changeFromQuantity");
        }
    }

    private static void requireName(String name, String code) {
        if (!InventoryBook.NAMES.contains(name) || name.equals("on_hand") || name.equals("committed")) {
            throw UserErrors.coded(code, "The quantity name '" + name + "' can't be changed this way.", "input");
        }
    }

    private static void requireReason(JsonNode input) {
        if (!REASONS.contains(input.path("reason").asText())) {
            throw UserErrors.coded("INVALID_REASON", "The specified reason is invalid.", "input", "reason");
        }
        String reference = input.path("referenceDocumentUri").asText("");
        if (!reference.isEmpty() && !reference.contains("://")) {
            throw UserErrors.coded(
                    "INVALID_REFERENCE_DOCUMENT",
                    "The specified reference document is invalid.",
                    "input",
                    "referenceDocumentUri");
        }
    }

    private static void requireDocument(String name, JsonNode holder) {
        String document = holder.path("ledgerDocumentUri").asText("");
        if (name.equals("available") && !document.isEmpty()) {
            throw UserErrors.coded(
                    "INVALID_AVAILABLE_DOCUMENT",
                    "A ledger document URI is not allowed when adjusting available.",
                    "input",
                    "ledgerDocumentUri");
        }
        if (!name.equals("available") && document.isEmpty()) {
            throw UserErrors.coded(
                    "INVALID_QUANTITY_DOCUMENT",
                    "A ledger document URI is required except when adjusting available.",
                    "input",
                    "ledgerDocumentUri");
        }
        if (document.startsWith("gid://shopify/")) {
            throw UserErrors.coded(
                    "INTERNAL_LEDGER_DOCUMENT",
                    "Internal (gid://shopify/) ledger documents are not allowed.",
                    "input",
                    "ledgerDocumentUri");
        }
    }

    private static void requireSize(int quantity) {
        if (quantity > MOST_UNITS) {
            throw UserErrors.coded(
                    "INVALID_QUANTITY_TOO_HIGH", "The quantity can't be higher than 1,000,000,000.", "input");
        }
        if (quantity < -MOST_UNITS) {
            throw UserErrors.coded(
                    "INVALID_QUANTITY_TOO_LOW", "The quantity can't be lower than -1,000,000,000.", "input");
        }
    }

    private static ObjectNode change(ObjectNode level, String name, int delta, String document) {
        ObjectNode change = Json.object();
        change.put("name", name);
        change.put("delta", delta);
        change.put("quantityAfterChange", InventoryBook.quantity(level, name));
        if (!document.isEmpty()) {
            change.put("ledgerDocumentUri", document);
        }
        change.put("item", Gid.of("InventoryItem", level.path("itemId").asLong()));
        change.put("location", Gid.of("Location", level.path("locationId").asLong()));
        return change;
    }

    private ObjectNode group(String operation, JsonNode input, ArrayNode changes, String key) {
        ObjectNode group = Json.object();
        group.put("__typename", "InventoryAdjustmentGroup");
        group.put("id", Gid.of("InventoryAdjustmentGroup", store.nextId("InventoryAdjustmentGroup")));
        group.put("createdAt", store.instant());
        group.set("reason", input.path("reason"));
        group.set("referenceDocumentUri", OrderView.present(input.path("referenceDocumentUri")));
        group.set("changes", changes);
        String subject = changes.path(0).path("item").asText("none");
        ObjectNode detail = Json.object().put("shop", store.shop().domain());
        detail.set("changes", changes.deepCopy());
        store.effect(operation, subject, key, detail);
        ObjectNode payload = Json.object();
        payload.set("inventoryAdjustmentGroup", group);
        return payload;
    }
}
