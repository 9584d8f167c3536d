package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.StackPart;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Goods that come back, on the whole system: the right money once, the stock right, and the books too. */
@Timeout(900)
final class ReturnsTest {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String CAP = "NW-CAP-NVY";
    private static final long FIRST = 7_960_000_000_000L;

    private static House house;
    private static Stage stage;
    private static Histories histories;

    @BeforeAll
    static void open() {
        house = House.open(House.newDirectory("returns"), Map.of("THROUGHLINE_RECONCILE_EVERY", "5s"));
        stage = house.stage();
        histories = new Histories(house.stack().temporal());
    }

    @AfterAll
    static void close() {
        histories.close();
        house.close();
    }

    @Test
    void whatComesByMailIsRefundedAndBookedOnce() throws InterruptedException {
        Sold sold = sell(1);
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.empty());
        int before = stage.onHand(CAP, "WH-EAST");

        cap.comesTo("WH-EAST", sold.line());
        cap.isFound("WH-EAST", sold.line(), "OPENED", "RESTOCK");

        JsonNode ended = cap.end();
        // 90 % of the cap and its tax, the delivery, less the label.
        assertEnded(sold, cap, ended);
        assertThat(kinds(ended)).containsExactly("GOODS", "CONDITION", "SHIPPING", "LABEL_FEE");
        assertThat(stage.onHand(CAP, "WH-EAST")).isEqualTo(before + 1);
        assertThat(stage.order(sold.order())
                        .orElseThrow()
                        .at("/order/status/payment")
                        .asText())
                .isEqualTo("PARTIALLY_REFUNDED");
        assertThat(histories.events(histories.latest("return/northwind/" + cap.id())))
                .hasSizeLessThanOrEqualTo(70);
    }

    @Test
    void whatIsCarriedIntoAStoreIsStockedThere() throws InterruptedException {
        Sold sold = sell(2);
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.of("ST-HARBOR"));
        int before = stage.onHand(CAP, "ST-HARBOR");

        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");

        JsonNode ended = cap.end();
        assertEnded(sold, cap, ended);
        assertThat(ended.at("/repayment/refund/total").asText()).as("all of it").isEqualTo(sold.total());
        assertThat(stage.onHand(CAP, "ST-HARBOR")).isEqualTo(before + 1);
    }

    @Test
    void aLostReplyToTheRefundIsOneRefundAndOneCreditNote() throws InterruptedException {
        Sold sold = sell(3);
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.of("ST-HARBOR"));
        stage.sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("id", "lost-refund")
                                .put("system", "shopify")
                                .put("operation", "refundCreate")
                                .put("bodyContains", cap.id())
                                .put("kind", "lose_reply"));

        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "SCRAP");

        assertEnded(sold, cap, cap.end());
        assertThat(Json.list(stage.sandbox().get("/attempts?rule=lost-refund"))).hasSize(1);
    }

    @Test
    void aRefundByHandInTheShopIsNotMadeAgain() throws InterruptedException {
        Sold sold = sell(4);
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.of("ST-HARBOR"));
        cap.comesTo("ST-HARBOR", sold.line());
        refundByHand(sold);

        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");

        JsonNode ended = cap.end();
        assertPaidOnce(sold, cap, ended);
        assertThat(ended.at("/repayment/madeElsewhere").asBoolean()).isTrue();
        // Whether it is heard of before the return has come to its money is a matter of moments.
        assertThat(stage.cases(sold.order().value()))
                .allMatch(one -> one.path("code").asText().equals("CHANGED_AFTER_SHIPMENT"));
    }

    /** The shop has taken the refund, and its provider says later that it came to nothing. */
    @Test
    void aRefundThatFailsIsFollowedByAnotherOnceAPersonHasDecidedSo() throws InterruptedException {
        Sold sold = sell(5);
        control(sold, "hold-refunds", Json.object());
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.of("ST-HARBOR"));
        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");
        stage.await(
                "the refund to be on its way",
                () -> Optional.of(cap.now()),
                now -> now.at("/summary/money").asText().equals("ISSUED"));

        control(sold, "release-refunds", Json.object().put("success", false));
        JsonNode question = stage.await(
                "a question about it",
                () -> stage.cases(cap.id()).stream().findFirst(),
                found -> found.path("code").asText().equals("REFUND_MISSING"));
        stage.decide(question.path("id").asText(), "RETRY", "the card is fine again");

        JsonNode ended = cap.end();
        assertThat(ledger("shopify", sold.shopId(), "refundCreate"))
                .as("each under a key of its own")
                .hasSize(2)
                .extracting(row -> row.path("key").asText())
                .doesNotHaveDuplicates();
        assertThat(GoodsReturn.confirmed(ended))
                .as("a credit note and a payment")
                .hasSize(2);
        assertThat(ledger("tryton", cap.id(), "account.invoice.post")).hasSize(1);
        assertThat(ledger("tryton", cap.id(), "account.payment.succeed")).hasSize(1);
        assertThat(stage.order(sold.order())
                        .orElseThrow()
                        .at("/order/status/payment")
                        .asText())
                .isEqualTo("REFUNDED");
    }

    /** The goods are in, the money is on its way. */
    @Test
    void aWorkerThatIsKilledBetweenTheLegsGivesNothingTwice() throws InterruptedException {
        Sold sold = sell(6);
        control(sold, "hold-refunds", Json.object());
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.of("ST-HARBOR"));
        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");
        stage.await(
                "the refund to be on its way",
                () -> Optional.of(cap.now()),
                now -> now.at("/summary/money").asText().equals("ISSUED"));

        house.stack().kill(StackPart.WORKER);
        control(sold, "release-refunds", Json.object());
        house.stack().start(StackPart.WORKER);

        assertEnded(sold, cap, cap.end());
    }

    @Test
    void newsOfARefundThatComesTwiceAndLateChangesNothing() throws InterruptedException {
        Sold sold = sell(7);
        for (String kind : List.of("duplicate", "late")) {
            for (String topic : List.of("refunds/create", "orders/updated")) {
                stage.sandbox()
                        .post(
                                "/webhook-faults",
                                Json.object()
                                        .put("system", "shopify")
                                        .put("topic", topic)
                                        .put("kind", kind)
                                        .put("delayMillis", 3000)
                                        .put("times", 3));
            }
        }
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.of("ST-HARBOR"));
        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");

        assertEnded(sold, cap, cap.end());
    }

    /** One cap with its tax and its delivery, which has left and is in the books. */
    private record Sold(OrderId order, String shopId, String line, String total) {}

    private static Sold sell(int offset) throws InterruptedException {
        ObjectNode body = OrderBody.usd(FIRST + offset)
                .line(2, CAP, 1, "40.00")
                .shipping("4.90")
                .toJson();
        OrderId order = stage.place(SHOP, body);
        assertThat(stage.end(order).posting()).isEqualTo("CONFIRMED");
        return new Sold(
                order,
                body.path("id").asText(),
                body.at("/line_items/0/id").asText(),
                body.path("total_price").asText());
    }

    private static void refundByHand(Sold sold) {
        control(
                sold,
                "refund",
                Json.object()
                        .put("line_item", sold.line())
                        .put("quantity", 1)
                        .put("shipping", true)
                        .put("amount", sold.total()));
    }

    private static void control(Sold sold, String action, ObjectNode body) {
        stage.sandbox().post("/shopify/" + SHOP + "/orders/" + sold.shopId() + "/" + action, body);
    }

    private static void assertEnded(Sold sold, GoodsReturn returned, JsonNode ended) {
        assertPaidOnce(sold, returned, ended);
        assertThat(stage.cases(sold.order().value())).isEmpty();
    }

    private static void assertPaidOnce(Sold sold, GoodsReturn returned, JsonNode ended) {
        assertThat(ended.at("/summary/goods").asText()).isEqualTo("INSPECTED");
        assertThat(ended.at("/summary/money").asText()).isEqualTo("ENDED");
        assertThat(GoodsReturn.confirmed(ended))
                .as("a credit note and a payment")
                .hasSize(2);
        assertThat(ledger("shopify", sold.shopId(), "refundCreate"))
                .as("one refund")
                .hasSize(1);
        assertThat(ledger("tryton", returned.id(), "account.invoice.post"))
                .as("one credit note")
                .hasSize(1);
        assertThat(ledger("tryton", returned.id(), "account.payment.succeed"))
                .as("one payment")
                .hasSize(1);
        assertThat(stage.cases(returned.id())).isEmpty();
    }

    private static List<JsonNode> ledger(String system, String about, String operation) {
        return Json.list(stage.sandbox().get("/ledger?system=" + system + "&about=" + about)).stream()
                .filter(row -> row.path("operation").asText().equals(operation))
                .toList();
    }

    private static List<String> kinds(JsonNode ended) {
        return Json.list(ended.at("/repayment/refund/entries")).stream()
                .map(entry -> entry.path("kind").asText())
                .toList();
    }
}
