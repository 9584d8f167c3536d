package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowOptions;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.e2e.Journey.Stop;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Ways of orders beside whose process there is another one that is looked at: a return, a reroute, a decision from Temporal. Warehouses and
 * stores do nothing until they are told to, as in {@link Journeys}.
 */
final class PeerJourneys {
    static final String RETURNED = "returned by mail and refunded";
    static final String OFFERED = "collected elsewhere, as its customer chose";

    private final Stage stage;
    private final Histories histories;
    private final ShopOrders shop;
    private final Journeys orders;
    private final StoreDevice device;

    PeerJourneys(Stage stage, Histories histories, ShopOrders shop, Journeys orders) {
        this.stage = stage;
        this.histories = histories;
        this.shop = shop;
        this.orders = orders;
        this.device = new StoreDevice(stage.api());
    }

    List<Journey> all() {
        return List.of(
                new Journey(
                        RETURNED,
                        this::placeAndReturn,
                        List.of(
                                new Stop("the goods under way", this::isAwaited, this::comesBack),
                                new Stop("the refund under way", this::isIssued, this::letRefundsThrough)),
                        Journeys.COMPLETED,
                        order -> "return/" + ShopOrders.ACCOUNT + "/" + returnOf(order)),
                new Journey(
                        "given back by a store",
                        () -> given(shop.place(Kind.STORE)),
                        List.of(orders.works(
                                "REJECTED",
                                "RELEASED",
                                order -> orders.store(order, 1, "acknowledge", "prepare", "complete"))),
                        Journeys.COMPLETED,
                        PeerJourneys::reroute),
                new Journey(
                        OFFERED,
                        () -> given(shop.placePickup()),
                        List.of(
                                new Stop("choices told", this::isAsked, this::chooseAnotherStore),
                                orders.works(
                                        "REJECTED",
                                        "RELEASED",
                                        order -> orders.store(order, 1, "acknowledge", "prepare")),
                                orders.lyingReady(List.of("REJECTED", "READY_FOR_PICKUP"), this::handOver)),
                        Journeys.COMPLETED,
                        PeerJourneys::reroute),
                new Journey(
                        "released by a decision from Temporal",
                        this::holdAndDecide,
                        List.of(orders.released(order -> orders.warehouse(order, 0, "accept", "ship"))),
                        Journeys.COMPLETED,
                        order -> "case/" + holdOf(order)));
    }

    private static String reroute(Placed order) {
        return RerouteId.of(work(order, 1), 1).workflowId();
    }

    private static FulfillmentOrderId work(Placed order, int ordinal) {
        return new FulfillmentOrderId(order.id() + "-F" + ordinal);
    }

    /** The store says itself that it does not find the goods. */
    private Placed given(Placed order) {
        Resets.await(
                order.id() + " to be with a store", () -> orders.statuses(order).equals(List.of("RELEASED")));
        device.reports(
                work(order, 1).value(),
                "rejection",
                Json.object().put("scope", "GROUP").put("reason", "NOT_FOUND"));
        return order;
    }

    /** The message has left, too. */
    private boolean isAsked(Placed order) {
        return offers(order).open().isPresent() && orders.isTold(order, "ALTERNATIVES");
    }

    private Offers offers(Placed order) {
        return new Offers(stage.api(), order.id());
    }

    private void chooseAnotherStore(Placed order) {
        JsonNode offer = offers(order).open().orElseThrow();
        String store = Json.list(offer.path("choices")).stream()
                .filter(choice -> choice.path("choice").asText().equals("OTHER_STORE"))
                .map(choice -> choice.at("/stores/0/facility").asText())
                .findFirst()
                .orElseThrow();
        offers(order).answer(offer, Json.object().put("choice", "OTHER_STORE").put("store", store));
    }

    /** Whoever collects has shown a document. */
    private void handOver(Placed order) {
        device.reports(work(order, 2).value(), "handover", Json.object().put("document", "PASSPORT"));
    }

    /** The shop keeps its refunds back until they are let through. */
    private Placed placeAndReturn() {
        Placed order = shop.place(
                Kind.WAREHOUSE, body -> body.line(2, SoldCap.SKU, 1, "40.00").shipping("4.90"));
        Resets.await(
                order.id() + " to be with its warehouse",
                () -> orders.statuses(order).equals(List.of("RELEASED")));
        orders.warehouse(order, 0, "accept", "ship");
        Resets.await(
                order.id() + " to be in the books",
                () -> stage.order(order.id())
                        .map(found -> found.at("/order/status/lifecycle").asText())
                        .filter(Journeys.COMPLETED::equals)
                        .isPresent());
        refunds(order, "hold-refunds");
        GoodsReturn.of(stage, order.id(), line(order), Optional.empty());
        return order;
    }

    private String line(Placed order) {
        return orders.works(order).getFirst().at("/lines/0/lineId").asText();
    }

    private static String returnOf(Placed order) {
        return order.id() + "-R1";
    }

    private GoodsReturn goods(Placed order) {
        return GoodsReturn.known(stage, returnOf(order));
    }

    private boolean isAwaited(Placed order) {
        return orders.isTold(order, "RETURN_AUTHORISED");
    }

    private void comesBack(Placed order) {
        GoodsReturn goods = goods(order);
        goods.comesTo("WH-EAST", line(order));
        goods.isFound("WH-EAST", line(order), "OPENED", "RESTOCK");
    }

    private boolean isIssued(Placed order) {
        return goods(order).now().at("/summary/money").asText().equals("ISSUED");
    }

    private void letRefundsThrough(Placed order) {
        refunds(order, "release-refunds");
    }

    private void refunds(Placed order, String action) {
        stage.sandbox()
                .post("/shopify/" + ShopOrders.SHOP + "/orders/" + order.externalId() + "/" + action, Json.object());
    }

    /** By somebody who has only Temporal. */
    private Placed holdAndDecide() {
        Placed order = shop.place(
                Kind.WAREHOUSE,
                body -> body.line(5, "NW-MUG-RED", 1, "18.00").shipping("4.90").tags("fraud-review"));
        Resets.await(order.id() + " to be held", () -> orders.isOpen(order, "ORDER_ON_HOLD"));
        String hold = holdOf(order);
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId("case/" + hold)
                .setTaskQueue("orders")
                .build();
        histories.client().newUntypedWorkflowStub("CaseDecision", options).start(hold + " RELEASE_HOLD");
        return order;
    }

    private String holdOf(Placed order) {
        return Facts.texts(
                        stage.stack(),
                        "select 'C-' || number from support_case where subject = ? and code = 'ORDER_ON_HOLD'",
                        order.id().value())
                .getFirst();
    }
}
