package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What the company's buyers and warehouse people do: buy, receive and put away, send and take in, count. */
final class StockDesk {
    private static final String LOCATION = "stock.location";
    private static final String MOVE = "stock.move";
    private static final String PURCHASE = "purchase.purchase";
    private static final String RECEIPT = "stock.shipment.in";
    private static final String TRANSFER = "stock.shipment.internal";

    private final Tables tables;
    private final Clock clock;

    StockDesk(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** A purchase that is confirmed: its goods are on order. */
    ObjectNode buy(JsonNode order) {
        ObjectNode warehouse = location(order.path("facility").asText());
        ObjectNode purchase = made(
                PURCHASE,
                Json.object()
                        .put("number", "PO" + tables.next("purchase"))
                        .put("reference", order.path("reference").asText())
                        .put("state", "processing")
                        .put("warehouse", id(warehouse)));
        ObjectNode line = tables.insert(
                "purchase.line",
                Json.object()
                        .put("purchase", id(purchase))
                        .put("quantity", order.path("quantity").intValue())
                        .put("product", id(product(order))));
        ObjectNode move = move(
                order, id(location("SUP")), warehouse.path("input_location").longValue(), "purchase.line," + id(line));
        move.set(
                "planned_date",
                Typed.date(LocalDate.parse(order.path("expected").asText())));
        made(MOVE, move.put("purchase", id(purchase)));
        return purchase;
    }

    /**
     * All that is still on order comes in with one shipment and is put away; or so many {@code units} of each line do, and a move of its own stays on
     * order for the rest, as Tryton splits it.
     */
    ObjectNode receive(String reference, OptionalInt units) {
        ObjectNode purchase = byReference(PURCHASE, reference);
        List<ObjectNode> coming = onOrder(purchase);
        units.ifPresent(there -> coming.forEach(move -> split(move, there)));
        ObjectNode warehouse = tables.linked(PURCHASE, purchase, "warehouse");
        ObjectNode shipment = made(
                RECEIPT,
                Json.object().put("reference", reference).put("state", "done").put("warehouse", id(warehouse)));
        for (ObjectNode move : coming) {
            done(move.put("shipment", RECEIPT + "," + id(shipment)));
            ObjectNode putAway = move.deepCopy()
                    .put("from_location", move.path("to_location").longValue())
                    .put("to_location", warehouse.path("storage_location").longValue())
                    .put("origin", MOVE + "," + id(move));
            putAway.remove(List.of("purchase", "write_date", "planned_date"));
            made(MOVE, putAway);
        }
        if (onOrder(purchase).isEmpty()) {
            changed(PURCHASE, purchase.put("state", "done"));
        }
        return shipment;
    }

    /** What has not come yet is not going to. */
    ObjectNode callOff(String reference) {
        ObjectNode purchase = byReference(PURCHASE, reference);
        onOrder(purchase).forEach(move -> changed(MOVE, move.put("state", "cancelled")));
        return changed(PURCHASE, purchase.put("state", "done"));
    }

    /** What is on order has another day. */
    ObjectNode putOff(String reference, LocalDate expected) {
        ObjectNode purchase = byReference(PURCHASE, reference);
        onOrder(purchase).forEach(move -> {
            move.set("planned_date", Typed.date(expected));
            changed(MOVE, move);
        });
        return purchase;
    }

    private List<ObjectNode> onOrder(ObjectNode purchase) {
        return tables.all(MOVE).stream()
                .filter(move -> move.path("state").asText().equals("draft"))
                .filter(move -> origin(move).path("purchase").longValue() == id(purchase))
                .toList();
    }

    private void split(ObjectNode move, int units) {
        int left = move.path("quantity").intValue() - units;
        if (left > 0) {
            ObjectNode rest = move.deepCopy().put("quantity", left).put("internal_quantity", left);
            rest.remove(List.of("id", "write_date"));
            made(MOVE, rest);
            move.put("quantity", units).put("internal_quantity", units);
        }
    }

    /** Goods leave one facility for another, where they are to arrive on the day that is planned, if one is. */
    ObjectNode send(JsonNode transfer) {
        long from = location(transfer.path("from").asText())
                .path("storage_location")
                .longValue();
        ObjectNode shipment = made(
                TRANSFER,
                Json.object()
                        .put("reference", transfer.path("reference").asText())
                        .put("state", "shipped")
                        .put("from_location", from)
                        .put(
                                "to_location",
                                location(transfer.path("to").asText())
                                        .path("storage_location")
                                        .longValue()));
        ObjectNode move = move(transfer, from, id(location("TRANSIT")), "");
        made(MOVE, done(move.put("shipment", TRANSFER + "," + id(shipment))));
        ObjectNode arriving = move(
                transfer, id(location("TRANSIT")), shipment.path("to_location").longValue(), "");
        if (transfer.hasNonNull("expected")) {
            arriving.set(
                    "planned_date",
                    Typed.date(LocalDate.parse(transfer.path("expected").asText())));
        }
        made(MOVE, arriving.put("shipment", TRANSFER + "," + id(shipment)));
        return shipment;
    }

    /** What was sent is there, or so many {@code units} of each product; what is missing stays in transit, as it does in Tryton. */
    ObjectNode takeIn(String reference, OptionalInt units) {
        ObjectNode shipment = byReference(TRANSFER, reference);
        tables.all(MOVE).stream()
                .filter(move -> move.path("shipment").asText().equals(TRANSFER + "," + id(shipment)))
                .filter(move -> move.path("state").asText().equals("draft"))
                .toList()
                .forEach(move -> {
                    units.ifPresent(there -> move.put("quantity", there).put("internal_quantity", there));
                    done(move);
                });
        return changed(TRANSFER, shipment.put("state", "done"));
    }

    /** So many are on a facility's shelves; what was believed to be there too much is lost, what too little is found. */
    ObjectNode count(JsonNode count) {
        long storage = location(count.path("facility").asText())
                .path("storage_location")
                .longValue();
        long product = id(product(count));
        long expected = Shelves.units(tables, Set.of(storage)).getOrDefault(product, 0L);
        long counted = count.path("counted").longValue();
        ObjectNode inventory = Json.object().put("state", "done").put("location", storage);
        inventory.set("date", Typed.date(today()));
        made("stock.inventory", inventory);
        ObjectNode line = tables.insert(
                "stock.inventory.line",
                Json.object()
                        .put("inventory", id(inventory))
                        .put("product", product)
                        .put("expected_quantity", (double) expected)
                        .put("quantity", (double) counted));
        if (counted != expected) {
            long lost = id(location("LOST"));
            ObjectNode difference = Json.object()
                    .put("product", product)
                    .put("quantity", Math.abs(expected - counted))
                    .put("internal_quantity", Math.abs(expected - counted))
                    .put("from_location", counted < expected ? storage : lost)
                    .put("to_location", counted < expected ? lost : storage)
                    .put("origin", "stock.inventory.line," + id(line));
            made(MOVE, done(difference));
        }
        return inventory;
    }

    private LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private ObjectNode move(JsonNode order, long from, long to, String origin) {
        return Json.object()
                .put("product", id(product(order)))
                .put("quantity", order.path("quantity").intValue())
                .put("internal_quantity", order.path("quantity").intValue())
                .put("from_location", from)
                .put("to_location", to)
                .put("origin", origin)
                .put("state", "draft");
    }

    private ObjectNode done(ObjectNode move) {
        move.put("state", "done").set("effective_date", Typed.date(today()));
        return move.has("id") ? changed(MOVE, move) : move;
    }

    private ObjectNode made(String model, ObjectNode record) {
        record.set("create_date", Typed.dateTime(clock.instant()));
        return tables.insert(model, record);
    }

    private ObjectNode changed(String model, ObjectNode record) {
        record.set("write_date", Typed.dateTime(clock.instant()));
        tables.save(model, record);
        return record;
    }

    private ObjectNode origin(ObjectNode move) {
        String origin = move.path("origin").asText();
        return origin.startsWith("purchase.line,")
                ? tables.get("purchase.line", Long.parseLong(origin.substring("purchase.line,".length())))
                : Json.object();
    }

    private ObjectNode location(String code) {
        return by(LOCATION, "code", code);
    }

    private ObjectNode product(JsonNode order) {
        return by("product.product", "code", order.path("sku").asText());
    }

    private ObjectNode byReference(String model, String reference) {
        return by(model, "reference", reference);
    }

    private ObjectNode by(String model, String field, String value) {
        return tables.all(model).stream()
                .filter(row -> row.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new TrytonError.UserError("There is no " + model + " " + value + "."));
    }

    private static long id(ObjectNode record) {
        return record.path("id").longValue();
    }
}
