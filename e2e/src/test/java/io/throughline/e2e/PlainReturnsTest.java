package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.StackPart;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import io.throughline.local.watch.StandInLedger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Goods that come back, on the whole system: the right money once, the stock right, and the books too. */
@Timeout(900)
@ExtendWith(SharedHouse.class)
final class PlainReturnsTest {
    private static final long FIRST = 7_960_000_040_000L;

    private static House house;
    private static Stage stage;
    private static Histories histories;

    @BeforeAll
    static void open(House shared) {
        house = shared;
        stage = house.stage();
        histories = new Histories(house.stack().temporal());
    }

    @AfterAll
    static void close() {
        histories.close();
    }

    @Test
    void whatComesByMailIsRefundedAndBookedOnce() throws InterruptedException {
        SoldCap sold = sell(1);
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.empty());
        int before = stage.onHand(SoldCap.SKU, "WH-EAST");
        // What is kept for a label is kept where there is one.
        cap.labelled();

        cap.comesTo("WH-EAST", sold.line());
        cap.isFound("WH-EAST", sold.line(), "OPENED", "RESTOCK");

        JsonNode ended = cap.end();
        // 90 % of the cap and its tax, the delivery, less the label.
        assertEnded(sold, cap, ended);
        assertThat(SoldCap.kinds(ended)).containsExactly("GOODS", "CONDITION", "SHIPPING", "LABEL_FEE");
        assertThat(stage.onHand(SoldCap.SKU, "WH-EAST")).isEqualTo(before + 1);
        assertThat(stage.order(sold.order())
                        .orElseThrow()
                        .at("/order/status/payment")
                        .asText())
                .isEqualTo("PARTIALLY_REFUNDED");
        assertThat(histories.events(histories.latest("return/northwind/" + cap.id())))
                .hasSizeLessThanOrEqualTo(70);
    }

    @Test
    void whatItsCarrierScansIsShownAndWhatIsNotTakenGoesBackUnpaid() throws InterruptedException {
        SoldCap sold = sell(8);
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.empty());
        String number = cap.labelled();
        cap.isScanned(number, "IN_TRANSIT");
        cap.isScanned(number, "DELIVERED");
        assertThat(stage.api()
                        .get("/v1/returns?id=" + number)
                        .at("/returns/0/customerStatus")
                        .asText())
                .isEqualTo("GOODS_DELIVERED");

        cap.comesTo("WH-EAST", sold.line());
        cap.isNotTaken("WH-EAST", sold.line(), "USED");

        JsonNode ended = cap.end();
        assertThat(ended.at("/summary/customerStatus").asText()).isEqualTo("SENT_BACK");
        assertThat(ended.has("repayment")).isFalse();
        assertThat(ended.at("/parcels/1/direction").asText()).isEqualTo("TO_CUSTOMER");
        assertThat(ended.at("/parcels/1/trackingNumber").asText()).isNotEmpty();
        assertThat(StandInLedger.of(stage, "carrier", cap.id(), "label"))
                .as("there and back")
                .hasSize(2);
        assertThat(StandInLedger.of(stage, "shopify", sold.shopId(), "refundCreate"))
                .isEmpty();
        assertThat(stage.cases(sold.order().value())).isEmpty();
        assertThat(stage.cases(cap.id())).isEmpty();
    }

    @Test
    void whatIsCarriedIntoAStoreIsStockedThere() throws InterruptedException {
        SoldCap sold = sell(2);
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.of("ST-HARBOR"));
        int before = stage.onHand(SoldCap.SKU, "ST-HARBOR");

        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");

        JsonNode ended = cap.end();
        assertEnded(sold, cap, ended);
        assertThat(ended.at("/repayment/refund/total").asText()).as("all of it").isEqualTo(sold.total());
        assertThat(stage.onHand(SoldCap.SKU, "ST-HARBOR")).isEqualTo(before + 1);
        assertThat(Json.list(ended.path("costs")))
                .as("its cost is turned back once")
                .singleElement()
                .satisfies(cost -> {
                    assertThat(cost.path("units").asInt()).isEqualTo(1);
                    assertThat(cost.path("facility").asText()).isEqualTo("ST-HARBOR");
                });
    }

    @Test
    void aLostReplyToTheRefundIsOneRefundAndOneCreditNote() throws InterruptedException {
        SoldCap sold = sell(3);
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
        SoldCap sold = sell(4);
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

    /** Nobody had asked us for a return: a person has what somebody gave back become one, and its cap is taken in by it. */
    @Test
    void whatSomebodyGaveBackInTheShopBecomesAReturnInTheBooks() throws InterruptedException {
        SoldCap sold = sell(10);
        int before = stage.onHand(SoldCap.SKU, "ST-HARBOR");
        refundByHand(sold);

        stage.decide(
                stage.openCase(sold.order(), "CHANGED_AFTER_SHIPMENT"),
                "BOOK_AS_RETURN",
                "support has refunded it there");
        String id = sold.order() + "-R1";
        stage.await(
                "the return " + id,
                () -> Optional.of(stage.api().get("/v1/returns?id=" + id)),
                found -> found.at("/returns/0/kind").asText().equals("GIVEN_ELSEWHERE"));
        GoodsReturn cap = GoodsReturn.known(stage, id);
        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");

        JsonNode ended = cap.end();
        assertPaidOnce(sold, cap, ended);
        assertThat(ended.at("/repayment/madeElsewhere").asBoolean()).isTrue();
        assertThat(SoldCap.kinds(ended)).containsExactly("GOODS", "SHIPPING");
        assertThat(stage.onHand(SoldCap.SKU, "ST-HARBOR")).isEqualTo(before + 1);
    }

    /** The shop has taken the refund, and its provider says later that it came to nothing. */
    @Test
    void aRefundThatFailsIsFollowedByAnotherOnceAPersonHasDecidedSo() throws InterruptedException {
        SoldCap sold = sell(5);
        GoodsReturn cap = refundOnItsWay(sold);

        control(sold, "release-refunds", Json.object().put("success", false));
        JsonNode question = stage.await(
                "a question about it",
                () -> stage.cases(cap.id()).stream().findFirst(),
                found -> found.path("code").asText().equals("REFUND_MISSING"));
        stage.decide(question.path("id").asText(), "RETRY", "the card is fine again");

        JsonNode ended = cap.end();
        assertThat(StandInLedger.of(stage, "shopify", sold.shopId(), "refundCreate"))
                .as("each under a key of its own")
                .hasSize(2)
                .extracting(row -> row.path("key").asText())
                .doesNotHaveDuplicates();
        assertThat(GoodsReturn.confirmed(ended))
                .as("a credit note and a payment")
                .hasSize(2);
        assertThat(StandInLedger.of(stage, "tryton", cap.id(), "account.invoice.post"))
                .hasSize(1);
        assertThat(StandInLedger.of(stage, "tryton", cap.id(), "account.payment.succeed"))
                .hasSize(1);
        assertThat(stage.order(sold.order())
                        .orElseThrow()
                        .at("/order/status/payment")
                        .asText())
                .isEqualTo("REFUNDED");
    }

    /** The goods are in, the money is on its way. */
    @Test
    void aWorkerThatIsKilledBetweenTheLegsGivesNothingTwice() throws InterruptedException {
        SoldCap sold = sell(6);
        GoodsReturn cap = refundOnItsWay(sold);

        house.killWorker();
        try {
            control(sold, "release-refunds", Json.object());
        } finally {
            house.stack().start(StackPart.WORKER);
        }

        assertEnded(sold, cap, cap.end());
    }

    @Test
    void newsOfARefundThatComesTwiceAndLateChangesNothing() throws InterruptedException {
        SoldCap sold = sell(7);
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

    /** The order has ended, and a dispute is no change of it: only the comparison finds it, and how much is disputed. */
    @Test
    void aDisputeThatNoWebhookToldIsFoundWithItsAmount() throws InterruptedException {
        SoldCap sold = sell(9);
        stage.sandbox()
                .post(
                        "/webhook-faults",
                        Json.object()
                                .put("system", "shopify")
                                .put("topic", "disputes/create")
                                .put("kind", "lost")
                                .put("times", 100));
        control(sold, "dispute", Json.object().put("amount", "5.00"));

        String asked = stage.openCase(sold.order(), "PAYMENT_DISPUTED");

        assertThat(stage.cases(sold.order().value()))
                .filteredOn(one -> one.path("id").asText().equals(asked))
                .singleElement()
                .satisfies(one -> assertThat(one.path("detail").asText()).contains("5.00 USD of", "no work is held"));
        stage.decide(asked, "ACCEPT_DIFFERENCE", "the cap was handed over");
    }

    private static SoldCap sell(int offset) throws InterruptedException {
        return SoldCap.sell(stage, FIRST + offset, "40.00");
    }

    /** The goods are in the store, and the shop has taken a refund that has yet to come. */
    private static GoodsReturn refundOnItsWay(SoldCap sold) throws InterruptedException {
        control(sold, "hold-refunds", Json.object());
        GoodsReturn cap = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.of("ST-HARBOR"));
        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");
        stage.await(
                "the refund to be on its way",
                () -> Optional.of(cap.now()),
                now -> now.at("/summary/money").asText().equals("ISSUED"));
        return cap;
    }

    private static void refundByHand(SoldCap sold) {
        control(
                sold,
                "refund",
                Json.object()
                        .put("line_item", sold.line())
                        .put("quantity", 1)
                        .put("shipping", true)
                        .put("amount", sold.total()));
    }

    private static void control(SoldCap sold, String action, ObjectNode body) {
        stage.sandbox().post("/shopify/" + SoldCap.SHOP + "/orders/" + sold.shopId() + "/" + action, body);
    }

    private static void assertEnded(SoldCap sold, GoodsReturn returned, JsonNode ended) {
        assertPaidOnce(sold, returned, ended);
        assertThat(stage.cases(sold.order().value())).isEmpty();
    }

    private static void assertPaidOnce(SoldCap sold, GoodsReturn returned, JsonNode ended) {
        assertThat(ended.at("/summary/goods").asText()).isEqualTo("INSPECTED");
        sold.assertPaidOnce(returned, ended);
    }
}
