package io.throughline.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An order as a REST client hands it over: two mugs, tax on top, paid elsewhere. Its buyer is made up. */
public final class OrderRequest {
    private OrderRequest() {}

    public static ObjectNode twoMugs(String externalId) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode order = Json.object()
                .put("externalId", externalId)
                .put("name", externalId)
                .put("placedAt", now)
                .put("currency", "USD")
                .put("taxesIncluded", false)
                .put("total", "43.15");
        order.putArray("lines")
                .addObject()
                .put("id", "1")
                .put("sku", "NW-MUG-RED")
                .put("quantity", 2)
                .put("unitPrice", "18.00")
                .put("total", "36.00")
                .putArray("taxes")
                .addObject()
                .put("title", "MA State Tax")
                .put("rate", "0.0625")
                .put("amount", "2.25");
        order.putObject("shipping").put("title", "Standard").put("total", "4.90");
        order.putArray("tenders")
                .addObject()
                .put("id", externalId + "-paid")
                .put("gateway", "external")
                .put("amount", "43.15")
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
