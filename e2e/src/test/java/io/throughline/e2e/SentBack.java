package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.e2e.EffectJudge.OwnWay;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An order that comes back by mail, whatever dies meanwhile. Before anything is said again it is read whether it was heard: an answer may have
 * been lost.
 */
final class SentBack {
    private static final String WAREHOUSE = "WH-EAST";

    private final Stage stage;
    private final Placed order;

    SentBack(Stage stage, ShopOrders shop) {
        this.stage = stage;
        this.order = shop.place(
                Kind.WAREHOUSE, body -> body.line(2, SoldCap.SKU, 1, "40.00").shipping("4.90"));
    }

    /** Goes as far as it goes just now; what nobody hears is said again. */
    void goOn() {
        try {
            if (isSold()) {
                found().ifPresentOrElse(this::goOn, () -> GoodsReturn.of(stage, order.id(), line(), Optional.empty()));
            }
        } catch (UncheckedIOException | Json.UnexpectedAnswer away) {
            // It stays as it is until somebody is there.
        }
    }

    /** What its customer has a label for comes, and is looked at. */
    private void goOn(JsonNode found) {
        JsonNode line = found.at("/lines/0");
        if (line.path("received").asInt() == 0) {
            if (found.at("/parcels/0/status").asText().equals("LABELLED")) {
                goods().comesTo(WAREHOUSE, line());
            }
        } else if (line.path("inspections").isEmpty()) {
            goods().isFound(WAREHOUSE, line(), "NEW", "RESTOCK");
        }
    }

    /** Goods and money have come to their end. False also when nobody is there to be asked. */
    boolean over() {
        try {
            return found().filter(one -> one.path("summary").has("closedAt")).isPresent();
        } catch (UncheckedIOException | Json.UnexpectedAnswer away) {
            return false;
        }
    }

    /** Exactly what it was to do outside. */
    OwnWay expected() {
        Map<String, Long> effects = new TreeMap<>(Map.of(
                "fulfillmentOrderSubmitFulfillmentRequest", 1L,
                "fulfillmentCreate", 1L,
                "refundCreate", 1L,
                "label", 1L,
                "mail", 3L,
                "sale.sale.quote", 1L,
                "sale.sale.confirm", 1L,
                "account.invoice.post", 2L,
                "account.payment.succeed", 2L));
        if (!work().path("facility").asText().equals(WAREHOUSE)) {
            effects.put("fulfillmentOrderMove", 1L);
        }
        return new OwnWay(order, 2, effects);
    }

    private boolean isSold() {
        JsonNode status = shown().at("/order/status");
        return status.path("lifecycle").asText().equals("COMPLETED")
                && status.path("posting").asText().equals("CONFIRMED");
    }

    private Optional<JsonNode> found() {
        return Json.list(stage.api().get("/v1/returns?id=" + order.id()).path("returns"))
                        .isEmpty()
                ? Optional.empty()
                : Optional.of(goods().now());
    }

    private GoodsReturn goods() {
        return GoodsReturn.known(stage, order.id() + "-R1");
    }

    private String line() {
        return work().at("/lines/0/lineId").asText();
    }

    private JsonNode work() {
        return shown().at("/fulfillmentOrders/0");
    }

    private JsonNode shown() {
        return stage.order(order.id()).orElse(Json.object());
    }

    @Override
    public String toString() {
        return "the return of " + order.id();
    }
}
