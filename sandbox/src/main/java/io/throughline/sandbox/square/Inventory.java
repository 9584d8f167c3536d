package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Ledger;
import io.throughline.sandbox.core.SampleRetailer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Units in stock by variation and location. Physical counts set, adjustments move; both are applied by the caller's
 * {@code occurred_at}, so a count that is older than the last change is noted and sets nothing.
 */
final class Inventory {

    private static final String COUNTS = "square.count";
    private static final String CHANGES = "square.change";
    private static final String IN_STOCK = "IN_STOCK";
    private static final List<String> LOCATIONS = List.of("location_id", "from_location_id", "to_location_id");

    private final Documents documents;
    private final Ledger ledger;
    private final Events events;
    private final Merchant merchant;
    private final Catalog catalog;
    private final Clock clock;

    Inventory(Documents documents, Ledger ledger, Events events, Merchant merchant, Catalog catalog, Clock clock) {
        this.documents = documents;
        this.ledger = ledger;
        this.events = events;
        this.merchant = merchant;
        this.catalog = catalog;
        this.clock = clock;
    }

    void seed(SampleRetailer retailer) {
        if (!documents.list(COUNTS).isEmpty()) {
            return;
        }
        for (SampleRetailer.Facility facility : retailer.facilities()) {
            for (SampleRetailer.Product product : retailer.products()) {
                if (facility.squareLocationId().isPresent() && product.stocked()) {
                    put(count(
                            facility.squareLocationId().get(),
                            Catalog.variationId(product.sku()),
                            retailer.stock(facility.id(), product.sku()),
                            "2026-01-01T00:00:00Z"));
                }
            }
        }
    }

    ObjectNode change(JsonNode body) {
        if (body.path("changes").isEmpty()) {
            throw SquareError.missing("changes");
        }
        String key = body.path("idempotency_key").asText();
        ObjectNode answer = Json.object();
        ArrayNode counts = answer.putArray("counts");
        ArrayNode changes = answer.putArray("changes");
        for (JsonNode change : body.path("changes")) {
            boolean unchangedCounts = body.path("ignore_unchanged_counts").asBoolean(true);
            apply((ObjectNode) change.deepCopy(), key + "/" + changes.size(), unchangedCounts, changes, counts);
        }
        return answer;
    }

    private void apply(ObjectNode change, String key, boolean ignoreUnchanged, ArrayNode changes, ArrayNode counts) {
        String type = change.path("type").asText();
        boolean physical = "PHYSICAL_COUNT".equals(type);
        if (!physical && !"ADJUSTMENT".equals(type)) {
            throw SquareError.invalid("INVALID_VALUE", "Unknown inventory change type: " + type, "changes.type");
        }
        if (!(change.path(physical ? "physical_count" : "adjustment") instanceof ObjectNode record)) {
            throw SquareError.missing("changes." + (physical ? "physical_count" : "adjustment"));
        }
        nameBothLocations(record, physical);
        String location =
                record.path(physical ? "location_id" : "to_location_id").asText("");
        String object = record.path("catalog_object_id").asText("");
        merchant.facility(location);
        if (catalog.product(object).isEmpty()) {
            throw SquareError.notFound("Catalog object", object);
        }
        String occurredAt = record.path("occurred_at").asText("");
        Instant occurred = parse(occurredAt);
        long quantity = quantity(record.path("quantity").asText(""));
        ObjectNode present = read(location, object);
        long before = present.path("quantity").asLong();
        long after = physical ? counted(present, quantity, occurred) : before + moved(record, quantity);
        if (physical && after == before && ignoreUnchanged) {
            counts.add(present);
            return;
        }
        record.put("id", Ids.other())
                .put("created_at", clock.instant().toString())
                .put("catalog_object_type", "ITEM_VARIATION");
        ObjectNode count = count(location, object, after, clock.instant().toString());
        put(count);
        documents.put(CHANGES, record.path("id").asText(), change);
        changes.add(change);
        counts.add(count);
        ledger.effect("square", "inventory " + type, location + "/" + object, key, difference(before, after));
        tell(location, List.of(count));
    }

    /** An adjustment may say {@code location_id} for both of its sides. */
    private static void nameBothLocations(ObjectNode record, boolean physical) {
        String one = record.path("location_id").asText("");
        if (!physical && !one.isEmpty()) {
            record.put("from_location_id", one).put("to_location_id", one).remove("location_id");
        }
        if (!record.path("from_location_id").equals(record.path("to_location_id"))) {
            throw SquareError.invalid(
                    "INVALID_VALUE", "Goods go to another location by a transfer order.", "changes.adjustment");
        }
    }

    private static long counted(ObjectNode present, long quantity, Instant occurred) {
        return occurred.isBefore(Instant.parse(present.path("calculated_at").asText()))
                ? present.path("quantity").asLong()
                : quantity;
    }

    private static long moved(JsonNode adjustment, long quantity) {
        String from = adjustment.path("from_state").asText();
        String to = adjustment.path("to_state").asText();
        if (from.equals(to) || from.isEmpty() || to.isEmpty()) {
            throw SquareError.invalid(
                    "INVALID_VALUE", "An adjustment needs two different states.", "changes.adjustment");
        }
        return IN_STOCK.equals(to) ? quantity : IN_STOCK.equals(from) ? -quantity : 0;
    }

    /** Takes the order's lines out of stock. */
    void sold(ObjectNode order) {
        move(order, order.path("line_items"), "SOLD", -1);
    }

    /** Puts the lines that an order takes back on the shelf again. */
    void returned(ObjectNode order) {
        order.path("returns").forEach(back -> move(order, back.path("return_line_items"), "RETURNED_BY_CUSTOMER", 1));
    }

    private void move(ObjectNode order, JsonNode lines, String other, int sign) {
        String location = order.path("location_id").asText();
        List<ObjectNode> counts = new ArrayList<>();
        for (JsonNode line : lines) {
            String object = line.path("catalog_object_id").asText("");
            if (catalog.product(object).filter(SampleRetailer.Product::stocked).isPresent()) {
                long before = read(location, object).path("quantity").asLong();
                long after = before + sign * line.path("quantity").asLong();
                ObjectNode count =
                        count(location, object, after, clock.instant().toString());
                put(count);
                counts.add(count);
                note(
                        order,
                        location,
                        object,
                        line.path("quantity").asText(),
                        sign < 0 ? IN_STOCK : other,
                        sign < 0 ? other : IN_STOCK);
                ledger.effect(
                        "square",
                        "inventory " + other,
                        location + "/" + object,
                        order.path("id").asText() + "/" + line.path("uid").asText(),
                        difference(before, after));
            }
        }
        if (!counts.isEmpty()) {
            tell(location, counts);
        }
    }

    private void note(ObjectNode order, String location, String object, String quantity, String from, String to) {
        String id = Ids.other();
        ObjectNode change = Json.object().put("type", "ADJUSTMENT");
        change.putObject("adjustment")
                .put("id", id)
                .put("from_state", from)
                .put("to_state", to)
                .put("from_location_id", location)
                .put("to_location_id", location)
                .put("catalog_object_id", object)
                .put("catalog_object_type", "ITEM_VARIATION")
                .put("quantity", quantity)
                .put("occurred_at", order.path("created_at").asText())
                .put("created_at", clock.instant().toString())
                .put("transaction_id", order.path("id").asText());
        documents.put(CHANGES, id, change);
    }

    ObjectNode counts(JsonNode body) {
        Set<String> objects = Catalog.texts(body.path("catalog_object_ids"));
        Set<String> locations = Catalog.texts(body.path("location_ids"));
        Set<String> states = Catalog.texts(body.path("states"));
        ObjectNode after =
                Json.object().put("start_at", body.path("updated_after").asText(""));
        List<JsonNode> found = documents.list(COUNTS).stream()
                .filter(count -> (objects.isEmpty()
                                || objects.contains(
                                        count.path("catalog_object_id").asText()))
                        && (locations.isEmpty()
                                || locations.contains(count.path("location_id").asText()))
                        && (states.isEmpty() || states.contains(IN_STOCK))
                        && Events.TimeRange.contains(
                                after, count.path("calculated_at").asText()))
                .toList();
        return Page.of(body.path("cursor"), body.path("limit"), 100, 1000).write("counts", found, Function.identity());
    }

    ObjectNode countsOf(String objectId) {
        ObjectNode query = Json.object();
        query.putArray("catalog_object_ids").add(objectId);
        return counts(query);
    }

    ObjectNode changes(JsonNode body) {
        Set<String> objects = Catalog.texts(body.path("catalog_object_ids"));
        Set<String> locations = Catalog.texts(body.path("location_ids"));
        Set<String> types = Catalog.texts(body.path("types"));
        ObjectNode after =
                Json.object().put("start_at", body.path("updated_after").asText(""));
        List<JsonNode> found = documents.list(CHANGES).stream()
                .filter(change -> {
                    JsonNode record =
                            change.has("adjustment") ? change.path("adjustment") : change.path("physical_count");
                    return (objects.isEmpty()
                                    || objects.contains(
                                            record.path("catalog_object_id").asText()))
                            && (locations.isEmpty()
                                    || LOCATIONS.stream()
                                            .anyMatch(name -> locations.contains(
                                                    record.path(name).asText())))
                            && Events.TimeRange.contains(
                                    after, record.path("created_at").asText())
                            && (types.isEmpty()
                                    || types.contains(change.path("type").asText()));
                })
                .toList();
        return Page.of(body.path("cursor"), body.path("limit"), 100, 1000).write("changes", found, Function.identity());
    }

    private ObjectNode read(String location, String object) {
        Optional<JsonNode> count = documents.get(COUNTS, location + "|" + object);
        return count.map(ObjectNode.class::cast).orElseGet(() -> count(location, object, 0, Instant.EPOCH.toString()));
    }

    private void put(ObjectNode count) {
        documents.put(
                COUNTS,
                count.path("location_id").asText() + "|"
                        + count.path("catalog_object_id").asText(),
                count);
    }

    private void tell(String location, List<ObjectNode> counts) {
        ObjectNode object = Json.object();
        ArrayNode array = object.putArray("inventory_counts");
        counts.forEach(array::add);
        events.record("inventory.count.updated", location, "inventory_counts", Ids.other(), object);
    }

    private static ObjectNode count(String location, String object, long quantity, String at) {
        return Json.object()
                .put("catalog_object_id", object)
                .put("catalog_object_type", "ITEM_VARIATION")
                .put("state", IN_STOCK)
                .put("location_id", location)
                .put("quantity", Long.toString(quantity))
                .put("calculated_at", at);
    }

    private static ObjectNode difference(long before, long after) {
        return Json.object().put("before", before).put("after", after);
    }

    private static long quantity(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw SquareError.invalid("INVALID_VALUE", "Quantity must be a whole number.", "changes.quantity");
        }
        return Long.parseLong(text);
    }

    private static Instant parse(String text) {
        try {
            return java.time.OffsetDateTime.parse(text).toInstant();
        } catch (java.time.format.DateTimeParseException wrong) {
            throw SquareError.invalid("INVALID_TIME", "occurred_at must be an RFC 3339 time.", "changes.occurred_at");
        }
    }
}
