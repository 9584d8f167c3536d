package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders of one customer on the ways that tell others most of a person: to a carrier who prints a label, to a counter that asks for a code, with
 * choices and with goods that come back. Stores work with a device, whose staff name the customer too.
 */
final class CanaryWays {
    private static final Pattern CODE = Pattern.compile("\\b[0-9A-Z]{4}-[0-9A-Z]{4}\\b");

    private final Stage stage;
    private final UnaryOperator<ObjectNode> canary;
    private final String name;
    private final StoreDevice device;

    /** {@code canary} writes the customer into an order's body. */
    CanaryWays(Stage stage, UnaryOperator<ObjectNode> canary, String name) {
        this.stage = stage;
        this.canary = canary;
        this.name = name;
        this.device = new StoreDevice(stage.api());
    }

    /** Its parcel gets a label from the carrier, who has to know the address, and leaves. */
    OrderId labelled(long number) throws InterruptedException {
        ShopOrders.tillsAre(stage, "manual", stage.orderId("northwind-jp", Long.toString(number)));
        OrderId order = stage.place(
                ShopOrders.JAPAN,
                canary.apply(OrderBody.jpy(number)
                        .line(4, "NW-SOCK-2PK", 1, "2701")
                        .shipping("600")
                        .toJson()));
        stage.awaitWork(order, "RELEASED");
        device.packs(work(order));
        Resets.await("the label of " + order, () -> device.hasLabel(work(order)));
        device.reports(work(order), "handover", Json.object());
        return order;
    }

    /** Lies ready at the counter; gives the code that the customer was told. */
    String readyForPickup(OrderId order) throws InterruptedException {
        stage.awaitWork(order, "READY_FOR_PICKUP");
        JsonNode told = stage.await(
                "the code of " + order,
                () -> Optional.of(
                        stage.sandbox().get("/messaging/sent?reference=" + work(order) + "/READY_FOR_PICKUP")),
                found -> CODE.matcher(found.toString()).find());
        Matcher code = CODE.matcher(told.toString());
        Stage.check(code.find(), "no code in " + told);
        return code.group();
    }

    /** The store only lays its goods ready. */
    OrderId toBeCollected(long number) {
        ShopOrders.tillsAre(stage, "prepare", stage.orderId(ShopOrders.ACCOUNT, Long.toString(number)));
        return stage.place(ShopOrders.SHOP, canary.apply(ShopOrders.pickup(number)));
    }

    void collects(OrderId order, String code) {
        device.reports(work(order), "handover", Json.object().put("code", code).put("collectedBy", name));
    }

    /** The store can't do it, the customer is asked, and gives it up. */
    OrderId givenUp(long number) throws InterruptedException {
        ShopOrders.tillsAre(stage, "manual", stage.orderId(ShopOrders.ACCOUNT, Long.toString(number)));
        OrderId order = stage.place(ShopOrders.SHOP, canary.apply(ShopOrders.pickup(number)));
        stage.awaitWork(order, "RELEASED");
        device.reports(
                work(order),
                "rejection",
                Json.object().put("scope", "GROUP").put("reason", "OTHER").put("note", "kept for " + name));
        Offers offers = new Offers(stage.api(), order);
        JsonNode offer = stage.await("an offer about " + order, offers::open, found -> true);
        offers.answer(offer, Json.object().put("choice", "CANCEL"));
        return order;
    }

    /** Comes back by mail, and is refunded. */
    JsonNode returned(long number) throws InterruptedException {
        ObjectNode body = canary.apply(OrderBody.usd(number)
                .line(2, SoldCap.SKU, 1, "40.00")
                .shipping("4.90")
                .toJson());
        OrderId order = stage.place(ShopOrders.SHOP, body);
        Stage.check(stage.end(order).status().equals("COMPLETED"), order + " was to be shipped");
        String line = body.at("/line_items/0/id").asText();
        GoodsReturn cap = GoodsReturn.of(stage, order, line, Optional.empty());
        cap.comesTo("WH-EAST", line);
        cap.isFound("WH-EAST", line, "NEW", "RESTOCK");
        return cap.end();
    }

    private static String work(OrderId order) {
        return order + "-F1";
    }
}
