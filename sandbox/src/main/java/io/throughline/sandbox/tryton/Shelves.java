package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What lies in the locations that a call's context names: the sum of all moves that are done. */
final class Shelves {
    private static final String QUANTITY = "quantity";

    private final Tables tables;

    Shelves(Tables tables) {
        this.tables = tables;
    }

    /** Fills the quantity of products into the rows that ask for it. */
    JsonNode counted(JsonNode products, JsonNode context) {
        Set<Long> locations = new HashSet<>(Methods.idList(context.path("locations")));
        if (!locations.isEmpty()) {
            Map<Long, Long> units = units(tables, locations);
            products.forEach(row -> {
                if (row.has(QUANTITY)) {
                    ((ObjectNode) row)
                            .put(
                                    QUANTITY,
                                    units.getOrDefault(row.path("id").longValue(), 0L)
                                            .doubleValue());
                }
            });
        }
        return products;
    }

    /** By product. */
    static Map<Long, Long> units(Tables tables, Set<Long> locations) {
        Map<Long, Long> units = new HashMap<>();
        List<ObjectNode> done = tables.all("stock.move").stream()
                .filter(move -> move.path("state").asText().equals("done"))
                .toList();
        for (ObjectNode move : done) {
            long moved = move.path("internal_quantity").longValue();
            long change = (locations.contains(move.path("to_location").longValue()) ? moved : 0)
                    - (locations.contains(move.path("from_location").longValue()) ? moved : 0);
            units.merge(move.path("product").longValue(), change, Long::sum);
        }
        return units;
    }
}
