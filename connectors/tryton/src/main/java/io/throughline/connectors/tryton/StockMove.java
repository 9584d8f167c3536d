package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.catalog.Sku;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A move of goods between two locations as Tryton has it: planned, done, or called off. */
record StockMove(JsonNode row) {
    static final String MODEL = "stock.move";

    static final String[] FIELDS = {
        "product.code",
        "internal_quantity",
        "from_location",
        "to_location",
        "state",
        "shipment",
        "origin",
        "purchase.number",
        "effective_date",
        "planned_date",
        "create_date",
        "write_date"
    };

    long id() {
        return Values.id(row);
    }

    Optional<Sku> sku() {
        return sku(row.path("product."));
    }

    /** A product's own; one without, or of another form than ours, is not sold. */
    static Optional<Sku> sku(JsonNode product) {
        return Values.optionalText(product, "code").flatMap(Sku::read);
    }

    int units() {
        return Math.toIntExact(Math.round(row.path("internal_quantity").doubleValue()));
    }

    long from() {
        return row.path("from_location").longValue();
    }

    long to() {
        return row.path("to_location").longValue();
    }

    boolean done() {
        return Values.text(row, "state").equals("done");
    }

    boolean calledOff() {
        return Values.text(row, "state").equals("cancelled");
    }

    /** {@code model,id} of the shipment that it is part of, or nothing. */
    String shipment() {
        return Values.text(row, "shipment");
    }

    boolean of(String shipmentModel) {
        return shipment().startsWith(shipmentModel + ",");
    }

    Optional<Instant> plannedAt(ZoneId zone) {
        return day("planned_date").map(day -> day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /** Whether it is what a count came to. */
    boolean ofCount() {
        return Values.text(row, "origin").startsWith(StockCount.MODEL + ",");
    }

    /** The number of the purchase order that it is part of. */
    Optional<String> purchaseOrder() {
        return Values.optionalText(row.path("purchase."), "number");
    }

    Instant happenedAt(ZoneId zone) {
        Instant written = Values.changedAt(row);
        LocalDate day = day("effective_date")
                .orElseGet(() -> written.atZone(ZoneOffset.UTC).toLocalDate());
        return new Entry(day, written).happenedAt(zone);
    }

    private Optional<LocalDate> day(String field) {
        return row.path(field).isObject() ? Optional.of(Values.dateOf(row.path(field))) : Optional.empty();
    }
}
