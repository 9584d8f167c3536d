package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import io.throughline.local.watch.StandInLedger;
import java.util.List;

/** One cap with its tax and its delivery, which has left and is in the books. */
record SoldCap(Stage stage, OrderId order, String shopId, String line, String total) {
    static final String SHOP = "northwind-demo.myshopify.com";
    static final String SKU = "NW-CAP-NVY";

    static SoldCap sell(Stage stage, long number, String price) throws InterruptedException {
        ObjectNode body =
                OrderBody.usd(number).line(2, SKU, 1, price).shipping("4.90").toJson();
        OrderId order = stage.place(SHOP, body);
        assertThat(stage.end(order).posting()).isEqualTo("CONFIRMED");
        return new SoldCap(
                stage,
                order,
                body.path("id").asText(),
                body.at("/line_items/0/id").asText(),
                body.path("total_price").asText());
    }

    /** Money of it went back once, and the books say so once. */
    void assertPaidOnce(GoodsReturn returned, JsonNode ended) {
        assertThat(ended.at("/summary/money").asText()).isEqualTo("ENDED");
        assertThat(GoodsReturn.confirmed(ended))
                .as("a credit note and a payment")
                .hasSize(2);
        assertThat(StandInLedger.of(stage, "shopify", shopId, "refundCreate"))
                .as("one refund")
                .hasSize(1);
        assertThat(StandInLedger.of(stage, "tryton", returned.id(), "account.invoice.post"))
                .as("one credit note")
                .hasSize(1);
        assertThat(StandInLedger.of(stage, "tryton", returned.id(), "account.payment.succeed"))
                .as("one payment")
                .hasSize(1);
        assertThat(stage.cases(returned.id())).isEmpty();
    }

    /** What the money of a return is made up of. */
    static List<String> kinds(JsonNode ended) {
        return Json.list(ended.at("/repayment/refund/entries")).stream()
                .map(entry -> entry.path("kind").asText())
                .toList();
    }
}
