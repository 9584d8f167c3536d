package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What else comes back, or never goes: a shirt from the web that is carried into a store, a parcel that nobody took in, a scarf that came damaged and stays, goods in exchange for as
 * much and for more, and what nobody collects. Each line is told by its shop, its store or carrier, and the ERP.
 */
final class KindsChapter {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String STORE = "ST-HARBOR";
    private static final String WAREHOUSE = "WH-EAST";
    private static final String TEE = "NW-TEE-BLK-M";
    private static final String SOCKS = "NW-SOCK-2PK";
    private static final String SCARF = "NW-SCARF-GRY";

    /** It costs 18.00. */
    private static final String TAKEN = "NW-MUG-RED";

    /** More of the same than the recorded order that is to be picked up has. */
    private static final int DELIVERED = 6;

    private final Stage stage;
    private final PrintStream out;

    /** No order that is placed in the same second has such a number, so none has its name. */
    private final long base = 7_220_000_000_050L + Instant.now().getEpochSecond() % 100_000_000 * 100;

    KindsChapter(Stage stage, PrintStream out) {
        this.stage = stage;
        this.out = out;
    }

    /** False if something was not as it should be. */
    boolean play() throws InterruptedException {
        out.println("What else comes back, or never goes:");
        stage.await(
                "the price of " + TAKEN,
                () -> Optional.of(stage.api().get("/v1/prices?sku=" + TAKEN + "&channel=northwind&currency=USD")),
                found -> !found.path("prices").isEmpty());
        return Chapters.tell(
                out,
                List.of(
                        this::carriedIntoAStore,
                        this::refusedParcel,
                        this::damagedAndKept,
                        this::partOfPrice,
                        this::exchangedEven,
                        this::exchangedForMore,
                        this::neverCollected));
    }

    private String carriedIntoAStore() throws InterruptedException {
        Sold sold = sold(0, 1, TEE, "25.00");
        GoodsReturn shirt = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.of(STORE));
        int before = stage.onHand(TEE, STORE);
        shirt.comesTo(STORE, sold.line());
        shirt.isFound(STORE, sold.line(), "NEW", "RESTOCK");
        JsonNode ended = booked(shirt, 2);
        Stage.check(stage.onHand(TEE, STORE) == before + 1, "the shirt is not on the shelf of " + STORE);
        return "a shirt from the web is carried into " + STORE + ": on its shelf, the shop gave " + given(ended)
                + " back";
    }

    private String refusedParcel() throws InterruptedException {
        Sold sold = sold(1, 4, SOCKS, "33.00");
        GoodsReturn parcel = GoodsReturn.ofParcel(stage, sold.order(), "REFUSED");
        int before = stage.onHand(SOCKS, WAREHOUSE);
        parcel.comesTo(WAREHOUSE, sold.line());
        parcel.isFound(WAREHOUSE, sold.line(), "NEW", "RESTOCK");
        JsonNode ended = booked(parcel, 2);
        Stage.check(stage.onHand(SOCKS, WAREHOUSE) == before + 1, "what was brought back is not on the shelf");
        return "a parcel is refused and brought back: the shop gave " + given(ended)
                + " back, less delivery and way back";
    }

    /** So little is paid without goods and without a second person. */
    private String damagedAndKept() throws InterruptedException {
        Sold sold = sold(2, 8, SCARF, "8.00");
        JsonNode ended = booked(GoodsReturn.claim(stage, sold.order(), sold.line(), "photos/scarf-torn.jpg"), 2);
        return "a scarf came damaged and stays: the shop gave " + given(ended) + " back on a photo";
    }

    /** 12.75 of 42.50. */
    private String partOfPrice() throws InterruptedException {
        Sold sold = sold(6, 8, SCARF, "40.00");
        GoodsReturn scarf = GoodsReturn.partOfPrice(stage, sold.order(), sold.line(), "photos/scarf-faded.jpg", 30);
        JsonNode ended = booked(scarf, 2);
        Stage.check(given(ended).equals("12.75"), "30 % were to be given: " + ended.path("repayment"));
        return "another is worth less and stays: the shop gave " + given(ended) + " of its price back";
    }

    /** It is 13.10 with its tax, and the delivery was 4.90. */
    private String exchangedEven() throws InterruptedException {
        GoodsReturn scarf = exchanged(sold(3, 8, SCARF, "12.33"));
        OrderId taken = scarf.newOrder();
        stage.end(taken);
        JsonNode ended = booked(scarf, 2);
        Stage.check(
                ended.at("/exchange/toGiveBack").asText().equals("0.00"),
                "nothing was to be over: " + ended.path("exchange"));
        return "a scarf is exchanged for as much: order " + taken + " is paid by its credit alone";
    }

    private String exchangedForMore() throws InterruptedException {
        GoodsReturn scarf = exchanged(sold(4, 8, SCARF, "10.00"));
        JsonNode asked = stage.await(
                "what is to be paid for " + scarf.id(),
                () -> Optional.of(scarf.now()),
                found -> found.at("/exchange/status").asText().equals("AWAITS_PAYMENT"));
        String owed = asked.at("/exchange/toPay").asText();
        scarf.isPaid("square_card", owed);
        OrderId taken = scarf.newOrder();
        stage.end(taken);
        booked(scarf, 2);
        return "another for more: order " + taken + " is paid by its credit and " + owed + " by card";
    }

    private GoodsReturn exchanged(Sold sold) {
        GoodsReturn scarf = GoodsReturn.exchange(stage, sold.order(), sold.line(), STORE, TAKEN);
        scarf.comesTo(STORE, sold.line());
        scarf.isFound(STORE, sold.line(), "NEW", "RESTOCK");
        return scarf;
    }

    /** The store lays it out, and the time to pick it up goes by. */
    private String neverCollected() throws InterruptedException {
        // Other chapters sell from the same shelf meanwhile.
        stage.adjust("LDOWNTOWN", TAKEN, DELIVERED);
        stage.await(
                "the mugs at ST-DOWNTOWN",
                () -> Optional.of(
                        stage.api().get("/v1/availability?sku=" + TAKEN + "&facility=ST-DOWNTOWN&channel=northwind")),
                found -> found.at("/facilities/0/availableToPromise").asInt() >= DELIVERED);
        long number = base + 5;
        ObjectNode body = OrderBody.recorded("orders_paid_bopis.json");
        String name = "#" + number % 100_000;
        body.put("id", number)
                .put("admin_graphql_api_id", "gid://shopify/Order/" + number)
                .put("name", name);
        int line = 0;
        for (JsonNode item : body.withArray("line_items")) {
            ((ObjectNode) item).put("id", number * 10 + ++line);
        }
        stage.sandbox()
                .put(
                        "/square/locations/LDOWNTOWN/script",
                        Json.object().put("behaviour", "prepare").put("order", name));
        OrderId order = stage.place(SHOP, body);
        Ending ending = stage.end(order);
        Stage.check(
                List.of(ending.status(), ending.payment(), ending.posting())
                        .equals(List.of("CANCELLED", "REFUNDED", "REVERSED")),
                "it was to be cancelled, refunded and reversed: " + ending);
        Stage.check(
                Json.list(stage.sandbox().get("/messaging/sent?reference=" + order + "-F1/PICKUP_REMINDER"))
                                .size()
                        == 1,
                "its customer was to be reminded of " + order + ", once");
        Stage.check(
                Json.list(stage.api().get("/v1/orders/" + order + "/trace").path("entries")).stream()
                        .anyMatch(entry -> entry.path("kind").asText().equals("stock.released")),
                "what lay ready for " + order + " was to be on the shelf again");
        return "what nobody collects, though reminded, is on the shelf again: cancelled, the shop gave the money back,"
                + " documents " + String.join(", ", ending.documents());
    }

    /** An order that has left, and its only line. */
    private record Sold(OrderId order, String line) {}

    private Sold sold(int offset, int variant, String sku, String price) throws InterruptedException {
        ObjectNode body = OrderBody.usd(base + offset)
                .line(variant, sku, 1, price)
                .shipping("4.90")
                .toJson();
        OrderId order = stage.place(SHOP, body);
        stage.end(order);
        return new Sold(order, body.at("/line_items/0/id").asText());
    }

    private static JsonNode booked(GoodsReturn returned, int documents) throws InterruptedException {
        JsonNode ended = returned.end();
        Stage.check(
                GoodsReturn.confirmed(ended).size() == documents,
                "the ERP has not all " + documents + " documents of " + returned.id() + ": " + ended.path("journals"));
        return ended;
    }

    private static String given(JsonNode ended) {
        return ended.at("/repayment/refund/total").asText();
    }
}
