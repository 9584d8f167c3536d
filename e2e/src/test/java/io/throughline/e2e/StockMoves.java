package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What moves stock without an order, as stores, their tills and the ERP do it, and how much there is then. */
final class StockMoves {
    private final Stage stage;

    StockMoves(Stage stage) {
        this.stage = stage;
    }

    /** Somebody at the store in the harbor puts units on the shelf, or takes them off. */
    void adjust(String sku, int units) {
        adjust(sku, units, "");
    }

    /** {@code query} is that of the sandbox's control API. */
    void adjust(String sku, int units, String query) {
        stage.sandbox()
                .post(
                        "/square/adjustments" + query,
                        Json.object().put("location", "LHARBOR").put("sku", sku).put("quantity", units));
    }

    /** The till of that store sells units for cash, live; gives the sale as Square keeps it. */
    JsonNode ringUp(String sku, int units) {
        return ringUp(sku, units, "");
    }

    JsonNode ringUp(String sku, int units, String query) {
        ObjectNode sale = Json.object().put("location", "LHARBOR").put("tender", "CASH");
        sale.putArray("items").addObject().put("sku", sku).put("quantity", units);
        return stage.sandbox().post("/square/sales" + query, sale);
    }

    /** A customer of that till brings units back, and gets the money. */
    JsonNode bringBack(JsonNode sale, String sku, int units) {
        ObjectNode back = Json.object().put("sale", sale.path("id").asText());
        back.putArray("items").addObject().put("sku", sku).put("quantity", units);
        return stage.sandbox().post("/square/returns", back);
    }

    /** What a sale at that till came to. */
    static BigDecimal total(JsonNode sale) {
        return BigDecimal.valueOf(sale.at("/total_money/amount").asLong(), 2);
    }

    /** The warehouse in the east expects units in three days. */
    void purchase(String reference, String sku, int units) {
        stage.sandbox()
                .post(
                        "/tryton/purchases",
                        Json.object()
                                .put("reference", reference)
                                .put("facility", "WH-EAST")
                                .put("sku", sku)
                                .put("quantity", units)
                                .put(
                                        "expected",
                                        LocalDate.now(ZoneOffset.UTC)
                                                .plusDays(3)
                                                .toString()));
    }

    void receive(String reference) {
        stage.sandbox().post("/tryton/purchases/" + reference + "/receive", Json.object());
    }

    /** So many have come, the rest is still on order. */
    void receive(String reference, int units) {
        stage.sandbox()
                .post(
                        "/tryton/purchases/" + reference + "/receive",
                        Json.object().put("units", units));
    }

    /** What is still on order does not come. */
    void callOff(String reference) {
        stage.sandbox().post("/tryton/purchases/" + reference + "/cancel", Json.object());
    }

    /** A store's tills hand in what they sold. */
    JsonNode handIn(String store, List<ObjectNode> sales) {
        return stage.api().post("/v1/stores/" + store + "/sales/batch", TillSales.batch(sales));
    }

    /** The quantities of a SKU at a facility, as our API shows them. */
    JsonNode quantities(String sku, String facility) {
        return stage.api()
                .get("/v1/availability?sku=" + sku + "&facility=" + facility)
                .at("/facilities/0/quantities");
    }

    int onHand(String sku, String facility) {
        return quantities(sku, facility).path("onHand").asInt();
    }
}
