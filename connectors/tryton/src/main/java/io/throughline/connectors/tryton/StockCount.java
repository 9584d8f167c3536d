package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.catalog.Sku;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** What somebody has counted of a product at a location, and has confirmed. */
record StockCount(JsonNode row) {
    static final String MODEL = "stock.inventory.line";

    static final String[] FIELDS = {
        "product.code",
        "quantity",
        "inventory.location",
        "inventory.date",
        "inventory.empty_quantity",
        "inventory.create_date",
        "inventory.write_date"
    };

    long id() {
        return Values.id(row);
    }

    Optional<Sku> sku() {
        return StockMove.sku(row.path("product."));
    }

    long location() {
        return inventory().path("location").longValue();
    }

    /** A line without a number was not counted, unless the people said that there is nothing of it. */
    Optional<Integer> units() {
        if (row.path("quantity").isNumber()) {
            return Optional.of(Math.toIntExact(Math.round(row.path("quantity").doubleValue())));
        }
        return Values.text(inventory(), "empty_quantity").equals("empty") ? Optional.of(0) : Optional.empty();
    }

    Instant countedAt(ZoneId zone) {
        return new Entry(Values.dateOf(inventory().path("date")), confirmedAt()).countedAt(zone);
    }

    /** When Tryton took it in. */
    Instant confirmedAt() {
        return Values.changedAt(inventory());
    }

    private JsonNode inventory() {
        return row.path("inventory.");
    }
}
