package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import io.throughline.local.watch.StandInLedger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a sandbox shop shows of its stock, and what was done to it. */
final class ShopShelves {
    private static final Set<String> TELLING = Set.of("inventorySetQuantities", "inventoryMoveQuantities");

    private final Stage stage;
    private final String shop;

    ShopShelves(Stage stage, String shop) {
        this.stage = stage;
        this.shop = shop;
    }

    /** The quantities of one SKU at one facility; all are 0 where the shop does not keep it. */
    record Shelf(int onHand, int available, int committed, int reserved, int safetyStock) {}

    Shelf of(String sku, String facility) {
        return Json.list(stage.sandbox().get("/shopify/" + shop + "/inventory")).stream()
                .filter(level -> level.path("sku").asText().equals(sku))
                .filter(level -> level.path("facility").asText().equals(facility))
                .map(level -> new Shelf(
                        level.path("on_hand").asInt(),
                        level.path("available").asInt(),
                        level.path("committed").asInt(),
                        level.path("reserved").asInt(),
                        level.path("safety_stock").asInt()))
                .findFirst()
                .orElse(new Shelf(0, 0, 0, 0, 0));
    }

    /** Somebody changes in the shop's admin what is available. */
    void change(String sku, String facility, int available) {
        stage.sandbox()
                .put(
                        "/shopify/" + shop + "/inventory",
                        Json.object().put("sku", sku).put("facility", facility).put("available", available));
    }

    long calls(String operation) {
        return Json.list(stage.sandbox().get("/ledger?system=shopify")).stream()
                .filter(row -> row.path("operation").asText().equals(operation))
                .count();
    }

    /** What any shop has been told, but for what is available: a line for each time, with shop, quantity, item and location. */
    List<String> toldInAllShops() {
        return Json.list(stage.sandbox().get("/ledger?system=shopify")).stream()
                .filter(row -> TELLING.contains(row.path("operation").asText()))
                .flatMap(row -> Json.list(row.at("/detail/changes")).stream()
                        .filter(change -> !change.path("name").asText().equals("available"))
                        .map(change -> String.join(
                                " ",
                                row.at("/detail/shop").asText(),
                                change.path("name").asText(),
                                StandInLedger.number(change, "item"),
                                StandInLedger.number(change, "location"))))
                .toList();
    }

    /** Lets the shop's inventory meet a fault; gives its id. */
    String fault(String operation, String kind, int times) {
        return stage.sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("system", "shopify")
                                .put("operation", operation)
                                .put("kind", kind)
                                .put("status", 503)
                                .put("times", times))
                .path("id")
                .asText();
    }

    /** How many points the shops' buckets hold, how many a second come in, and how many are in them now. */
    void throttle(int maximum, int restoreRate, int level) {
        stage.sandbox()
                .put(
                        "/shopify/throttle",
                        Json.object()
                                .put("maximumAvailable", maximum)
                                .put("restoreRate", restoreRate)
                                .put("currentlyAvailable", level));
    }

    void mend(String fault) {
        stage.sandbox().delete("/faults/" + fault);
    }

    Optional<JsonNode> openCase(String subject) {
        return Json.list(stage.api().get("/v1/cases?status=OPEN&limit=200").path("cases")).stream()
                .filter(one -> one.path("subject").asText().equals(subject))
                .findFirst();
    }
}
