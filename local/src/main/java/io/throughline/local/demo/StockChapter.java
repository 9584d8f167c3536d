package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/** What becomes of stock that changes without any order: one shelf of one store, as availability and the shop show it. */
final class StockChapter {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String STORE = "ST-HARBOR";
    private static final String TILL = "LHARBOR";
    private static final String SKU = "NW-SOCK-2PK";

    private final Stage stage;
    private final PrintStream out;

    StockChapter(Stage stage, PrintStream out) {
        this.stage = stage;
        this.out = out;
    }

    /** False if something was not as it should be. */
    boolean play() throws InterruptedException {
        out.println("One shelf (" + SKU + " at " + STORE + "):");
        try {
            takenFromTheShelf();
            soldWhileOffline();
            counted();
            return true;
        } catch (RuntimeException wrong) {
            out.println("  NO  " + wrong.getMessage());
            return false;
        }
    }

    private void takenFromTheShelf() throws InterruptedException {
        int before = onHand();
        stage.adjust(TILL, SKU, -1);
        told("the store's till takes one off: " + (before - 1) + " can be counted on", awaitOnHand(before - 1));
        told("the shop shows " + (before - 1), awaitShown(before - 1));
    }

    private void soldWhileOffline() throws InterruptedException {
        int before = onHand();
        ObjectNode batch = batch("demo-" + Instant.now().toEpochMilli());
        check(batch, "accepted");
        check(batch, "known");
        told(
                "a till that was offline hands in a sale of two, twice: " + (before - 2) + " are left",
                awaitOnHand(before - 2));
        told("the shop shows " + (before - 2), awaitShown(before - 2));
    }

    private void check(ObjectNode batch, String verdict) {
        JsonNode answer = stage.api().post("/v1/stores/" + STORE + "/sales/batch", batch);
        Stage.check(answer.path(verdict).asInt() == 1, "the sale should have been " + verdict + ": " + answer);
    }

    private void counted() throws InterruptedException {
        ObjectNode count = Json.object()
                .put("countId", "demo-" + Instant.now().toEpochMilli())
                .put("countedAt", Instant.now().toString());
        count.putArray("lines").addObject().put("sku", SKU).put("counted", 12);
        stage.api().post("/v1/facilities/" + STORE + "/counts", count);
        told("somebody counts 12", awaitOnHand(12));
        told("the shop shows 12", awaitShown(12));
    }

    /** Dollars, without a tax. */
    private static ObjectNode batch(String saleId) {
        ObjectNode batch = Json.object();
        ObjectNode sale = batch.putArray("sales")
                .addObject()
                .put("saleId", saleId)
                .put("register", "R1")
                .put("soldAt", Instant.now().toString())
                .put("currency", "USD")
                .put("taxesIncluded", false);
        sale.putArray("lines")
                .addObject()
                .put("sku", SKU)
                .put("quantity", 2)
                .put("unitPrice", "12.00")
                .put("total", "24.00")
                .putArray("taxes");
        sale.putArray("tenders").addObject().put("kind", "cash").put("amount", "24.00");
        return batch;
    }

    private int onHand() {
        return stage.onHand(SKU, STORE);
    }

    private int shown() {
        return Json.list(stage.sandbox().get("/shopify/" + SHOP + "/inventory")).stream()
                .filter(level -> level.path("sku").asText().equals(SKU))
                .filter(level -> level.path("facility").asText().equals(STORE))
                .findFirst()
                .map(level -> level.path("on_hand").asInt())
                .orElse(-1);
    }

    private Duration awaitOnHand(int units) throws InterruptedException {
        return await("the availability of " + units, this::onHand, found -> found == units);
    }

    private Duration awaitShown(int units) throws InterruptedException {
        return await("the shop to show " + units, this::shown, found -> found == units);
    }

    private Duration await(String what, IntSupplier look, IntPredicate enough) throws InterruptedException {
        Instant began = Instant.now();
        stage.await(
                what,
                () -> Optional.of(Json.object().put("units", look.getAsInt())),
                found -> enough.test(found.path("units").asInt()));
        return Duration.between(began, Instant.now());
    }

    private void told(String what, Duration after) {
        out.printf(Locale.ROOT, "  ok  %s, after %.1f s%n", what, after.toMillis() / 1000.0);
    }
}
