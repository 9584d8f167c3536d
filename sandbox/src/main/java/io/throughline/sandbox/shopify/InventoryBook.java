package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Facility;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Quantities by state of each item at each location. {@code on_hand} is the sum of the states that are physically there, so it
 * is never stored.
 */
final class InventoryBook {

    static final List<String> PHYSICAL =
            List.of("available", "committed", "reserved", "damaged", "safety_stock", "quality_control");
    static final Set<String> NAMES = Set.of(
            "available", "committed", "reserved", "damaged", "safety_stock", "quality_control", "incoming", "on_hand");

    private final ShopStore store;
    private final Notifier notifier;

    InventoryBook(ShopStore store, Notifier notifier) {
        this.store = store;
        this.notifier = notifier;
    }

    /** Stocks every location as the retailer starts; leaves levels alone that exist. */
    void seed() {
        for (Facility facility : store.retailer().facilities()) {
            for (Product product : store.retailer().products()) {
                if (product.stocked()
                        && level(product.inventoryItemId(), facility.shopifyLocationId())
                                .isEmpty()) {
                    int units = store.retailer().stock(facility.id(), product.sku());
                    if (units > 0 || !product.sku().equals("NW-BAG-TAN")) {
                        create(product.inventoryItemId(), facility.shopifyLocationId(), units);
                    }
                }
            }
        }
    }

    ObjectNode create(long itemId, long locationId, int available) {
        ObjectNode level = Json.object();
        level.put("itemId", itemId);
        level.put("locationId", locationId);
        level.put("active", true);
        PHYSICAL.forEach(name -> level.put(name, 0));
        level.put("incoming", 0);
        level.put("available", available);
        level.put("updatedAt", store.instant());
        store.save("InventoryLevel", key(itemId, locationId), level);
        return level;
    }

    Optional<ObjectNode> level(long itemId, long locationId) {
        return store.find("InventoryLevel", key(itemId, locationId));
    }

    List<ObjectNode> levels(long itemId) {
        return store.list("InventoryLevel").stream()
                .filter(level -> level.path("itemId").asLong() == itemId)
                .toList();
    }

    List<ObjectNode> levelsAt(long locationId) {
        return store.list("InventoryLevel").stream()
                .filter(level -> level.path("locationId").asLong() == locationId)
                .toList();
    }

    static int quantity(ObjectNode level, String name) {
        return name.equals("on_hand")
                ? PHYSICAL.stream().mapToInt(state -> level.path(state).asInt()).sum()
                : level.path(name).asInt();
    }

    /** Changes one state and tells the subscribers when what is available changed. Returns the quantity after. */
    int change(ObjectNode level, String name, int delta) {
        int after = level.path(name).asInt() + delta;
        level.put(name, after);
        level.put("updatedAt", store.instant());
        long itemId = level.path("itemId").asLong();
        long locationId = level.path("locationId").asLong();
        store.save("InventoryLevel", key(itemId, locationId), level);
        if (delta != 0 && name.equals("available")) {
            notifier.inventoryLevelUpdated(level);
        }
        return after;
    }

    /** An order claims units: available becomes committed, below zero if need be. Unstocked items are let pass. */
    void commit(Optional<Product> product, long locationId, int units) {
        shift(product, locationId, "available", -units, "committed", units);
    }

    /** Units of an order are given back to what is available. */
    void release(Optional<Product> product, long locationId, int units) {
        shift(product, locationId, "committed", -units, "available", units);
    }

    /** Committed units leave the building (or come back from a cancelled fulfillment, with negative units). */
    void ship(Optional<Product> product, long locationId, int units) {
        shift(product, locationId, "committed", -units, "committed", 0);
    }

    /** Units come back to the shelf. */
    void restock(Optional<Product> product, long locationId, int units) {
        shift(product, locationId, "available", units, "available", 0);
    }

    private void shift(Optional<Product> product, long locationId, String from, int minus, String to, int plus) {
        if (product.isEmpty() || !product.get().stocked()) {
            return;
        }
        ObjectNode level = level(product.get().inventoryItemId(), locationId)
                .orElseGet(() -> create(product.get().inventoryItemId(), locationId, 0));
        change(level, from, minus);
        if (plus != 0) {
            change(level, to, plus);
        }
    }

    static String gid(ObjectNode level) {
        return Gid.of(
                "InventoryLevel",
                level.path("locationId").asText() + "?inventory_item_id="
                        + level.path("itemId").asText());
    }

    private static String key(long itemId, long locationId) {
        return itemId + "@" + locationId;
    }
}
