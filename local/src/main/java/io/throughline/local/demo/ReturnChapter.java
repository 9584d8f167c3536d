package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What becomes of goods that come back by mail, and of those that never come: a cap on its way into the warehouse, a parcel that its carrier has
 * lost, money for what came late, a mug that is taken for a cap; each refund, and the books. And of a cap without a receipt.
 */
final class ReturnChapter {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String SKU = "NW-CAP-NVY";
    private static final String PLACE = "WH-EAST";
    private static final String TAKEN = "NW-MUG-RED";
    private static final String STORE = "ST-HARBOR";

    private final Stage stage;
    private final PrintStream out;

    ReturnChapter(Stage stage, PrintStream out) {
        this.stage = stage;
        this.out = out;
    }

    /** False if something was not as it should be. */
    boolean play() throws InterruptedException {
        out.println("One cap comes back (" + SKU + " to " + PLACE + "):");
        try {
            returnByMail();
            lostParcel();
            appeasement();
            exchange();
            withoutReceipt();
            return true;
        } catch (RuntimeException wrong) {
            out.println("  NO  " + wrong.getMessage());
            return false;
        }
    }

    private void returnByMail() throws InterruptedException {
        ObjectNode body = body(0);
        String line = body.at("/line_items/0/id").asText();
        OrderId order = sold(body);
        GoodsReturn cap = GoodsReturn.of(stage, order, line, Optional.empty());
        told("return " + cap.id() + " is authorised");
        String number = cap.labelled();
        told("its label is bought (" + number + "), and the customer has it");
        cap.isScanned(number, "IN_TRANSIT");
        cap.isScanned(number, "DELIVERED");
        told("its carrier has scanned the parcel, and delivered it to " + PLACE);
        int before = stage.onHand(SKU, PLACE);
        cap.comesTo(PLACE, line);
        cap.isFound(PLACE, line, "NEW", "RESTOCK");
        JsonNode ended = cap.end();
        List<String> documents = GoodsReturn.confirmed(ended);
        Stage.check(documents.size() == 2, "the ERP has not both documents: " + ended.path("journals"));
        Stage.check(stage.onHand(SKU, PLACE) == before + 1, "the cap is not on the shelf again");
        told("it has come, was looked at, and is on the shelf again");
        told("the shop gave " + ended.at("/repayment/refund/total").asText() + " back, refund "
                + ended.at("/repayment/reference").asText());
        told("the ERP has credit note " + documents.getFirst() + " and payment " + documents.getLast());
    }

    private void lostParcel() throws InterruptedException {
        OrderId order = sold(body(1));
        int before = stage.onHand(SKU, PLACE);
        JsonNode ended = GoodsReturn.ofParcel(stage, order, "LOST").end();
        Stage.check(GoodsReturn.confirmed(ended).size() == 2, "the ERP has not both documents of the lost parcel");
        Stage.check(stage.onHand(SKU, PLACE) == before, "what is lost has come into stock");
        told("another cap is lost by its carrier: the shop gave "
                + ended.at("/repayment/refund/total").asText() + " back at once, nothing is stocked");
    }

    private void appeasement() throws InterruptedException {
        OrderId order = sold(body(2));
        JsonNode ended = GoodsReturn.appeasement(stage, order, "10.00").end();
        Stage.check(GoodsReturn.confirmed(ended).size() == 2, "the ERP has not both documents of the appeasement");
        told("a third came late: the shop gave "
                + ended.at("/repayment/refund/total").asText() + " back, and the cap stays");
    }

    private void exchange() throws InterruptedException {
        ObjectNode body = body(3);
        String line = body.at("/line_items/0/id").asText();
        OrderId order = sold(body);
        stage.await(
                "the price of " + TAKEN,
                () -> Optional.of(stage.api().get("/v1/prices?sku=" + TAKEN + "&channel=northwind&currency=USD")),
                found -> !found.path("prices").isEmpty());
        GoodsReturn cap = GoodsReturn.exchange(stage, order, line, STORE, TAKEN);
        cap.comesTo(STORE, line);
        cap.isFound(STORE, line, "NEW", "RESTOCK");
        OrderId taken = cap.newOrder();
        stage.end(taken);
        JsonNode ended = cap.end();
        Stage.check(
                ended.at("/exchange/status").asText().equals("EXCHANGED"),
                "nothing was taken in exchange: " + ended.path("exchange"));
        Stage.check(GoodsReturn.confirmed(ended).size() == 3, "the ERP has not all documents of the exchange");
        told("a fourth is exchanged in a store: order " + taken + " for "
                + ended.at("/exchange/total").asText() + " is paid by its credit, the shop gave the rest of "
                + ended.at("/exchange/toGiveBack").asText() + " back");
    }

    private void withoutReceipt() throws InterruptedException {
        BlindReturn.awaitPriced(stage, SKU);
        // Other chapters sell mugs from the same shelf meanwhile, and no caps.
        int before = stage.onHand(SKU, STORE);
        BlindReturn cap = BlindReturn.of(stage, STORE, SKU, UUID.randomUUID().toString());
        JsonNode ended = cap.end();
        Stage.check(ended.path("money").asText().equals("SETTLED"), "its money is " + ended.path("money"));
        Stage.check(cap.cardsMade() == 1, cap.cardsMade() + " gift cards were made of " + cap.id());
        Stage.check(stage.onHand(SKU, STORE) == before + 1, "the cap is not on the shelf of " + STORE);
        Stage.check(!cap.giftCard().path("code").asText().isEmpty(), "the gift card has no code");
        told("a cap comes back without a receipt (" + cap.id() + ", score "
                + ended.at("/blind/score/points").asText() + "): a gift card of "
                + ended.at("/refund/total").asText() + ", and it is on the shelf again");
    }

    private static ObjectNode body(int offset) {
        long number = 7_210_000_000_000L + Instant.now().getEpochSecond() % 100_000_000 * 100 + offset;
        return OrderBody.usd(number).line(2, SKU, 1, "40.00").shipping("4.90").toJson();
    }

    private OrderId sold(ObjectNode body) throws InterruptedException {
        OrderId order = stage.place(SHOP, body);
        stage.end(order);
        return order;
    }

    private void told(String what) {
        out.println("  ok  " + what);
    }
}
