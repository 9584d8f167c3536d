package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.e2e.EffectJudge.OwnWay;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.e2e.Ways.Step;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An order that is called off when a warehouse of a third party has taken it on, whatever dies meanwhile. A warehouse's script is for all of its
 * orders: until this one is called back it sends none, so nobody else's may be under way.
 */
final class CalledBack {
    private static final List<String> WAREHOUSES = List.of("WH-EAST", "WH-WEST");

    private final Stage stage;
    private final Placed order;
    private final Ways ways;

    CalledBack(Stage stage, ShopOrders shop) {
        this.stage = stage;
        warehousesDo("accept");
        this.order = shop.place(
                Kind.WAREHOUSE, body -> body.line(2, SoldCap.SKU, 1, "40.00").shipping("4.90"));
        this.ways = new Ways(List.of(List.of(
                new Step("be taken on and in the books", this::canBeCalledBack, this::callOff),
                new Step("be given back", this::isGivenBack, () -> warehousesDo("ship")),
                new Step("end", this::isOver, () -> {}))));
    }

    private void warehousesDo(String behaviour) {
        for (String warehouse : WAREHOUSES) {
            stage.sandbox()
                    .put(
                            "/shopify/locations/" + warehouse + "/script",
                            Json.object().put("behaviour", behaviour));
        }
    }

    void goOn() {
        ways.goOn();
    }

    /** Its warehouse sends what it is asked for again. */
    boolean isOutOfTheWay() {
        return open().stream().allMatch(next -> next.startsWith("to end"));
    }

    /** What it still waits for. */
    List<String> open() {
        return ways.open().stream().map(next -> next + ", of " + order).toList();
    }

    private boolean canBeCalledBack() {
        return work().path("status").asText().equals("ACKNOWLEDGED")
                && Json.list(stage.sandbox().get("/ledger?system=tryton&about=" + order.id())).stream()
                        .anyMatch(row -> row.path("operation").asText().equals("account.payment.succeed"));
    }

    private boolean isGivenBack() {
        return Json.list(stage.sandbox().get("/ledger?system=shopify")).stream()
                .anyMatch(row -> row.path("operation").asText().equals("fulfillmentOrderAcceptCancellationRequest"));
    }

    private void callOff() {
        stage.api()
                .post(
                        "/v1/orders/" + order.id() + "/cancellation",
                        Json.object().put("reason", "no longer wanted"));
    }

    private boolean isOver() {
        JsonNode status = shown().at("/order/status");
        return status.path("lifecycle").asText().equals("CANCELLED")
                && status.path("payment").asText().equals("REFUNDED")
                && status.path("posting").asText().equals("REVERSED");
    }

    /** Exactly what it was to do outside, and the warehouse itself. */
    OwnWay expected() {
        Map<String, Long> effects = new TreeMap<>(Map.of(
                "fulfillmentOrderSubmitFulfillmentRequest", 1L,
                "fulfillmentOrderSubmitCancellationRequest", 1L,
                "fulfillmentOrderAcceptCancellationRequest", 1L,
                "orderCancel", 1L,
                "mail", 1L,
                "sale.sale.quote", 1L,
                "sale.sale.cancel", 1L,
                "account.payment.succeed", 2L));
        if (!work().path("facility").asText().equals(WAREHOUSES.getFirst())) {
            effects.put("fulfillmentOrderMove", 1L);
        }
        return new OwnWay(order, 1, effects);
    }

    private JsonNode work() {
        return shown().at("/fulfillmentOrders/0");
    }

    private JsonNode shown() {
        return stage.order(order.id()).orElse(Json.object());
    }
}
