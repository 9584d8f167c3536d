package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.order.OrderId;
import io.throughline.e2e.Journey.Stop;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Every way that an order goes, with warehouses and stores that do nothing until they are told to. */
final class Journeys {
    static final String SIMPLEST = "shipped from a warehouse";
    static final String PICKED_UP = "picked up";
    static final String REFUSED_BY_ERP = "refused by the ERP, then mended";
    static final String COMPLETED = "COMPLETED";
    private static final String CANCELLED = "CANCELLED";

    /** Only the journey that the ERP refuses orders this, and takes it out of the ERP first. */
    private static final String REFUSED = "NW-JKT-GRN-L";

    private final Stage stage;
    private final ShopOrders shop;

    Journeys(Stage stage, ShopOrders shop) {
        this.stage = stage;
        this.shop = shop;
    }

    /** The store's system is away for this order only, and for minutes it is tried again before anybody is told. */
    Journey stalled() {
        return new Journey(
                "stalled while its store was away",
                () -> shop.placeInStore(this::cutOff),
                List.of(
                        new Stop("case SYSTEM_ERROR", order -> isOpen(order, "SYSTEM_ERROR"), this::reconnect),
                        released(order -> store(order, 0, "acknowledge", "prepare", "complete"))),
                COMPLETED);
    }

    /** Every other one. */
    List<Journey> all() {
        // Neither the shop's patience nor its rate is what is tried here.
        stage.sandbox()
                .put(
                        "/shopify/throttle",
                        Json.object().put("maximumAvailable", 1_000_000).put("restoreRate", 100_000));
        List.of("WH-EAST", "WH-WEST").forEach(place -> manual("/shopify/locations/" + place));
        ShopOrders.STORES.forEach(place -> manual("/square/locations/" + place));
        return List.of(
                new Journey(
                        SIMPLEST,
                        () -> shop.place(Kind.WAREHOUSE),
                        List.of(
                                released(order -> warehouse(order, 0, "accept")),
                                work("ACKNOWLEDGED", order -> warehouse(order, 0, "ship"))),
                        COMPLETED),
                new Journey(
                        "shipped from a store",
                        () -> shop.place(Kind.STORE),
                        List.of(released(order -> store(order, 0, "acknowledge", "prepare", "complete"))),
                        COMPLETED),
                new Journey(
                        PICKED_UP,
                        shop::placePickup,
                        List.of(
                                released(order -> store(order, 0, "acknowledge", "prepare")),
                                lyingReady(List.of("READY_FOR_PICKUP"), order -> store(order, 0, "complete"))),
                        COMPLETED),
                new Journey(
                        "paid when it ships",
                        () -> shop.place(Kind.AUTHORISED),
                        List.of(released(order -> warehouse(order, 0, "accept", "ship"))),
                        COMPLETED),
                new Journey(
                        "handed over by REST",
                        shop::placeByRest,
                        List.of(released(order -> store(order, 0, "acknowledge", "prepare", "complete"))),
                        COMPLETED),
                new Journey(
                        "a gift card alone, held",
                        () -> shop.place(
                                Kind.AUTHORISED,
                                body -> body.giftCard(9, "NW-GIFT-50", "50.00")
                                        .authorizedOnly()
                                        .tags("fraud-review")),
                        List.of(open("ORDER_ON_HOLD", "RELEASE_HOLD")),
                        COMPLETED),
                new Journey(
                        "shipped, then paid",
                        () -> shop.place(Kind.WAREHOUSE, body -> mug(body).byTransfer()),
                        List.of(
                                released(order -> warehouse(order, 0, "accept", "ship")),
                                new Stop("invoiced", this::isInvoiced, this::pay)),
                        COMPLETED),
                new Journey(
                        "split in two",
                        shop::placeTwoParcels,
                        List.of(
                                works("RELEASED", "RELEASED", order -> warehouse(order, 1, "accept", "ship")),
                                works("RELEASED", "SHIPPED", order -> warehouse(order, 0, "accept", "ship"))),
                        COMPLETED),
                new Journey(
                        "held, then released",
                        () -> shop.place(Kind.WAREHOUSE, body -> mug(body).tags("fraud-review")),
                        List.of(
                                open("ORDER_ON_HOLD", "RELEASE_HOLD"),
                                released(order -> warehouse(order, 0, "accept", "ship"))),
                        COMPLETED),
                new Journey(
                        "rejected, then rerouted",
                        () -> shop.place(Kind.STORE),
                        List.of(
                                released(order -> store(order, 0, "reject")),
                                open("FACILITY_REJECTED", "REROUTE"),
                                works(
                                        "REJECTED",
                                        "RELEASED",
                                        order -> store(order, 1, "acknowledge", "prepare", "complete"))),
                        COMPLETED),
                new Journey(
                        REFUSED_BY_ERP,
                        this::unknownToErp,
                        List.of(
                                new Stop("case ERP_REJECTED", order -> isOpen(order, "ERP_REJECTED"), this::mend),
                                released(order -> warehouse(order, 0, "accept", "ship"))),
                        COMPLETED),
                new Journey(
                        "unknown product, cancelled",
                        () -> shop.place(Kind.WAREHOUSE, body -> body.line(99, "NW-NOT-OURS", 1, "10.00")),
                        List.of(open("UNKNOWN_SKU", "CANCEL")),
                        CANCELLED),
                new Journey(
                        "cancelled at the shop",
                        () -> shop.place(Kind.STORE),
                        List.of(released(this::cancelAtShop)),
                        CANCELLED),
                new Journey(
                        "cancelled while it is packed",
                        () -> shop.place(Kind.AUTHORISED),
                        List.of(
                                released(order -> warehouse(order, 0, "accept")),
                                work("ACKNOWLEDGED", this::cancel),
                                new Stop(
                                        "cancel requested",
                                        this::askedBack,
                                        order -> warehouse(order, 0, "accept-cancellation"))),
                        CANCELLED),
                new Journey(
                        "cancelled after half had left",
                        shop::placeTwoParcels,
                        List.of(
                                works("RELEASED", "RELEASED", order -> warehouse(order, 0, "accept", "ship")),
                                works("SHIPPED", "RELEASED", this::cancel),
                                open("CHANGED_AFTER_SHIPMENT", "ACCEPT_DIFFERENCE"),
                                works("SHIPPED", "RELEASED", order -> warehouse(order, 1, "accept", "ship"))),
                        COMPLETED));
    }

    private void manual(String place) {
        stage.sandbox().put(place + "/script", Json.object().put("behaviour", "manual"));
    }

    private static OrderBody mug(OrderBody body) {
        return body.line(5, "NW-MUG-RED", 1, "18.00").shipping("4.90");
    }

    private Placed unknownToErp() {
        stage.sandbox().post("/tryton/products/" + REFUSED + "/remove", Json.object());
        return shop.place(Kind.WAREHOUSE, (UnaryOperator<OrderBody>)
                body -> body.line(3, REFUSED, 1, "132.00").shipping("4.90"));
    }

    private void mend(Placed order) {
        stage.sandbox().post("/tryton/products/" + REFUSED + "/restore", Json.object());
        decide(order, "ERP_REJECTED", "RETRY");
    }

    Stop released(Consumer<Placed> onwards) {
        return work("RELEASED", onwards);
    }

    Stop work(String status, Consumer<Placed> onwards) {
        return new Stop(status, order -> statuses(order).equals(List.of(status)), onwards);
    }

    /** Its customer knows it, too: to who comes earlier the message is not sent any more, which is another way. */
    Stop lyingReady(List<String> statuses, Consumer<Placed> onwards) {
        return new Stop(
                String.join(" and ", statuses),
                order -> statuses(order).equals(statuses) && isTold(order, "READY_FOR_PICKUP"),
                onwards);
    }

    boolean isTold(Placed order, String template) {
        return Facts.number(
                        stage.stack(),
                        "select count(*) from effect where line = ? and operation = 'tell' and purpose like ?"
                                + " and state = 'SUCCEEDED'",
                        order.id().value(),
                        "%/" + template)
                > 0;
    }

    Stop works(String first, String second, Consumer<Placed> onwards) {
        return new Stop(first + " and " + second, order -> statuses(order).equals(List.of(first, second)), onwards);
    }

    private Stop open(String code, String action) {
        return new Stop("case " + code, order -> isOpen(order, code), order -> decide(order, code, action));
    }

    List<String> statuses(Placed order) {
        return works(order).stream().map(work -> work.path("status").asText()).toList();
    }

    List<JsonNode> works(Placed order) {
        return stage.order(order.id())
                .map(found -> Json.list(found.path("fulfillmentOrders")))
                .orElse(List.of());
    }

    boolean isOpen(Placed order, String code) {
        return caseOf(order, code).isPresent();
    }

    private void decide(Placed order, String code, String action) {
        stage.decide(caseOf(order, code).orElseThrow(), action, "as the journey goes");
    }

    private Optional<String> caseOf(Placed order, String code) {
        return Json.list(stage.api()
                        .get("/v1/cases?status=OPEN&limit=200&code=" + code)
                        .path("cases"))
                .stream()
                .filter(one -> one.path("subject").asText().equals(order.id().value()))
                .map(one -> one.path("id").asText())
                .findFirst();
    }

    private boolean isInvoiced(Placed order) {
        return stage.order(order.id())
                .map(found -> found.at("/order/status/posting").asText())
                .filter("POSTED"::equals)
                .isPresent();
    }

    private void pay(Placed order) {
        stage.sandbox().post("/shopify/" + ShopOrders.SHOP + "/orders/" + order.externalId() + "/pay", Json.object());
    }

    private void cutOff(OrderId order) {
        stage.sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("id", order.value())
                                .put("system", "square")
                                .put("operation", "POST /v2/orders")
                                .put("bodyContains", order.value())
                                .put("kind", "status")
                                .put("status", 503)
                                .put("times", 1_000_000));
    }

    private void reconnect(Placed order) {
        stage.sandbox().delete("/faults/" + order.id());
    }

    private void cancelAtShop(Placed order) {
        stage.sandbox()
                .post("/shopify/" + ShopOrders.JAPAN + "/orders/" + order.externalId() + "/cancel", Json.object());
    }

    private void cancel(Placed order) {
        stage.cancel(order.id(), "as the journey goes");
    }

    /** The warehouse has accepted the work and must consent to giving it back. */
    private boolean askedBack(Placed order) {
        String work = works(order).getFirst().path("channelWork").asText();
        return Json.list(stage.sandbox()
                        .get("/shopify/" + ShopOrders.SHOP + "/fulfillment-orders?order=" + order.externalId()))
                .stream()
                .filter(one -> work.endsWith("/" + one.path("id").asText()))
                .anyMatch(one -> one.path("requestStatus").asText().equals("CANCELLATION_REQUESTED"));
    }

    void warehouse(Placed order, int index, String... actions) {
        String work = works(order).get(index).path("channelWork").asText();
        String number = work.substring(work.lastIndexOf('/') + 1);
        for (String action : actions) {
            stage.sandbox()
                    .post(
                            "/shopify/" + ShopOrders.SHOP + "/fulfillment-orders/" + number + "/" + action,
                            Json.object());
        }
    }

    void store(Placed order, int index, String... actions) {
        String reference = works(order).get(index).path("workReference").asText();
        for (String action : actions) {
            stage.sandbox()
                    .post(
                            "/square/orders/" + reference + "/" + action,
                            Json.object().put("reason", "not found"));
        }
    }
}
