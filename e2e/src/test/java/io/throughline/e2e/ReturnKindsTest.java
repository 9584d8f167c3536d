package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Ending;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is given back though nobody chooses to return anything, and what nobody collects, on the whole system. */
@Timeout(900)
final class ReturnKindsTest {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String CAP = "NW-CAP-NVY";
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
        Sold sold = sell(1);
        GoodsReturn parcel = GoodsReturn.ofParcel(stage, sold.order(), "REFUSED");
        int before = stage.onHand(CAP, "WH-EAST");

        parcel.comesTo("WH-EAST", sold.line());
        parcel.isFound("WH-EAST", sold.line(), "NEW", "RESTOCK");

        JsonNode ended = parcel.end();
        assertPaidOnce(sold, parcel, ended);
        assertThat(kinds(ended)).containsExactly("GOODS", "LABEL_FEE");
        assertThat(ended.at("/summary/goods").asText()).isEqualTo("INSPECTED");
        assertThat(stage.onHand(CAP, "WH-EAST")).isEqualTo(before + 1);
    }

    @Test
    void aLostParcelIsPaidInFullAtOnceAndNeverStocked() throws InterruptedException {
        Sold sold = sell(2);
        int before = stage.onHand(CAP, "WH-EAST");
        GoodsReturn parcel = GoodsReturn.ofParcel(stage, sold.order(), "LOST");

        JsonNode ended = parcel.end();
        assertPaidOnce(sold, parcel, ended);
        assertThat(ended.at("/summary/goods").asText()).isEqualTo("NOT_TO_COME");
        assertThat(ended.at("/repayment/refund/total").asText()).isEqualTo(sold.total());
        assertThat(stage.onHand(CAP, "WH-EAST")).isEqualTo(before);
    }

    @Test
    void aClaimIsPaidAndItsGoodsStay() throws InterruptedException {
        Sold sold = sell(3, "8.00");
        GoodsReturn claim = GoodsReturn.claim(stage, sold.order(), sold.line(), "photos/1.jpg");

        JsonNode ended = claim.end();
        assertPaidOnce(sold, claim, ended);
        assertThat(ended.at("/photos/0").asText()).isEqualTo("photos/1.jpg");
        assertThat(ended.at("/summary/goods").asText()).isEqualTo("NOT_TO_COME");
    }

    @Test
    void anAppeasementIsMoneyAloneAlsoWhenItsReplyIsLost() throws InterruptedException {
        Sold sold = sell(4);
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
        assertThat(kinds(ended)).containsExactly("GOODWILL");
        assertThat(ended.at("/repayment/refund/total").asText()).isEqualTo("10.00");
        GoodsReturn again = GoodsReturn.appeasement(stage, sold.order(), "5.00");
        assertThat(again.end().at("/summary/money").asText()).isEqualTo("ENDED");
    }

    @Test
    void whatNobodyCollectsGoesBackOnTheShelfAndTheCustomerHasTheirMoney() throws InterruptedException {
        ObjectNode body = ShopOrders.pickup(FIRST + 5);
        int before = stage.onHand(MUG, "ST-DOWNTOWN");
        stage.sandbox().put("/square/locations/LDOWNTOWN/script", Json.object().put("behaviour", "prepare"));
        OrderId order = stage.place(SHOP, body);

        Ending ending = stage.end(order);
        assertThat(List.of(ending.status(), ending.payment(), ending.posting()))
                .containsExactly("CANCELLED", "REFUNDED", "REVERSED");
        assertThat(ledger("shopify", body.path("id").asText(), "orderCancel")).hasSize(1);
        assertThat(messages(order)).anyMatch(key -> key.endsWith("/UNCOLLECTED"));
        assertThat(stage.onHand(MUG, "ST-DOWNTOWN")).isEqualTo(before);
        assertThat(stage.cases(order.value())).isEmpty();
    }

    /** One cap with its tax and its delivery, which has left and is in the books. */
    private record Sold(OrderId order, String shopId, String line, String total) {}

    private static Sold sell(int offset) throws InterruptedException {
        return sell(offset, "40.00");
    }

    private static Sold sell(int offset, String price) throws InterruptedException {
        ObjectNode body = OrderBody.usd(FIRST + offset)
                .line(2, CAP, 1, price)
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

    private static void assertPaidOnce(Sold sold, GoodsReturn returned, JsonNode ended) {
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
        assertThat(stage.cases(sold.order().value())).isEmpty();
    }

    private static List<JsonNode> ledger(String system, String about, String operation) {
        return Json.list(stage.sandbox().get("/ledger?system=" + system + "&about=" + about)).stream()
                .filter(row -> row.path("operation").asText().equals(operation))
                .toList();
    }

    private static List<String> messages(OrderId order) {
        return Json.list(stage.sandbox().get("/ledger?system=messaging")).stream()
                .map(message -> message.path("key").asText())
                .filter(key -> key.startsWith(order.value()))
                .toList();
    }

    private static List<String> kinds(JsonNode ended) {
        return Json.list(ended.at("/repayment/refund/entries")).stream()
                .map(entry -> entry.path("kind").asText())
                .toList();
    }
}
