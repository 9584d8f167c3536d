package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Scenario.Need;
import java.util.List;
import java.util.Map;

/** The recorded store day: what happens to each order, and how it must end. */
final class Scenarios {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String JAPAN = "northwind-jp.myshopify.com";
    private static final String KUWAIT = "northwind-kw.myshopify.com";
    private static final String TILL = "LDOWNTOWN";
    private static final String STORE = "ST-DOWNTOWN";

    /** No other script has this at the store. */
    private static final String AT_THE_TILL = "NW-JKT-GRN-L";

    static final List<String> SHOPS = List.of(SHOP, JAPAN, KUWAIT);

    /** Order numbers differ from run to run, for a shop never gives one number twice. */
    private final long base;

    Scenarios(long base) {
        this.base = base;
    }

    List<Scenario> all() {
        return List.of(
                Scenario.of(
                        "two lines, taxes, discount",
                        "shop > warehouse > ERP",
                        stage -> recorded(stage, "orders_paid_two_lines_tax_discount.json")),
                Scenario.of("multi-currency, gift card", "shop > store > ERP", this::giftCard),
                Scenario.of("a gift card alone", "shop > capture > ERP", this::onlyAGiftCard),
                Scenario.of(
                        "bought online, picked up",
                        "shop > store counter > ERP",
                        stage -> recorded(stage, "orders_paid_bopis.json")),
                Scenario.of("paid when it ships", "shop > warehouse > capture > ERP", this::capture),
                Scenario.of("split shipment", "shop > two facilities > ERP, by gift card and card", this::split),
                Scenario.of("ERP says no, then mended", "shop > warehouse > case > ERP", this::erpRefusal)
                        .needing(Need.ERP_STAND_IN)
                        .orElse(Scenario.of("ERP says yes to the scarf", "shop > warehouse > ERP", this::scarf)),
                Scenario.of("unknown product, cancelled", "shop > case > cancelled", this::unknownProduct),
                Scenario.of("cancelled after payment", "shop > store > cancelled, refunded, reversed", this::cancelled),
                Scenario.of("held, then released", "shop > case > warehouse > ERP", this::hold),
                Scenario.of("rejected by a store", "shop > store > case > warehouse > ERP", this::rejectedByStore),
                Scenario.of("webhooks twice and late", "shop > warehouse > ERP", this::duplicateWebhooks),
                Scenario.of("webhook lost", "shop > reconciliation > warehouse > ERP", this::lostWebhook),
                Scenario.of("till sale, webhooks lost", "till > reconciliation > store day > ERP", this::lostTillSale),
                Scenario.of("ERP's reply lost", "shop > warehouse > ERP, probed", this::lostErpReply)
                        .needing(Need.ERP_STAND_IN)
                        .orElse(Scenario.of("ERP's reply received", "shop > warehouse > ERP", this::cap)),
                Scenario.of("sold at the till", "till > stock at once > store day > ERP", this::tillSale),
                Scenario.of("tip, duties, rounded cash", "shop > warehouse > ERP", this::tipDutiesAndCash),
                Scenario.of("order by REST", "API > store > ERP", this::restOrder),
                Scenario.of(
                        "in parts, as goods come",
                        "API > stores > transfer > store > ERP",
                        stage -> completed(stage, new OrderInParts(stage, "demo-" + number(37)).play())),
                Scenario.of("yen, no decimals", "shop JP > store > ERP", this::yen),
                Scenario.of("dinar, three decimals", "shop KW > store > ERP", this::dinar),
                Scenario.of("Temporal killed on the way", "shop > warehouse > restart > ERP", this::temporalRestart)
                        .needing(Need.REAL_TEMPORAL)
                        .aloneAtTheEnd());
    }

    private Ending recorded(Stage stage, String file) throws InterruptedException {
        return completed(stage, stage.place(SHOP, renumbered(OrderBody.recorded(file))));
    }

    /** The recorded bodies have fixed numbers; a run on a used shop needs fresh ones. */
    private ObjectNode renumbered(ObjectNode body) {
        long id = body.path("id").asLong() % 10 + number(0);
        body.put("id", id)
                .put("admin_graphql_api_id", "gid://shopify/Order/" + id)
                .put("name", "#" + id % 100_000);
        int line = 0;
        for (JsonNode item : body.withArray("line_items")) {
            ((ObjectNode) item).put("id", id * 10 + ++line);
        }
        return body;
    }

    private Ending giftCard(Stage stage) throws InterruptedException {
        ObjectNode body = renumbered(OrderBody.recorded("orders_paid_multicurrency_giftcard.json"));
        ObjectNode card = OrderBody.recorded("order_transactions_create_card.json");
        ObjectNode gift = OrderBody.recorded("order_transactions_create_giftcard.json");
        long id = body.path("id").asLong();
        card.put("id", id * 10 + 1).put("order_id", id);
        gift.put("id", id * 10 + 2).put("order_id", id);
        body.putArray("transactions").add(gift).add(card);
        return completed(stage, stage.place(SHOP, body));
    }

    private Ending onlyAGiftCard(Stage stage) throws InterruptedException {
        return capturedOnce(
                stage,
                stage.place(
                        SHOP,
                        OrderBody.usd(number(34))
                                .giftCard(9, "NW-GIFT-50", "50.00")
                                .authorizedOnly()
                                .toJson()));
    }

    private Ending capture(Stage stage) throws InterruptedException {
        ObjectNode body = OrderBody.usd(number(20))
                .line(5, "NW-MUG-RED", 2, "18.00")
                .shipping("4.90")
                .authorizedOnly()
                .toJson();
        return capturedOnce(stage, stage.place(SHOP, body));
    }

    private static Ending capturedOnce(Stage stage, OrderId id) throws InterruptedException {
        Ending ending = completed(stage, id);
        Effects.of(stage, ending).checkOnce("orderCapture");
        return ending;
    }

    private Ending split(Stage stage) throws InterruptedException {
        ObjectNode body = OrderBody.usd(number(21))
                .line(6, "NW-BAG-TAN", 3, "95.00")
                .shipping("6.50")
                .partByGiftCard("100.01")
                .toJson();
        Ending ending = completed(stage, stage.place(SHOP, body));
        Stage.check(
                ending.route().split(),
                "it was to be split, but went by " + ending.route().words());
        Stage.check(
                ending.documents().size() == 4,
                "an invoice for each shipment and a payment for each tender, but " + ending.documents());
        return ending;
    }

    private Ending erpRefusal(Stage stage) throws InterruptedException {
        stage.sandbox().post("/tryton/products/NW-SCARF-GRY/remove", Json.object());
        OrderId id = placeScarf(stage);
        String caseId = stage.openCase(id, "ERP_REJECTED");
        stage.sandbox().post("/tryton/products/NW-SCARF-GRY/restore", Json.object());
        stage.decide(caseId, "RETRY", "the product exists in the ERP again");
        return completed(stage, id);
    }

    private Ending scarf(Stage stage) throws InterruptedException {
        return completed(stage, placeScarf(stage));
    }

    private OrderId placeScarf(Stage stage) {
        return stage.place(
                SHOP,
                OrderBody.usd(number(22))
                        .line(8, "NW-SCARF-GRY", 1, "29.00")
                        .shipping("4.90")
                        .toJson());
    }

    private Ending unknownProduct(Stage stage) throws InterruptedException {
        OrderId id = stage.place(
                SHOP,
                OrderBody.usd(number(23)).line(99, "NW-NOT-OURS", 1, "10.00").toJson());
        stage.decide(stage.openCase(id, "UNKNOWN_SKU"), "CANCEL", "not a product of ours");
        Ending ending = stage.end(id);
        Stage.check(ending.status().equals("CANCELLED"), "it was to be cancelled and is " + ending.status());
        Stage.check(ending.payment().equals("REFUNDED"), "its money is " + ending.payment());
        Stage.check(ending.documents().isEmpty(), "nothing was to be booked, but " + ending.documents() + " were");
        return ending;
    }

    /** The store leaves it lying until the buyer changes her mind: the money goes back, and out of the books again. */
    private Ending cancelled(Stage stage) throws InterruptedException {
        stage.sandbox()
                .put(
                        "/square/locations/LDOWNTOWN/script",
                        Json.object().put("behaviour", "manual").put("order", "#" + number(35) % 100_000));
        OrderId id = stage.place(
                JAPAN,
                OrderBody.jpy(number(35))
                        .line(1, "NW-TEE-BLK-M", 1, "3800")
                        .shipping("600")
                        .toJson());
        stage.awaitBooked(id);
        stage.cancel(id, "she changed her mind");
        Ending ending = stage.end(id);
        Stage.check(ending.status().equals("CANCELLED"), "it was to be cancelled and is " + ending.status());
        Stage.check(ending.payment().equals("REFUNDED"), "its money is " + ending.payment());
        Stage.check(ending.posting().equals("REVERSED"), "its books are " + ending.posting());
        Stage.check(ending.documents().size() == 2, "a payment and its reversal, but " + ending.documents());
        return ending;
    }

    private Ending hold(Stage stage) throws InterruptedException {
        OrderId id = stage.place(
                SHOP,
                OrderBody.usd(number(24))
                        .line(2, "NW-CAP-NVY", 1, "40.00")
                        .shipping("4.90")
                        .tags("fraud-review")
                        .toJson());
        stage.decide(stage.openCase(id, "ORDER_ON_HOLD"), "RELEASE_HOLD", "the buyer was called");
        return completed(stage, id);
    }

    /** The store that the order is routed to first can't find the goods. */
    private Ending rejectedByStore(Stage stage) throws InterruptedException {
        stage.sandbox()
                .put(
                        "/square/locations/LDOWNTOWN/script",
                        Json.object()
                                .put("behaviour", "reject")
                                .put("order", "#" + number(25) % 100_000)
                                .put("reason", "not found on the shelf"));
        OrderId id = stage.place(
                JAPAN,
                OrderBody.jpy(number(25))
                        .line(1, "NW-TEE-BLK-M", 1, "3800")
                        .shipping("600")
                        .toJson());
        stage.decide(stage.openCase(id, "FACILITY_REJECTED"), "REROUTE", "another store has it");
        return completed(stage, id);
    }

    /** The shop tells twice of the new order, and that the order has changed before it tells of the shipment that changed it. */
    private Ending duplicateWebhooks(Stage stage) throws InterruptedException {
        String number = Long.toString(number(26));
        stage.webhookFault("orders/create", "duplicate", number);
        stage.webhookFault("fulfillments/create", "late", number);
        Ending ending = completed(
                stage,
                stage.place(
                        SHOP,
                        OrderBody.usd(number(26))
                                .line(4, "NW-SOCK-2PK", 2, "33.00")
                                .shipping("4.90")
                                .toJson()));
        SentWebhooks webhooks = SentWebhooks.delivered(
                stage, "shopify", number, List.of("orders/create", "orders/updated", "fulfillments/create"));
        webhooks.checkTwice("orders/create");
        webhooks.checkOvertaken("fulfillments/create", "orders/updated");
        shippedOnce(stage, ending);
        return ending;
    }

    private Ending lostWebhook(Stage stage) throws InterruptedException {
        ObjectNode body = OrderBody.usd(number(27))
                .line(5, "NW-MUG-RED", 1, "18.00")
                .shipping("4.90")
                .toJson();
        String number = body.path("id").asText();
        stage.sandbox().post("/shopify/" + SHOP + "/orders?webhooks=none", body);
        Ending ending = completed(stage, stage.orderId("northwind", number));
        SentWebhooks.of(stage, "shopify", number)
                .checkNoneBefore(Effects.of(stage, ending).began());
        shippedOnce(stage, ending);
        return ending;
    }

    /** The answer to the making of each document gets lost. */
    private Ending lostErpReply(Stage stage) throws InterruptedException {
        OrderId id = stage.orderId("northwind", Long.toString(number(28)));
        List<LostReply> lost = List.of(
                new LostReply("tryton", "model.sale.sale.create", id),
                new LostReply("tryton", "model.account.invoice.create", id),
                new LostReply("tryton", "model.account.payment.create", id));
        lost.forEach(reply -> reply.arm(stage.sandbox()));
        Ending ending = cap(stage);
        lost.forEach(reply -> reply.checkStruck(stage.sandbox()));
        Effects.of(stage, ending)
                .checkOnce("sale.sale.quote", "sale.sale.confirm", "account.invoice.post", "account.payment.succeed");
        return ending;
    }

    private Ending cap(Stage stage) throws InterruptedException {
        Ending ending = completed(
                stage,
                stage.place(
                        SHOP,
                        OrderBody.usd(number(28))
                                .line(2, "NW-CAP-NVY", 1, "40.00")
                                .shipping("4.90")
                                .toJson()));
        shippedOnce(stage, ending);
        return ending;
    }

    /** One request to one warehouse, one parcel, and an invoice and a payment in the books. */
    private static void shippedOnce(Stage stage, Ending ending) {
        Effects.of(stage, ending).checkOnce("fulfillmentOrderSubmitFulfillmentRequest", "fulfillmentCreate");
        bookedOnce(ending);
    }

    private static void bookedOnce(Ending ending) {
        Stage.check(ending.documents().size() == 2, "an invoice and a payment, but " + ending.documents());
    }

    /** The goods are gone from our stock at once; the books hear of them with the store's day. */
    private Ending tillSale(Stage stage) throws InterruptedException {
        int before = stage.onHand(AT_THE_TILL, STORE);
        String sale = sell(stage, "/square/sales", AT_THE_TILL);
        stage.await("sale " + sale + " to be booked", () -> stage.sale(sale), _ -> true);
        Stage.check(
                stage.onHand(AT_THE_TILL, STORE) == before - 1,
                "of " + before + " there are " + stage.onHand(AT_THE_TILL, STORE) + " left");
        return sold(stage, sale);
    }

    /** Square's own record of events tells of it. */
    private Ending lostTillSale(Stage stage) throws InterruptedException {
        String sale = sell(stage, "/square/sales?webhooks=none", "NW-MUG-RED");
        Ending ending = sold(stage, sale);
        SentWebhooks.of(stage, "square", sale).checkNone();
        return ending;
    }

    private static String sell(Stage stage, String path, String sku) {
        ObjectNode sale = Json.object().put("location", TILL).put("tender", "CARD");
        sale.putArray("items").addObject().put("sku", sku).put("quantity", 1);
        JsonNode made = stage.sandbox().post(path, sale);
        return made.at("/order/id").asText(made.path("id").asText());
    }

    /** An invoice and a payment by card, which other sales of the day may share. */
    private static Ending sold(Stage stage, String sale) throws InterruptedException {
        Ending ending = stage.endOfSale(sale);
        Effects.of(stage, ending).checkOnce("till sale");
        bookedOnce(ending);
        return ending;
    }

    /** Comes to 50.21 dollars, of which a cent can't be paid in coins of five. */
    private Ending tipDutiesAndCash(Stage stage) throws InterruptedException {
        Ending ending = completed(
                stage,
                stage.place(
                        SHOP,
                        OrderBody.usd(number(36))
                                .line(4, "NW-SOCK-2PK", 1, "33.00")
                                .shipping("4.90")
                                .tip("3.00")
                                .duties("7.25")
                                .inCash("-0.01")
                                .toJson()));
        shippedOnce(stage, ending);
        return ending;
    }

    private Ending restOrder(Stage stage) throws InterruptedException {
        String number = "demo-" + number(30);
        ObjectNode order = OrderRequest.twoMugs(number);
        JsonNode accepted = stage.api().post("/v1/orders", order, Map.of("Idempotency-Key", number));
        JsonNode again = stage.api().post("/v1/orders", order, Map.of("Idempotency-Key", number));
        Stage.check(accepted.equals(again), "the same key and body gave another answer: " + again);
        return completed(stage, stage.orderId("rest", number));
    }

    private Ending yen(Stage stage) throws InterruptedException {
        return completed(
                stage,
                stage.place(
                        JAPAN,
                        OrderBody.jpy(number(31))
                                .line(5, "NW-MUG-RED", 3, "2701")
                                .shipping("600")
                                .toJson()));
    }

    private Ending dinar(Stage stage) throws InterruptedException {
        return completed(
                stage,
                stage.place(
                        KUWAIT,
                        OrderBody.kwd(number(32))
                                .line(1, "NW-TEE-BLK-M", 3, "7.125")
                                .shipping("1.500")
                                .toJson()));
    }

    private Ending temporalRestart(Stage stage) throws InterruptedException {
        behaviour(stage, "WH-EAST", "manual");
        behaviour(stage, "WH-WEST", "manual");
        try {
            OrderId id = stage.place(
                    SHOP,
                    OrderBody.usd(number(33))
                            .line(4, "NW-SOCK-2PK", 1, "33.00")
                            .shipping("4.90")
                            .toJson());
            stage.awaitWork(id, "RELEASED");
            stage.stack().kill(StackPart.TEMPORAL);
            shipByHand(stage, id);
            stage.stack().start(StackPart.TEMPORAL);
            return completed(stage, id);
        } finally {
            behaviour(stage, "WH-EAST", "ship");
            behaviour(stage, "WH-WEST", "ship");
        }
    }

    /** The warehouse takes the work and ships it while Temporal is away; the webhooks are stored meanwhile. */
    private static void shipByHand(Stage stage, OrderId id) {
        JsonNode work = stage.order(id).orElseThrow().at("/fulfillmentOrders/0");
        String gid = work.path("channelWork").asText();
        String path = "/shopify/" + SHOP + "/fulfillment-orders/" + gid.substring(gid.lastIndexOf('/') + 1);
        stage.sandbox().post(path + "/accept", Json.object());
        stage.sandbox().post(path + "/ship", Json.object());
    }

    private static void behaviour(Stage stage, String facility, String behaviour) {
        stage.sandbox()
                .put(
                        "/shopify/locations/" + facility + "/script",
                        Json.object()
                                .put("behaviour", behaviour)
                                .put("acceptMillis", 300)
                                .put("shipMillis", 600));
    }

    /** Ended well: everything handed over, paid, and the books confirmed. */
    private static Ending completed(Stage stage, OrderId id) throws InterruptedException {
        Ending ending = stage.end(id);
        Stage.check(ending.status().equals("COMPLETED"), "it ended " + ending.status());
        Stage.check(ending.payment().equals("CAPTURED"), "its money is " + ending.payment());
        Stage.check(ending.posting().equals("CONFIRMED"), "its books are " + ending.posting());
        Stage.check(!ending.documents().isEmpty(), "the ERP gave no document");
        return ending;
    }

    private long number(int offset) {
        return base + offset;
    }
}
