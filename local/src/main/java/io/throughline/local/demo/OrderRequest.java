package io.throughline.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An order as a REST client hands it over, paid elsewhere. Its buyer is made up. */
public final class OrderRequest {
    private OrderRequest() {}

    /** With tax on top. */
    public static ObjectNode twoMugs(String externalId) {
        ObjectNode order = order(externalId, "NW-MUG-RED", 2, "18.00", "36.00", "43.15");
        ((ObjectNode) order.at("/lines/0"))
                .putArray("taxes")
                .addObject()
                .put("title", "MA State Tax")
                .put("rate", "0.0625")
                .put("amount", "2.25");
        return order;
    }

    /** So many caps at 40.00, without tax. */
    static ObjectNode caps(String externalId, int units) {
        int dollars = 40 * units;
        return order(externalId, "NW-CAP-NVY", units, "40.00", dollars + ".00", dollars + 4 + ".90");
    }

    /** A mug that this store is to send to a postal area. */
    public static ObjectNode mugSentBy(String externalId, String store, String postalCode) {
        ObjectNode order = order(externalId, "NW-MUG-RED", 1, "18.00", "18.00", "22.90");
        ((ObjectNode) order.path("delivery")).put("facility", store);
        ((ObjectNode) order.at("/delivery/address")).put("postalCode", postalCode);
        return order;
    }

    /** A scarf, collected at this store. */
    public static ObjectNode scarfFrom(String externalId, String store) {
        ObjectNode order = order(externalId, "NW-SCARF-GRY", 1, "29.00", "29.00", "29.00");
        order.remove("shipping");
        order.putObject("delivery").put("method", "PICKUP").put("facility", store);
        return order;
    }

    private static ObjectNode order(
            String externalId, String sku, int units, String unitPrice, String price, String total) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode order = Json.object()
                .put("externalId", externalId)
                .put("name", externalId)
                .put("placedAt", now)
                .put("currency", "USD")
                .put("taxesIncluded", false)
                .put("total", total);
        order.putArray("lines")
                .addObject()
                .put("id", "1")
                .put("sku", sku)
                .put("quantity", units)
                .put("unitPrice", unitPrice)
                .put("total", price);
        order.putObject("shipping").put("title", "Standard").put("total", "4.90");
        order.putArray("tenders")
                .addObject()
                .put("id", externalId + "-paid")
                .put("gateway", "external")
                .put("amount", total)
                .put("capturedAt", now);
        ObjectNode delivery = order.putObject("delivery").put("method", "SHIPPING");
        delivery.putObject("address")
                .put("name", "Kim Example")
                .put("street", "7 Sample Street")
                .put("city", "Boston")
                .put("province", "MA")
                .put("postalCode", "02110")
                .put("country", "US");
        order.putObject("customer").put("name", "Kim Example").put("email", "kim@example.com");
        return order;
    }
}
