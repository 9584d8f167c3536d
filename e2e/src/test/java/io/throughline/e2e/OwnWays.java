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
import java.util.stream.Stream;

/**
 * Three orders that go further than those of the usual kinds, whoever dies meanwhile: one that the shop holds for a while and whose label a store
 * buys, one that is called off when its label is bought, and one that comes back by mail.
 */
final class OwnWays {
    private final Stage stage;
    private final StoreDevice device;
    private final Placed labelled;
    private final Placed calledOff;
    private final SentBack sentBack;
    private final Ways ways;

    /** Stores buy labels from a carrier ({@link CopiedConfiguration#storesBuyLabels}), and have a device beside the till. */
    OwnWays(Stage stage, ShopOrders shop) {
        this.stage = stage;
        this.device = new StoreDevice(stage.api());
        this.labelled = shop.placeForDevice(Kind.STORE);
        this.calledOff = shop.placeForDevice(Kind.REFUNDED);
        this.sentBack = new SentBack(stage, shop);
        this.ways = new Ways(List.of(
                List.of(
                        new Step("be held", () -> isReleased(labelled), () -> shopDoes("hold")),
                        new Step("be let go", () -> noticesAtTill() == 1, () -> shopDoes("release-hold")),
                        new Step("be packed", () -> noticesAtTill() == 2, () -> device.packs(first(labelled))),
                        new Step(
                                "hand over",
                                () -> device.hasLabel(first(labelled)),
                                () -> device.reports(first(labelled), "handover", Json.object())),
                        new Step("end", () -> is(labelled, "COMPLETED CAPTURED CONFIRMED"), () -> {})),
                List.of(
                        pack(calledOff),
                        new Step(
                                "call off",
                                () -> device.hasLabel(first(calledOff)) && isBooked(calledOff),
                                () -> cancel(calledOff)),
                        new Step("end", () -> is(calledOff, "CANCELLED REFUNDED REVERSED"), () -> {}))));
    }

    void goOn() {
        ways.goOn();
        sentBack.goOn();
    }

    /** What they still wait for. */
    List<String> open() {
        Stream<String> open = ways.open().stream().map(next -> next + ", of " + List.of(labelled, calledOff));
        return Stream.concat(open, sentBack.over() ? Stream.empty() : Stream.of(sentBack.toString()))
                .toList();
    }

    /** Exactly what they were to do outside. */
    List<OwnWay> expected() {
        return List.of(
                new OwnWay(
                        labelled,
                        1,
                        Map.ofEntries(
                                Map.entry("fulfillmentOrderMove", 1L),
                                // By the shop's staff.
                                Map.entry("fulfillmentOrderHold", 1L),
                                Map.entry("fulfillmentOrderReleaseHold", 1L),
                                Map.entry("fulfillmentCreate", 1L),
                                Map.entry("POST /v2/orders", 1L),
                                Map.entry("POST /v2/orders/{id}/pay", 1L),
                                Map.entry("PUT /v2/orders/{id}", 3L),
                                Map.entry("label", 1L),
                                Map.entry("mail", 1L),
                                Map.entry("sale.sale.quote", 1L),
                                Map.entry("sale.sale.confirm", 1L),
                                Map.entry("account.invoice.post", 1L),
                                Map.entry("account.payment.succeed", 1L))),
                new OwnWay(
                        calledOff,
                        1,
                        Map.ofEntries(
                                Map.entry("fulfillmentOrderMove", 1L),
                                Map.entry("orderCancel", 1L),
                                Map.entry("POST /v2/orders", 1L),
                                Map.entry("POST /v2/orders/{id}/pay", 1L),
                                Map.entry("PUT /v2/orders/{id}", 1L),
                                Map.entry("label", 1L),
                                Map.entry("void", 1L),
                                Map.entry("mail", 1L),
                                Map.entry("sale.sale.quote", 1L),
                                Map.entry("sale.sale.cancel", 1L),
                                Map.entry("account.payment.succeed", 2L))),
                sentBack.expected());
    }

    private Step pack(Placed order) {
        return new Step("pack", () -> isReleased(order), () -> device.packs(first(order)));
    }

    private boolean isReleased(Placed order) {
        return work(order).path("status").asText().equals("RELEASED");
    }

    /** The shop's staff, about the order whose label a store buys. */
    private void shopDoes(String what) {
        String shop = "/shopify/" + labelled.shop();
        String work = stage.sandbox()
                .get(shop + "/fulfillment-orders?order=" + labelled.externalId())
                .path(0)
                .path("id")
                .asText();
        stage.sandbox()
                .post(
                        shop + "/fulfillment-orders/" + work + "/" + what,
                        what.equals("hold") ? Json.object().put("reason", "INCORRECT_ADDRESS") : Json.object());
    }

    /** What the store's till was told of a hold and of its end. */
    private long noticesAtTill() {
        return StandInLedger.of(stage, "square", labelled.id().value(), "PUT /v2/orders/{id}")
                .size();
    }

    private static String first(Placed order) {
        return order.id() + "-F1";
    }

    /** What was paid for it is in the books, so all of that has to be turned round. */
    private boolean isBooked(Placed order) {
        return !StandInLedger.of(stage, "tryton", order.id().value(), "account.payment.succeed")
                .isEmpty();
    }

    private void cancel(Placed order) {
        stage.cancel(order.id(), "no longer wanted");
    }

    private JsonNode work(Placed order) {
        return stage.order(order.id()).orElse(Json.object()).at("/fulfillmentOrders/0");
    }

    private boolean is(Placed order, String wanted) {
        JsonNode status = stage.order(order.id()).orElse(Json.object()).at("/order/status");
        return wanted.equals(status.path("lifecycle").asText() + " "
                + status.path("payment").asText() + " "
                + status.path("posting").asText());
    }
}
