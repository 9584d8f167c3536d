package io.throughline.connectors.shopify.inventory;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ShownState;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockTelling;
import io.throughline.domain.inventory.StockTelling.Line;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stock that shops show. What is on hand is set; reserved and safety stock are moved from what is available and back, since Shopify
 * sets nothing else. Each line names the value that it changes from, and Shopify takes all lines of a call or none. What is available
 * is never named: it falls by itself with each order of the shop, at once, and may have done so just now.
 */
public final class ShopifyStock implements StockMirror {
    /** Shopify takes 250 quantities a call, and a move has two. */
    private static final int MOST_LINES = 125;

    /** A little less than a page, which would cut off what a SKU has in excess. */
    private static final int MOST_SKUS = 40;

    private final Shops shops;
    private final Facilities facilities;

    public ShopifyStock(Shops shops, Facilities facilities) {
        this.shops = shops;
        this.facilities = facilities;
    }

    @Override
    public Set<ShownState> states() {
        return EnumSet.allOf(ShownState.class);
    }

    @Override
    public int mostLines() {
        return MOST_LINES;
    }

    @Override
    public Map<Sku, ShownStock> read(AccountId account, FacilityId facility, Collection<Sku> skus) {
        Map<Sku, ShownStock> shown = new HashMap<>();
        Set<Sku> twice = new HashSet<>();
        List<Sku> wanted = skus.stream().distinct().toList();
        for (int from = 0; from < wanted.size(); from += MOST_SKUS) {
            List<Sku> part = wanted.subList(from, Math.min(wanted.size(), from + MOST_SKUS));
            for (Item item : items(account, facility, part)) {
                Optional<Sku> sku = item.sku().flatMap(Sku::read);
                sku.filter(part::contains).ifPresent(found -> {
                    if (shown.put(found, item.shown()) != null) {
                        twice.add(found);
                    }
                });
            }
        }
        shown.keySet().removeAll(twice);
        return shown;
    }

    private List<Item> items(AccountId account, FacilityId facility, List<Sku> skus) {
        String search = skus.stream()
                .map(sku -> "sku:\"" + sku.value().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(" OR "));
        return shops.of(account)
                .call(
                        Operation.INVENTORY_ITEMS_AT,
                        Map.of("search", search, "location", location(account, facility)),
                        ItemsFound.class)
                .inventoryItems()
                .nodes();
    }

    @Override
    public Answer tell(StockTelling telling, String vendorKey) {
        AdminApi shop = shops.of(telling.account());
        Map<String, Object> variables = Map.of("input", input(telling), "key", vendorKey);
        List<StockError> errors = telling.moves()
                ? shop.call(Operation.INVENTORY_MOVE_QUANTITIES, variables, Moved.class)
                        .inventoryMoveQuantities()
                        .userErrors()
                : shop.call(Operation.INVENTORY_SET_QUANTITIES, variables, WasSet.class)
                        .inventorySetQuantities()
                        .userErrors();
        return StockError.answer(errors, telling.lines().size());
    }

    private Map<String, Object> input(StockTelling telling) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("reason", telling.moves() ? "reservation_updated" : "correction");
        input.put("referenceDocumentUri", "gid://throughline/StockPublication/" + telling.number());
        List<Map<String, Object>> lines = new ArrayList<>();
        telling.lines()
                .forEach(line ->
                        lines.add(telling.moves() ? move(telling.account(), line) : quantity(telling.account(), line)));
        if (telling.moves()) {
            input.put("changes", lines);
        } else {
            input.put("name", "on_hand");
            input.put("quantities", lines);
        }
        return input;
    }

    private Map<String, Object> quantity(AccountId account, Line line) {
        return Map.of(
                "inventoryItemId",
                line.item(),
                "locationId",
                location(account, line.place().facility()),
                "quantity",
                line.to(),
                "changeFromQuantity",
                line.from());
    }

    private Map<String, Object> move(AccountId account, Line line) {
        String location = location(account, line.place().facility());
        Map<String, Object> available = new HashMap<>();
        available.put("name", "available");
        available.put("locationId", location);
        // The comparison must be declined in so many words.
        available.put("changeFromQuantity", null);
        Map<String, Object> kept = Map.of(
                "name",
                line.state() == ShownState.RESERVED ? "reserved" : "safety_stock",
                "locationId",
                location,
                "changeFromQuantity",
                line.from(),
                "ledgerDocumentUri",
                "gid://throughline/StockLedger/" + account);
        return Map.of(
                "inventoryItemId",
                line.item(),
                "quantity",
                Math.abs(line.to() - line.from()),
                "from",
                line.withholds() ? available : kept,
                "to",
                line.withholds() ? kept : available);
    }

    private String location(AccountId account, FacilityId facility) {
        return Gid.of(
                "Location",
                Optional.ofNullable(facilities.get(facility).locations().get(account))
                        .orElseThrow(() -> new IllegalArgumentException(facility + " has no location at " + account)));
    }

    private record ItemsFound(Items inventoryItems) {}

    private record Items(List<Item> nodes) {}

    private record Item(String id, Optional<String> sku, Optional<Level> inventoryLevel) {
        ShownStock shown() {
            return inventoryLevel
                    .map(level -> new ShownStock(
                            id, level.units("on_hand"), level.units("reserved"), level.units("safety_stock")))
                    .orElseGet(() -> ShownStock.none(id));
        }
    }

    private record Level(List<Quantity> quantities) {
        int units(String name) {
            return quantities.stream()
                    .filter(quantity -> quantity.name().equals(name))
                    .mapToInt(Quantity::quantity)
                    .sum();
        }
    }

    private record Quantity(String name, int quantity) {}

    private record WasSet(Outcome inventorySetQuantities) {}

    private record Moved(Outcome inventoryMoveQuantities) {}

    private record Outcome(List<StockError> userErrors) {}
}
