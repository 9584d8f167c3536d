package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.StockAdjustment;
import io.throughline.domain.finance.StockAdjustment.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was lost and found as Tryton's internal shipments, from a warehouse's storage to its lost-and-found location or back: they have room for our
 * reference, and say how much has gone, where a stock-take says how much is there. It is a fact, so nobody asks whether so much can be missing. One
 * that an attempt left half-way is cancelled and made anew; the user's rights don't go as far as deleting it.
 */
final class StockShipments {
    private static final String MODEL = "stock.shipment.internal";
    private static final String DONE = "done";

    private final RestApi rest;
    private final RpcApi rpc;
    private final References references;

    StockShipments(RestApi rest, RpcApi rpc, References references) {
        this.rest = rest;
        this.rpc = rpc;
        this.references = references;
    }

    private record Shipment(long id, String number, String state) {
        boolean isDone() {
            return state.equals(DONE);
        }

        boolean isLeftBehind() {
            return !isDone() && !state.equals("cancelled");
        }

        Receipt receipt() {
            return new Receipt(number, Map.of("tryton", MODEL + "," + id));
        }
    }

    Optional<Receipt> find(StockAdjustment adjustment) {
        return done(adjustment, existing(List.of(adjustment)));
    }

    Map<StockAdjustment, Reply> move(List<StockAdjustment> adjustments) {
        Batch<StockAdjustment> batch = new Batch<>(adjustments);
        settleDone(batch);
        batch.together(batch.open(), some -> press("cancel", leftBehind(some)));
        create(batch);
        for (String button : List.of("wait", "assign_force", "do")) {
            batch.together(batch.open(), some -> press(button, leftBehind(some)));
        }
        settleDone(batch);
        batch.open().forEach(adjustment -> batch.refuse(adjustment, "Tryton has not kept the shipment"));
        batch.takeBack(batch.refused(), some -> press("cancel", leftBehind(some)));
        return batch.answers();
    }

    private void settleDone(Batch<StockAdjustment> batch) {
        Map<String, List<Shipment>> found = existing(batch.open());
        batch.open()
                .forEach(adjustment -> done(adjustment, found).ifPresent(receipt -> batch.done(adjustment, receipt)));
    }

    private static Optional<Receipt> done(StockAdjustment adjustment, Map<String, List<Shipment>> found) {
        return found.getOrDefault(adjustment.reference(), List.of()).stream()
                .filter(Shipment::isDone)
                .findFirst()
                .map(Shipment::receipt);
    }

    private void create(Batch<StockAdjustment> batch) {
        if (batch.open().isEmpty()) {
            return;
        }
        Map<String, References.Product> products = references.products(batch.open().stream()
                .flatMap(adjustment -> adjustment.units().keySet().stream())
                .map(Sku::value)
                .collect(Collectors.toSet()));
        Map<StockAdjustment, ObjectNode> records =
                batch.prepare(batch.open(), adjustment -> shipment(adjustment, products));
        batch.together(records, some -> rest.create(MODEL, references.company(), some));
    }

    private ObjectNode shipment(StockAdjustment adjustment, Map<String, References.Product> products) {
        References.Shelves shelves = references.shelves(adjustment.facility().value());
        boolean lost = adjustment.direction() == Direction.LOST;
        long from = lost ? shelves.storage() : shelves.lostAndFound();
        long to = lost ? shelves.lostAndFound() : shelves.storage();
        List<ObjectNode> moves = new ArrayList<>();
        adjustment.units().forEach((sku, units) -> {
            ObjectNode move =
                    move(sku, units, products).put("from_location", from).put("to_location", to);
            // Tryton holds a move to the periods of its stock by the day that it has by itself, and not by that of its
            // shipment.
            move.set("effective_date", Values.date(adjustment.businessDate()));
            moves.add(move);
        });
        ObjectNode shipment = Values.object()
                .put("company", references.company())
                .put("reference", adjustment.reference())
                .put("from_location", from)
                .put("to_location", to);
        shipment.set("effective_date", Values.date(adjustment.businessDate()));
        shipment.set("moves", Values.creating(moves));
        return shipment;
    }

    private ObjectNode move(Sku sku, int units, Map<String, References.Product> products) {
        References.Product product = Optional.ofNullable(products.get(sku.value()))
                .orElseThrow(() -> new TrytonRefusal("Tryton has no active product " + sku));
        return Values.object()
                .put("company", references.company())
                .put("product", product.id())
                .put("unit", product.unit())
                .put("quantity", (double) units);
    }

    /** The cancelled ones are among them, of which there may be several. */
    private Map<String, List<Shipment>> existing(List<StockAdjustment> adjustments) {
        if (adjustments.isEmpty()) {
            return Map.of();
        }
        return rest
                .search(
                        MODEL,
                        Filter.all(
                                Filter.oneOf(
                                        "reference",
                                        adjustments.stream()
                                                .map(StockAdjustment::reference)
                                                .toList()),
                                Filter.is("company", references.company())),
                        "number",
                        "state",
                        "reference")
                .stream()
                .collect(Collectors.groupingBy(
                        row -> Values.text(row, "reference"),
                        Collectors.mapping(StockShipments::shipment, Collectors.toList())));
    }

    private static Shipment shipment(JsonNode row) {
        return new Shipment(Values.id(row), Values.text(row, "number"), Values.text(row, "state"));
    }

    private List<Long> leftBehind(List<StockAdjustment> some) {
        return existing(some).values().stream()
                .flatMap(List::stream)
                .filter(Shipment::isLeftBehind)
                .map(Shipment::id)
                .toList();
    }

    private void press(String button, List<Long> ids) {
        rpc.press(MODEL, button, ids, references.context());
    }
}
