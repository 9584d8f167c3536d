package io.throughline.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sample retailer with shelves that no test empties. Scarves lie in the east only and bags in the west only: who orders both gets
 * two parcels.
 */
final class PlentifulStock {
    private static final String OPENING_STOCK = "openingStock:\n";
    private static final List<String> EVERYWHERE =
            List.of("NW-TEE-BLK-M", "NW-CAP-NVY", "NW-JKT-GRN-L", "NW-SOCK-2PK", "NW-MUG-RED");

    private PlentifulStock() {}

    /** Writes the configuration below {@code directory}; gives the variables that lead there. */
    static Map<String, String> below(Path directory) {
        return CopiedConfiguration.below(
                directory,
                retailer ->
                        retailer.substring(0, retailer.indexOf(OPENING_STOCK) + OPENING_STOCK.length()) + shelves());
    }

    private static String shelves() {
        return shelf("WH-EAST", "NW-SCARF-GRY")
                + shelf("WH-WEST", "NW-BAG-TAN")
                + shelf("ST-DOWNTOWN")
                + shelf("ST-HARBOR")
                + shelf("ST-DUBLIN");
    }

    private static String shelf(String facility, String... special) {
        StringBuilder shelf = new StringBuilder("  " + facility + ":\n");
        Stream.concat(EVERYWHERE.stream(), Stream.of(special))
                .forEach(sku -> shelf.append("    ").append(sku).append(": 100000\n"));
        return shelf.toString();
    }
}
