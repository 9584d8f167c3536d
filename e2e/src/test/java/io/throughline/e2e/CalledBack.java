package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.e2e.EffectJudge.OwnWay;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.e2e.Ways.Step;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import io.throughline.local.watch.StandInLedger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Two orders that are called off when a warehouse of a third party has taken them on, whatever dies meanwhile. A warehouse's script is for all of
 * its orders: until these are called back it sends none, so nobody else's may be under way.
 */
final class CalledBack {
    private static final List<String> WAREHOUSES = List.of("WH-EAST", "WH-WEST");

    private final Stage stage;
    private final List<Placed> orders;
    private final Ways warehouses;
    private final Ways customers;

    CalledBack(Stage stage, ShopOrders shop) {
        this.stage = stage;
        warehousesDo("accept");
        this.orders = Stream.generate(() -> shop.place(
                        Kind.WAREHOUSE,
                        body -> body.line(2, SoldCap.SKU, 1, "40.00").shipping("4.90")))
                .limit(2)
                .toList();
        this.warehouses =
                new Ways(List.of(List.of(new Step("be given back", this::areGivenBack, () -> warehousesDo("ship")))));
        this.customers = new Ways(orders.stream().map(this::callOffLate).toList());
    }

    private List<Step> callOffLate(Placed order) {
        return List.of(
                new Step("be taken on and in the books", () -> canBeCalledBack(order), () -> callOff(order)),
                new Step("end", () -> isOver(order), () -> {}));
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
        warehouses.goOn();
        customers.goOn();
    }

    /** What is waited for until the warehouses send again what they are asked for. */
    List<String> atWarehouses() {
        return warehouses.open();
    }

    /** What they still wait for. */
    List<String> open() {
        return Stream.concat(warehouses.open().stream(), customers.open().stream())
                .map(next -> next + ", of " + orders)
                .toList();
    }

    private boolean canBeCalledBack(Placed order) {
        return work(order).path("status").asText().equals("ACKNOWLEDGED")
                && !StandInLedger.of(stage, "tryton", order.id().value(), "account.payment.succeed")
                        .isEmpty();
    }

    private boolean areGivenBack() {
        return orders.stream().allMatch(this::isGivenBack);
    }

    private boolean isGivenBack(Placed order) {
        return Json.list(stage.sandbox().get("/ledger?system=shopify")).stream()
                .filter(row -> row.path("operation").asText().equals("fulfillmentOrderAcceptCancellationRequest"))
                .anyMatch(row -> row.toString().contains(order.channelId()));
    }

    private void callOff(Placed order) {
        stage.cancel(order.id(), "no longer wanted");
    }

    private boolean isOver(Placed order) {
        JsonNode status = shown(order).at("/order/status");
        return status.path("lifecycle").asText().equals("CANCELLED")
                && status.path("payment").asText().equals("REFUNDED")
                && status.path("posting").asText().equals("REVERSED");
    }

    /** Exactly what they were to do outside, and the warehouses themselves. */
    List<OwnWay> expected() {
        return orders.stream().map(this::expected).toList();
    }

    private OwnWay expected(Placed order) {
        Map<String, Long> effects = new TreeMap<>(Map.of(
                "fulfillmentOrderSubmitFulfillmentRequest", 1L,
                "fulfillmentOrderSubmitCancellationRequest", 1L,
                "fulfillmentOrderAcceptCancellationRequest", 1L,
                "orderCancel", 1L,
                "mail", 1L,
                "sale.sale.quote", 1L,
                "sale.sale.cancel", 1L,
                "account.payment.succeed", 2L));
        if (!work(order).path("facility").asText().equals(WAREHOUSES.getFirst())) {
            effects.put("fulfillmentOrderMove", 1L);
        }
        return new OwnWay(order, 1, effects);
    }

    private JsonNode work(Placed order) {
        return shown(order).at("/fulfillmentOrders/0");
    }

    private JsonNode shown(Placed order) {
        return stage.order(order.id()).orElse(Json.object());
    }
}
