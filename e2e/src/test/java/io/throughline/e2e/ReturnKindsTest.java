package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Ending;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OverTheCounter;
import io.throughline.local.demo.Stage;
import io.throughline.local.watch.StandInLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is given back though nobody chooses to return anything, and what nobody collects, on the whole system. */
@Timeout(900)
final class ReturnKindsTest {
    private static final String MUG = "NW-MUG-RED";
    private static final long FIRST = 7_970_000_000_000L;

    private static House house;
    private static Stage stage;

    @BeforeAll
    static void open() {
        house = House.open(
                House.newDirectory("return-kinds"),
                Map.of("THROUGHLINE_RECONCILE_EVERY", "5s", "THROUGHLINE_POLICY", "quick-3"));
        stage = house.stage();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void aRefusedParcelIsBackOnTheShelfAndPaidLessTheDeliveryAndTheWayBack() throws InterruptedException {
        SoldCap sold = sell(1);
        GoodsReturn parcel = GoodsReturn.ofParcel(stage, sold.order(), "REFUSED");
        int before = stage.onHand(SoldCap.SKU, "WH-EAST");

        parcel.comesTo("WH-EAST", sold.line());
        parcel.isFound("WH-EAST", sold.line(), "NEW", "RESTOCK");

        JsonNode ended = parcel.end();
        assertPaidOnce(sold, parcel, ended);
        assertThat(SoldCap.kinds(ended)).containsExactly("GOODS", "LABEL_FEE");
        assertThat(ended.at("/summary/goods").asText()).isEqualTo("INSPECTED");
        assertThat(stage.onHand(SoldCap.SKU, "WH-EAST")).isEqualTo(before + 1);
    }

    @Test
    void aLostParcelIsPaidInFullAtOnceAndNeverStocked() throws InterruptedException {
        SoldCap sold = sell(2);
        int before = stage.onHand(SoldCap.SKU, "WH-EAST");
        GoodsReturn parcel = GoodsReturn.ofParcel(stage, sold.order(), "LOST");

        JsonNode ended = parcel.end();
        assertPaidOnce(sold, parcel, ended);
        assertThat(ended.at("/summary/goods").asText()).isEqualTo("NOT_TO_COME");
        assertThat(ended.at("/repayment/refund/total").asText()).isEqualTo(sold.total());
        assertThat(stage.onHand(SoldCap.SKU, "WH-EAST")).isEqualTo(before);
    }

    @Test
    void aClaimIsPaidAndItsGoodsStay() throws InterruptedException {
        SoldCap sold = sell(3, "8.00");
        GoodsReturn claim = GoodsReturn.claim(stage, sold.order(), sold.line(), "photos/1.jpg");

        JsonNode ended = claim.end();
        assertPaidOnce(sold, claim, ended);
        assertThat(ended.at("/photos/0").asText()).isEqualTo("photos/1.jpg");
        assertThat(ended.at("/summary/goods").asText()).isEqualTo("NOT_TO_COME");
    }

    @Test
    void anAppeasementIsMoneyAloneAlsoWhenItsReplyIsLost() throws InterruptedException {
        SoldCap sold = sell(4);
        stage.sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("id", "lost-appeasement")
                                .put("system", "shopify")
                                .put("operation", "refundCreate")
                                .put("bodyContains", sold.order().value())
                                .put("kind", "lose_reply"));
        GoodsReturn given = GoodsReturn.appeasement(stage, sold.order(), "10.00");

        JsonNode ended = given.end();
        assertPaidOnce(sold, given, ended);
        assertThat(Json.list(stage.sandbox().get("/attempts?rule=lost-appeasement")))
                .hasSize(1);
        assertThat(SoldCap.kinds(ended)).containsExactly("GOODWILL");
        assertThat(ended.at("/repayment/refund/total").asText()).isEqualTo("10.00");
        GoodsReturn again = GoodsReturn.appeasement(stage, sold.order(), "5.00");
        assertThat(again.end().at("/summary/money").asText()).isEqualTo("ENDED");
    }

    @Test
    void whatNobodyCollectsGoesBackOnTheShelfAndTheCustomerHasTheirMoney() throws InterruptedException {
        ObjectNode body = ShopOrders.pickup(FIRST + 5);
        int before = stage.onHand(MUG, "ST-DOWNTOWN");
        stage.sandbox().put("/square/locations/LDOWNTOWN/script", Json.object().put("behaviour", "prepare"));
        OrderId order = stage.place(SoldCap.SHOP, body);

        Ending ending = stage.end(order);
        assertThat(List.of(ending.status(), ending.payment(), ending.posting()))
                .containsExactly("CANCELLED", "REFUNDED", "REVERSED");
        assertThat(StandInLedger.of(stage, "shopify", body.path("id").asText(), "orderCancel"))
                .hasSize(1);
        assertThat(messages(order)).anyMatch(key -> key.endsWith("/UNCOLLECTED"));
        assertThat(stage.onHand(MUG, "ST-DOWNTOWN")).isEqualTo(before);
        assertThat(stage.cases(order.value())).isEmpty();
    }

    /** The mug costs less than the cap is worth: its order is paid by the credit, and the rest is given back once it is collected. */
    @Test
    void whatIsTakenInExchangeIsPaidByTheCreditAndTheRestIsGivenBackOnce() throws InterruptedException {
        SoldCap sold = sell(6);
        stage.await(
                "the price of a mug",
                () -> Optional.of(stage.api().get("/v1/prices?sku=" + MUG + "&channel=northwind&currency=USD")),
                found -> !found.path("prices").isEmpty());
        GoodsReturn cap = GoodsReturn.exchange(stage, sold.order(), sold.line(), "ST-HARBOR", MUG);
        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");
        OrderId taken = cap.newOrder();
        Ending ending = stage.end(taken);
        JsonNode ended = cap.end();

        assertThat(List.of(ending.status(), ending.posting())).containsExactly("COMPLETED", "CONFIRMED");
        assertThat(stage.api().get("/v1/orders/" + taken).path("exchangeOf").asText())
                .isEqualTo(cap.id());
        assertThat(ended.at("/exchange/status").asText()).isEqualTo("EXCHANGED");
        assertThat(ended.at("/exchange/total").asText()).isEqualTo("18.00");
        assertThat(GoodsReturn.confirmed(ended))
                .as("a credit note, and a payment to each of the customer and the clearing account")
                .hasSize(3);
        assertThat(StandInLedger.of(stage, "shopify", sold.shopId(), "refundCreate"))
                .hasSize(1);
        assertThat(stage.cases(cap.id())).isEmpty();
    }

    /** A mug for a cap, and then no mug either: the shop gives back what the credit had taken, so that all of the cap is paid back, by two refunds. */
    @Test
    void whatWasTakenInExchangeComesBackAndItsCreditGoesBackToWhatHadPaidFirst() throws InterruptedException {
        SoldCap sold = sell(7);
        stage.await(
                "the price of a mug",
                () -> Optional.of(stage.api().get("/v1/prices?sku=" + MUG + "&channel=northwind&currency=USD")),
                found -> !found.path("prices").isEmpty());
        GoodsReturn cap = GoodsReturn.exchange(stage, sold.order(), sold.line(), "ST-HARBOR", MUG);
        cap.comesTo("ST-HARBOR", sold.line());
        cap.isFound("ST-HARBOR", sold.line(), "NEW", "RESTOCK");
        OrderId taken = cap.newOrder();
        stage.end(taken);
        cap.end();

        GoodsReturn mug = GoodsReturn.of(stage, taken, "1", Optional.of("ST-HARBOR"));
        mug.comesTo("ST-HARBOR", "1");
        mug.isFound("ST-HARBOR", "1", "NEW", "RESTOCK");
        JsonNode ended = mug.end();

        assertThat(ended.at("/repayment/refund/total").asText()).isEqualTo("18.00");
        assertThat(GoodsReturn.confirmed(ended))
                .as("a credit note, and a payment by what had paid for the cap")
                .hasSize(2);
        assertThat(StandInLedger.of(stage, "shopify", sold.shopId(), "refundCreate"))
                .hasSize(2);
        assertThat(stage.order(sold.order())
                        .orElseThrow()
                        .at("/order/status/payment")
                        .asText())
                .as("all of it went back")
                .isEqualTo("REFUNDED");
        assertThat(stage.cases(sold.order().value())).isEmpty();
        assertThat(stage.cases(taken.value())).isEmpty();
        assertThat(stage.cases(mug.id())).isEmpty();
    }

    /** Sold by a till, which has no order, and taken back in another store. */
    @Test
    void whatATillHasSoldIsGivenBackOnceAlsoWhenTheReplyOfItsSystemIsLost() throws InterruptedException {
        String receipt = OverTheCounter.sold(stage, "LDOWNTOWN", "CARD", SoldCap.SKU);
        int before = stage.onHand(SoldCap.SKU, "ST-HARBOR");
        stage.sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("id", "lost-till-refund")
                                .put("system", "square")
                                .put("operation", "POST /v2/refunds")
                                .put("kind", "lose_reply"));
        OverTheCounter cap = OverTheCounter.takenBack(stage, receipt, "ST-HARBOR");

        assertThat(stage.onHand(SoldCap.SKU, "ST-HARBOR")).isEqualTo(before + 1);
        JsonNode ended = cap.end();
        assertThat(Json.list(stage.sandbox().get("/attempts?rule=lost-till-refund")))
                .hasSize(1);
        assertThat(cap.refundsAtSquare(ended.at("/parts/0/reference").asText())).isEqualTo(1);
        assertThat(stage.cases(cap.id())).isEmpty();
    }

    private static SoldCap sell(int offset) throws InterruptedException {
        return sell(offset, "40.00");
    }

    private static SoldCap sell(int offset, String price) throws InterruptedException {
        return SoldCap.sell(stage, FIRST + offset, price);
    }

    private static void assertPaidOnce(SoldCap sold, GoodsReturn returned, JsonNode ended) {
        sold.assertPaidOnce(returned, ended);
        assertThat(stage.cases(sold.order().value())).isEmpty();
    }

    private static List<String> messages(OrderId order) {
        return Json.list(stage.sandbox().get("/ledger?system=messaging")).stream()
                .map(message -> message.path("key").asText())
                .filter(key -> key.startsWith(order.value()))
                .toList();
    }
}
