package io.throughline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaymentTest {

    private final TestingShop shop = new TestingShop();

    @AfterEach
    void stop() {
        shop.close();
    }

    private ObjectNode capture(ObjectNode body, String amount) {
        JsonNode transaction = shop.order(body).path("transactions").get(0);
        ObjectNode variables = Json.object();
        variables
                .putObject("input")
                .put("id", Gid.of("Order", body.path("id").asLong()))
                .put("parentTransactionId", transaction.path("id").asText())
                .put("amount", amount);
        return variables;
    }

    @Test
    void anAuthorizationIsCapturedOnceAndNotBeyondItsAmount() {
        ObjectNode body = TestingShop.authorized();
        shop.take(body);
        ObjectNode variables = capture(body, "94.94");
        assertThat(shop.order(body).path("capturable").asBoolean()).isTrue();
        assertThat(shop.refused("Capture", capture(body, "95.00"))
                        .path("message")
                        .asText())
                .contains("94.94");

        JsonNode captured = shop.change("Capture", variables).path("transaction");

        assertThat(captured.path("kind").asText()).isEqualTo("CAPTURE");
        assertThat(captured.at("/parentTransaction/id").asText())
                .isEqualTo(variables.at("/input/parentTransactionId").asText());
        assertThat(shop.order(body).path("displayFinancialStatus").asText()).isEqualTo("PAID");
        assertThat(shop.refused("Capture", variables).path("message").asText()).contains("exceed");
        assertThat(shop.effects("orderCapture")).hasSize(1);
    }

    @Test
    void aPartialCaptureEndsAnAuthorizationThatIsNotMultiCapturable() {
        ObjectNode body = TestingShop.authorized();
        shop.take(body);
        ObjectNode second = capture(body, "1.00");
        shop.change("Capture", capture(body, "50.00"));

        assertThat(shop.order(body).path("displayFinancialStatus").asText()).isEqualTo("PARTIALLY_PAID");
        assertThat(shop.refused("Capture", second).path("message").asText()).contains("0.00");
    }

    @Test
    void multiCapturableAuthorizationsAreTakenInParts() {
        ObjectNode body = TestingShop.authorized();
        body.putArray("transactions")
                .addObject()
                .put("kind", "authorization")
                .put("amount", "94.94")
                .put("gateway", "shopify_payments")
                .put("multi_capturable", true);
        shop.take(body);

        shop.change("Capture", capture(body, "50.00"));
        shop.change("Capture", capture(body, "44.94"));

        assertThat(shop.order(body).path("displayFinancialStatus").asText()).isEqualTo("PAID");
    }

    @Test
    void anotherCurrencyMustBeNamed() {
        ObjectNode body = TestingShop.foreign().put("financial_status", "authorized");
        ((ObjectNode) body.path("transactions").get(0)).put("kind", "authorization");
        shop.take(body);
        ObjectNode variables = capture(body, "50.00");

        assertThat(shop.refused("Capture", variables).path("message").asText()).contains("EUR");
        ((ObjectNode) variables.get("input")).put("currency", "EUR");
        JsonNode amount = shop.change("Capture", variables).at("/transaction/amountSet");

        assertThat(amount.at("/presentmentMoney/amount").asText()).isEqualTo("50.0");
        assertThat(amount.at("/shopMoney/amount").asText()).isEqualTo("55.0");
    }

    @Test
    void anAuthorizationExpiresAfterAWeek() {
        ObjectNode body = TestingShop.authorized();
        shop.take(body);
        ObjectNode variables = capture(body, "94.94");
        shop.clock().advance(Duration.ofDays(8));
        shop.newToken();

        assertThat(shop.refused("Capture", variables).path("message").asText()).contains("expired");
    }

    @Test
    void aVoidedAuthorizationCannotBeCaptured() {
        ObjectNode body = TestingShop.authorized();
        shop.take(body);
        ObjectNode variables = capture(body, "94.94");
        ObjectNode authorization = TestingShop.variables(
                "id", variables.at("/input/parentTransactionId").asText());

        assertThat(shop.change("VoidAuthorization", authorization)
                        .at("/transaction/kind")
                        .asText())
                .isEqualTo("VOID");
        assertThat(shop.refused("VoidAuthorization", authorization).path("code").asText())
                .isEqualTo("AUTH_NOT_VOIDABLE");
        assertThat(shop.refused("Capture", variables).path("message").asText()).contains("0.00");
        assertThat(shop.order(body).path("displayFinancialStatus").asText()).isEqualTo("VOIDED");
        assertThat(shop.effects("transactionVoid")).hasSize(1);
    }

    @Test
    void aSuggestedRefundCanBeMadeAsSuggested() {
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body);
        String order = Gid.of("Order", body.path("id").asLong());
        ObjectNode ask = TestingShop.variables("orderId", order);
        ObjectNode item = ask.putArray("items").addObject();
        item.put("lineItemId", "gid://shopify/LineItem/15100000000002")
                .put("quantity", 1)
                .put("restockType", "CANCEL");

        JsonNode suggestion = shop.play("Suggestion", ask).path("suggestedRefund");
        assertThat(suggestion.at("/amountSet/presentmentMoney/amount").asText()).isEqualTo("39.06");
        ObjectNode variables = TestingShop.variables("key", "refund-1");
        ObjectNode input = variables.putObject("input").put("orderId", order);
        input.putArray("refundLineItems").add(item);
        JsonNode transaction = suggestion.path("suggestedTransactions").get(0);
        input.putArray("transactions")
                .addObject()
                .put("orderId", order)
                .put("kind", "REFUND")
                .put("gateway", transaction.path("gateway").asText())
                .put("parentId", transaction.at("/parentTransaction/id").asText())
                .put(
                        "amount",
                        transaction.at("/amountSet/presentmentMoney/amount").asText());

        JsonNode refunded = shop.change("Refund", variables);

        assertThat(refunded.at("/order/displayFinancialStatus").asText()).isEqualTo("PARTIALLY_REFUNDED");
        assertThat(refunded.at("/refund/totalRefundedSet/shopMoney/amount").asText())
                .isEqualTo("39.06");
        assertThat(refunded.at("/refund/refundLineItems/nodes/0/restockType").asText())
                .isEqualTo("CANCEL");
        JsonNode read = shop.order(body);
        assertThat(read.at("/currentTotalPriceSet/shopMoney/amount").asText()).isEqualTo("55.88");
        assertThat(read.at("/totalOutstandingSet/shopMoney/amount").asText()).isEqualTo("0.0");
        assertThat(read.at("/lineItems/nodes/1/currentQuantity").asInt()).isZero();
        assertThat(shop.quantity(2, TestingShop.EAST, "available")).isEqualTo(50);
    }

    @Test
    void noMoreIsRefundedThanWasPaid() {
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body);
        String order = Gid.of("Order", body.path("id").asLong());
        ObjectNode variables = TestingShop.variables("key", "too-much");
        variables
                .putObject("input")
                .put("orderId", order)
                .putArray("transactions")
                .addObject()
                .put("orderId", order)
                .put("kind", "REFUND")
                .put("gateway", "shopify_payments")
                .put("parentId", shop.order(body).at("/transactions/0/id").asText())
                .put("amount", "94.95");

        assertThat(shop.refused("Refund", variables).path("message").asText()).contains("94.94");
        assertThat(shop.effects("refundCreate")).isEmpty();
    }

    @Test
    void anOrderIsCancelledByAJob() {
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body);
        ObjectNode variables =
                TestingShop.variables("orderId", Gid.of("Order", body.path("id").asLong()), "reason", "CUSTOMER");
        variables.put("restock", true).putObject("refund").put("originalPaymentMethodsRefund", true);

        String job = shop.change("CancelOrder", variables).at("/job/id").asText();
        Waiting.until(() -> shop.play("ReadJob", TestingShop.variables("id", job))
                .path("done")
                .asBoolean());

        JsonNode order = shop.order(body);
        assertThat(order.path("cancelReason").asText()).isEqualTo("CUSTOMER");
        assertThat(order.path("displayFinancialStatus").asText()).isEqualTo("REFUNDED");
        assertThat(order.at("/fulfillmentOrders/nodes/0/status").asText()).isEqualTo("CANCELLED");
        assertThat(shop.quantity(1, TestingShop.EAST, "available")).isEqualTo(50);
        assertThat(shop.refused("CancelOrder", variables).path("code").asText()).isEqualTo("INVALID");
        assertThat(shop.effects("orderCancel")).hasSize(1);
    }

    @Test
    void aMerchantCancelsAndEditsInTheAdmin() {
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body);
        String path =
                "/shopify/" + TestingShop.SHOP + "/orders/" + body.path("id").asText();

        shop.control(
                "POST", path + "/edit", "{\"line_items\":[{\"id\":15100000000001,\"quantity\":1}],\"note\":\"fewer\"}");
        JsonNode edited = shop.order(body);
        assertThat(edited.path("edited").asBoolean()).isTrue();
        assertThat(edited.path("note").asText()).isEqualTo("fewer");
        assertThat(edited.at("/lineItems/nodes/0/currentQuantity").asInt()).isEqualTo(1);
        assertThat(edited.at("/currentTotalPriceSet/shopMoney/amount").asText()).isEqualTo("70.52");
        assertThat(shop.quantity(1, TestingShop.EAST, "committed")).isEqualTo(1);

        assertThat(shop.control("POST", path + "/cancel", "").statusCode()).isEqualTo(200);
        assertThat(shop.order(body).path("cancelledAt").isTextual()).isTrue();
        assertThat(shop.control("POST", path + "/cancel", "").statusCode()).isEqualTo(409);
    }

    @Test
    void whatIsPendingOrOwedComesInByControl() {
        ObjectNode body = TestingShop.authorized().put("financial_status", "pending");
        body.putArray("transactions")
                .addObject()
                .put("kind", "sale")
                .put("status", "pending")
                .put("gateway", "bank_deposit")
                .put("amount", "50.00");
        shop.take(body);
        assertThat(shop.order(body).path("displayFinancialStatus").asText()).isEqualTo("PENDING");

        String path =
                "/shopify/" + TestingShop.SHOP + "/orders/" + body.path("id").asText();
        assertThat(shop.control("POST", path + "/pay", "").statusCode()).isEqualTo(200);

        JsonNode paid = shop.order(body);
        assertThat(paid.path("displayFinancialStatus").asText()).isEqualTo("PAID");
        assertThat(paid.path("transactions")).as("the transfer and the rest").hasSize(2);
    }
}
