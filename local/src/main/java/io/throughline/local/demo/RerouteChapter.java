package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happens where a facility does not do its work, a few seconds each: a store rejects it, is short, has no room, is closed, or says nothing; its
 * till does not take it in; no carrier takes it from there, or says a word; a warehouse of others rejects it, or goes on with what was to be
 * cancelled; goods are brought to the store where they are collected; what changes in the shop meanwhile is followed.
 */
final class RerouteChapter {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String JAPAN = "northwind-jp.myshopify.com";
    private static final List<String> WAREHOUSES = List.of("WH-EAST", "WH-WEST");
    private static final String SKU = "NW-MUG-RED";

    private static final String COLLECTED_AT = "ST-DUBLIN";
    private static final String ITS_TILL = "LDUBLIN";
    private static final String COLLECTED = "NW-SCARF-GRY";

    /** A carrier sells the labels of its parcels. */
    private static final String LABELLED_AT = "ST-DUBLIN";

    /** A postal code to where the carrier does not go. */
    private static final String NOT_SERVED = "00000";

    private static final String SERVED = "02110";
    private static final String REFUSED_AT = "ST-HARBOR";

    private final Stage stage;
    private final StoreHands hands;
    private final PrintStream out;

    /** Order numbers differ from run to run, and from those of the store day. */
    private final long base = 7_250_000_000_000L + Instant.now().getEpochSecond() % 100_000_000 * 100;

    RerouteChapter(Stage stage, PrintStream out) {
        this.stage = stage;
        this.hands = new StoreHands(stage);
        this.out = out;
    }

    /** False if something was not as it should be. */
    boolean play() throws InterruptedException {
        out.println("Who does not do it, and who does it then:");
        try {
            rejected();
            foundToBeShort();
            withoutRoom();
            closed();
            Silences.stock(stage);
            OutsideChanges outside = new OutsideChanges(stage, hands, base + 80);
            told(outside.customerMoves());
            told(outside.workIsMoved());
            told(outside.moneyRunsOut());
            // Their times pass while others are played; a store that is closed meanwhile would lose its work for that.
            Silences silences = Silences.begin(stage, base + 70);
            refusedByTill();
            withoutCarrier();
            rejectedByWarehouse();
            keptByWarehouse();
            broughtToTheStore();
            told(silences.carrier());
            told(silences.storePassedOver());
            told(silences.storeAskedAbout());
            return true;
        } catch (RuntimeException wrong) {
            out.println("  NO  " + wrong.getMessage());
            return false;
        }
    }

    private void rejected() throws InterruptedException {
        OrderId id = atStore(60, 1);
        hands.rejects(hands.work(id, 1), "OTHER");
        String next = hands.shipped(id, 2);
        hands.completed(id);
        told("a store rejects it: " + next + " ships it");
    }

    private void foundToBeShort() throws InterruptedException {
        OrderId id = atStore(61, 2);
        JsonNode first = hands.work(id, 1);
        ObjectNode shortage = Json.object().put("reason", "OTHER");
        shortage.putArray("lines")
                .addObject()
                .put("lineId", first.at("/lines/0/lineId").asText())
                .put("found", 1);
        hands.reports(first, "shortage", shortage);
        hands.ship(first);
        String next = hands.shipped(id, 3);
        hands.completed(id);
        told("a store finds one of two: that leaves at once, " + next + " ships the other");
    }

    private void withoutRoom() throws InterruptedException {
        OrderId id = atStore(62, 1);
        hands.rejects(hands.work(id, 1), "NO_CAPACITY");
        String next = hands.shipped(id, 2);
        hands.completed(id);
        told("a store has no room for it: " + next + " ships it");
    }

    private void closed() throws InterruptedException {
        OrderId id = atStore(63, 1);
        String store = "/v1/facilities/" + hands.work(id, 1).path("facility").asText();
        stage.api()
                .post(store + "/pause", Json.object().put("reason", "flooded").put("openWork", "REROUTE"));
        try {
            String next = hands.shipped(id, 2);
            hands.completed(id);
            told("a store is closed: " + next + " ships what it had not begun");
        } finally {
            stage.api().post(store + "/resumption", Json.object());
        }
    }

    /** As it does not know the product, for instance. */
    private void refusedByTill() throws InterruptedException {
        String number = "demo-" + (base + 67);
        OrderId id = stage.orderId("rest", number);
        stage.failing(id, "square", "POST /v2/orders", 400);
        hands.submit(number, OrderRequest.mugSentBy(number, REFUSED_AT, SERVED));
        stage.decide(stage.openCase(id, "FACILITY_REFUSED"), "REROUTE", "another store has it");
        String next = hands.shipped(id, 2);
        hands.completed(id);
        hands.checkCause(id, "REFUSED");
        stage.working(id);
        told("the till of " + REFUSED_AT + " does not take it in: somebody is asked, and " + next + " ships it");
    }

    private void withoutCarrier() throws InterruptedException {
        String number = "demo-" + (base + 68);
        OrderId id = hands.submit(number, OrderRequest.mugSentBy(number, LABELLED_AT, NOT_SERVED));
        JsonNode first = hands.work(id, 1);
        Stage.check(first.path("facility").asText().equals(LABELLED_AT), LABELLED_AT + " was to send " + id);
        hands.packs(first);
        String next = hands.shipped(id, 2);
        hands.completed(id);
        hands.checkNobodyAsked(id);
        told("no carrier sells " + LABELLED_AT + " a label: " + next + " ships it, whom that carrier does not serve");
    }

    private void rejectedByWarehouse() throws InterruptedException {
        OrderId id = atWarehouse(64);
        String request = request(id);
        warehouses(Json.object().put("behaviour", "ship"));
        stage.sandbox()
                .post(request + "/reject", Json.object().put("reason", "OTHER").put("message", "no hands today"));
        hands.completed(id);
        hands.checkNobodyAsked(id);
        told("a warehouse of others rejects the request and says why: another ships it, and nobody is asked");
    }

    private void keptByWarehouse() throws InterruptedException {
        OrderId id = atWarehouse(65);
        stage.sandbox().post(request(id) + "/accept", Json.object());
        stage.awaitWork(id, "ACKNOWLEDGED");
        warehouses(Json.object()
                .put("behaviour", "ship")
                .put("cancellation", "reject")
                .put("acceptMillis", 200)
                .put("shipMillis", 4_000));
        try {
            stage.cancel(id, "changed her mind");
            stage.await(
                    "the cancellation of " + id + " to be declined",
                    () -> stage.order(id),
                    order -> order.at("/order/cancellationDeclinedAt").isTextual());
            hands.completed(id);
        } finally {
            warehouses(Json.object().put("behaviour", "ship"));
        }
        told("a warehouse of others goes on with what was to be cancelled: that is declined, and the order is shipped");
    }

    /** The store's last scarf is sold; another store sends one. */
    private void broughtToTheStore() throws InterruptedException {
        int before = stage.onHand(COLLECTED, COLLECTED_AT);
        adjust(-before);
        stage.await(
                "no scarf at " + COLLECTED_AT,
                () -> Optional.of(Json.object().put("units", stage.onHand(COLLECTED, COLLECTED_AT))),
                found -> found.path("units").asInt() == 0);
        try {
            String number = "demo-" + (base + 66);
            OrderId id = stage.submit(number, OrderRequest.scarfFrom(number, COLLECTED_AT));
            String transfer = "/v1/transfers/" + transferFor(id).path("id").asText();
            stage.api().post(transfer + "/sending", scarf());
            stage.api().post(transfer + "/receipt", scarf());
            hands.completed(id);
        } finally {
            adjust(before);
        }
        told("what is to be collected at " + COLLECTED_AT + " and is not there is sent to it, and collected");
    }

    private JsonNode transferFor(OrderId id) throws InterruptedException {
        return stage.await(
                "a transfer for " + id,
                () -> Json.list(stage.api()
                                .get("/v1/transfers?facility=" + COLLECTED_AT + "&limit=100")
                                .path("transfers"))
                        .stream()
                        .filter(one -> one.path("forWork").asText().startsWith(id + "-F"))
                        .findFirst(),
                found -> found.path("status").asText().equals("REQUESTED"));
    }

    private static ObjectNode scarf() {
        ObjectNode body = Json.object();
        body.putArray("lines").addObject().put("sku", COLLECTED).put("units", 1);
        return body;
    }

    private void adjust(int quantity) {
        if (quantity != 0) {
            stage.adjust(ITS_TILL, COLLECTED, quantity);
        }
    }

    /** An order that some store is asked for, whose till does nothing about it. */
    private OrderId atStore(int offset, int units) {
        long number = base + offset;
        stage.tillsLeaveToUs("#" + number % 100_000);
        return stage.place(
                JAPAN,
                OrderBody.jpy(number)
                        .line(5, SKU, units, "2701")
                        .shipping("600")
                        .toJson());
    }

    /** An order that some warehouse is asked for, which does what it is told by hand. */
    private OrderId atWarehouse(int offset) throws InterruptedException {
        warehouses(Json.object().put("behaviour", "manual"));
        OrderId id = stage.place(
                SHOP,
                OrderBody.usd(base + offset)
                        .line(5, SKU, 1, "18.00")
                        .shipping("4.90")
                        .toJson());
        stage.awaitWork(id, "RELEASED");
        return id;
    }

    private void warehouses(ObjectNode script) {
        WAREHOUSES.forEach(place -> stage.sandbox().put("/shopify/locations/" + place + "/script", script));
    }

    private String request(OrderId id) throws InterruptedException {
        String gid = hands.work(id, 1).path("channelWork").asText();
        return "/shopify/" + SHOP + "/fulfillment-orders/" + gid.substring(gid.lastIndexOf('/') + 1);
    }

    private void told(String what) {
        out.println("  ok  " + what);
    }
}
