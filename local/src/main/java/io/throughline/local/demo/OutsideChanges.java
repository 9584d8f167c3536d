package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What changes in the shop while a store has the work: its customer moves, somebody moves the work to another store, and what was authorised can
 * soon be captured no more. Each is followed by the order's policy, and nobody is asked.
 */
final class OutsideChanges {
    /** Its orders are sent by stores, and none of the warehouses serves it. */
    private static final String SHOP = "northwind-jp.myshopify.com";

    private static final String MUG = "NW-MUG-RED";
    private static final List<String> STORES = List.of("ST-HARBOR", "ST-DOWNTOWN");

    /** Within the time before its end in which the demonstration's policy captures what lies packed. */
    private static final int SECONDS_LEFT = 50;

    private final Stage stage;
    private final StoreHands hands;
    private final long base;

    OutsideChanges(Stage stage, StoreHands hands, long base) {
        this.stage = stage;
        this.hands = hands;
        this.base = base;
    }

    /** Taken back, for its label would lead to where nobody lives any more, and given out again. */
    String customerMoves() throws InterruptedException {
        OrderId id = placed(0, mug(base));
        hands.work(id, 1);
        ObjectNode edit = Json.object();
        edit.putObject("shipping_address")
                .put("first_name", "Kim")
                .put("last_name", "Example")
                .put("address1", "12 Elsewhere Road")
                .put("city", "Worcester")
                .put("zip", "01608")
                .put("province", "Massachusetts")
                .put("province_code", "MA")
                .put("country", "United States")
                .put("country_code", "US")
                .put("phone", "+16175550100");
        stage.sandbox().post(order(0) + "/edit", edit);
        String by = hands.shipped(id, 2);
        hands.completed(id);
        hands.checkCause(id, "ADDRESS");
        hands.checkNobodyAsked(id);
        return "its customer moves while a store has it: taken back, and " + by + " ships it to where she lives now";
    }

    String workIsMoved() throws InterruptedException {
        OrderId id = placed(1, mug(base + 1));
        JsonNode given = hands.work(id, 1);
        String other = STORES.stream()
                .filter(store -> !given.path("facility").asText().equals(store))
                .findFirst()
                .orElseThrow();
        String item = given.path("channelWork").asText();
        stage.sandbox()
                .post(
                        "/shopify/" + SHOP + "/fulfillment-orders/" + item.substring(item.lastIndexOf('/') + 1)
                                + "/move",
                        Json.object().put("facility", other));
        String by = hands.shipped(id, 2);
        Stage.check(by.equals(other), other + " was to ship " + id + ", and " + by + " did");
        hands.completed(id);
        hands.checkCause(id, "MOVED");
        hands.checkNobodyAsked(id);
        return "somebody moves it in the shop's admin: " + other + " ships it, as the shop says";
    }

    String moneyRunsOut() throws InterruptedException {
        OrderId id = placed(2, mug(base + 2).authorizedOnly());
        JsonNode given = hands.work(id, 1);
        hands.isPacked(given);
        stage.sandbox()
                .post(
                        order(2) + "/authorisation",
                        Json.object()
                                .put(
                                        "until",
                                        Instant.now()
                                                .plusSeconds(SECONDS_LEFT)
                                                .truncatedTo(ChronoUnit.SECONDS)
                                                .toString()));
        stage.await(
                "what was authorised for " + id + " to be taken",
                () -> stage.order(id),
                found -> found.at("/order/status/payment").asText().equals("CAPTURED"));
        hands.reports(given, "handover");
        Effects.of(stage, hands.completed(id)).checkOnce("orderCapture");
        return "what was authorised could soon be taken no more: it is, before the parcel leaves";
    }

    private static OrderBody mug(long number) {
        return OrderBody.jpy(number).line(5, MUG, 1, "2701").shipping("600");
    }

    private OrderId placed(int offset, OrderBody body) {
        stage.tillsLeaveToUs("#" + (base + offset) % 100_000);
        return stage.place(SHOP, body.toJson());
    }

    private String order(int offset) {
        return "/shopify/" + SHOP + "/orders/" + (base + offset);
    }
}
