package io.throughline.connectors.shopify.inventory;

import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Search;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A shop's inventory. Shopify keeps no record of movements, so what has changed is told as levels, location by location; a cursor says
 * which location it belongs to.
 */
public final class ShopifyStockReports implements StockReports {
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,6}):(.*)");
    private static final Map<String, Measure> MEASURES =
            Map.of("on_hand", Measure.ON_HAND, "damaged", Measure.DAMAGED, "safety_stock", Measure.SAFETY_STOCK);

    private final Shops shops;
    private final Facilities facilities;

    public ShopifyStockReports(Shops shops, Facilities facilities) {
        this.shops = shops;
        this.facilities = facilities;
    }

    /** A facility, and the number of its location in the shop. */
    private record Place(FacilityId facility, String location) {}

    /** A location, by its place in the order of their numbers, and Shopify's cursor there; empty for its first page. */
    private record Position(int location, String after) {
        static Position parse(String cursor) {
            Matcher form = CURSOR.matcher(cursor);
            if (!form.matches()) {
                throw new IllegalArgumentException("not a cursor of this shop's stock: " + cursor);
            }
            return new Position(Integer.parseInt(form.group(1)), form.group(2));
        }

        Optional<String> following(Optional<String> next, int locations) {
            return next.map(after -> location + ":" + after)
                    .or(() -> location + 1 < locations ? Optional.of((location + 1) + ":") : Optional.empty());
        }
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        List<Place> places = places(account);
        Position position = cursor.map(Position::parse).orElseGet(() -> new Position(0, ""));
        if (position.location() >= places.size()) {
            return Page.empty();
        }
        Place place = places.get(position.location());
        Map<String, Object> variables =
                Search.pageSince(since, Optional.of(position.after()).filter(after -> !after.isEmpty()));
        variables.put("location", Gid.of("Location", place.location()));
        Optional<Connection<InventoryLevel>> levels = shops.of(account)
                .call(Operation.INVENTORY_LEVELS_SINCE, variables, Answer.class)
                .location()
                .map(Location::inventoryLevels);
        List<InventoryLevel> changed = levels.map(Connection::nodes).orElseGet(List::of);
        return new Page(
                changed.stream()
                        .flatMap(level -> reports(account, place, level))
                        .toList(),
                changed.stream().map(InventoryLevel::updatedAt).max(Comparator.naturalOrder()),
                position.following(levels.flatMap(Connection::next), places.size()));
    }

    /** What has changed is told as levels already. */
    @Override
    public Page levels(AccountId account, Instant since, Optional<String> cursor) {
        return Page.empty();
    }

    @Override
    public Page allLevels(AccountId account, Optional<String> cursor) {
        return since(account, Instant.EPOCH, cursor);
    }

    /** Nothing waits here: an item without a SKU is told again with its next change. */
    @Override
    public List<Report> again(AccountId account, List<String> raw) {
        return List.of();
    }

    private List<Place> places(AccountId account) {
        return facilities.all().stream()
                .flatMap(facility -> Optional.ofNullable(facility.locations().get(account)).stream()
                        .map(location -> new Place(facility.id(), location)))
                .sorted(Comparator.comparing(Place::location))
                .toList();
    }

    private static Stream<Report> reports(AccountId account, Place place, InventoryLevel level) {
        Optional<Sku> sku = level.item().sku().flatMap(Sku::read);
        return sku.stream()
                .flatMap(known -> level.quantities().stream()
                        .filter(quantity -> MEASURES.containsKey(quantity.name()))
                        .map(quantity -> told(account, place, level, known, quantity)));
    }

    private static Report told(
            AccountId account, Place place, InventoryLevel level, Sku sku, InventoryQuantity quantity) {
        Instant at = quantity.updatedAt().orElse(level.updatedAt());
        // Shopify's instants are whole seconds: of two values in one of them neither is a repetition of the other.
        StockSource source = new StockSource(
                account.value(),
                level.id() + "/" + quantity.name() + "=" + quantity.quantity(),
                Math.max(1, ChronoUnit.MICROS.between(Instant.EPOCH, at)));
        Measure measure = Optional.ofNullable(MEASURES.get(quantity.name())).orElseThrow();
        // Shopify lets what was sold beyond the stock be a negative level.
        return new Report.Told(new Level(
                source, place.facility(), sku, measure, Math.max(0, quantity.quantity()), at, Optional.empty()));
    }

    private record Answer(Optional<Location> location) {}

    private record Location(Connection<InventoryLevel> inventoryLevels) {}

    private record InventoryLevel(
            String id, Instant updatedAt, InventoryItem item, List<InventoryQuantity> quantities) {}

    private record InventoryItem(Optional<String> sku) {}

    private record InventoryQuantity(String name, int quantity, Optional<Instant> updatedAt) {}
}
