package io.throughline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SandboxConfig;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderReadTest {

    private final TestingShop shop = new TestingShop();

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void anOrderReadsAsItWasPlaced() {
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body);

        JsonNode order = shop.order(body);

        assertThat(order.path("name").asText()).isEqualTo("#1501");
        assertThat(order.path("createdAt").asText()).isEqualTo("2026-11-20T19:05:00Z");
        assertThat(order.path("updatedAt").asText()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(order.path("displayFinancialStatus").asText()).isEqualTo("PAID");
        assertThat(order.path("displayFulfillmentStatus").asText()).isEqualTo("UNFULFILLED");
        assertThat(order.at("/totalPriceSet/shopMoney/amount").asText()).isEqualTo("94.94");
        assertThat(order.at("/totalShippingPriceSet/shopMoney/amount").asText()).isEqualTo("6.5");
        assertThat(order.at("/totalReceivedSet/shopMoney/amount").asText()).isEqualTo("94.94");
        assertThat(order.at("/totalOutstandingSet/shopMoney/amount").asText()).isEqualTo("0.0");
        assertThat(order.at("/lineItems/nodes/0/originalUnitPriceSet/shopMoney/amount")
                        .asText())
                .isEqualTo("25.0");
        assertThat(order.at("/lineItems/nodes/0/variant/inventoryItem/id").asText())
                .isEqualTo("gid://shopify/InventoryItem/47100000000001");
        assertThat(order.at("/lineItems/nodes/0/discountAllocations/0/discountApplication/index")
                        .asInt())
                .isZero();
        assertThat(order.at("/discountApplications/nodes/0/value/percentage").decimalValue())
                .isEqualByComparingTo("10");
        assertThat(order.at("/transactions/0/kind").asText()).isEqualTo("SALE");
        assertThat(order.at("/fulfillmentOrders/nodes/0/deliveryMethod/methodType")
                        .asText())
                .isEqualTo("SHIPPING");
        assertThat(order.at("/fulfillmentOrders/nodes/0/assignedLocation/location/id")
                        .asText())
                .isEqualTo(Gid.of("Location", TestingShop.EAST));
    }

    @Test
    void aPickupOrderIsWorkForItsStore() {
        ObjectNode body = TestingShop.payload(TestingShop.PICKUP);
        shop.take(body);

        JsonNode work = shop.work(body).get(0);

        assertThat(work.at("/deliveryMethod/methodType").asText()).isEqualTo("PICK_UP");
        assertThat(work.at("/assignedLocation/location/id").asText())
                .isEqualTo(Gid.of("Location", TestingShop.DOWNTOWN));
        assertThat(work.at("/destination/location/id").asText()).isEqualTo(Gid.of("Location", TestingShop.DOWNTOWN));
    }

    @Test
    void moneyOfAnotherCurrencyKeepsBothSidesOfEachTender() {
        ObjectNode body = TestingShop.foreign();
        shop.take(body);

        JsonNode order = shop.order(body);

        assertThat(order.at("/totalPriceSet/presentmentMoney").toString())
                .isEqualTo("{\"amount\":\"190.0\",\"currencyCode\":\"EUR\"}");
        assertThat(order.at("/totalPriceSet/shopMoney/amount").asText()).isEqualTo("209.0");
        assertThat(order.at("/transactions/0/gateway").asText()).isEqualTo("gift_card");
        assertThat(order.at("/transactions/0/amountSet/presentmentMoney/amount").asText())
                .isEqualTo("50.0");
        assertThat(order.at("/transactions/0/amountSet/shopMoney/amount").asText())
                .isEqualTo("55.0");
        assertThat(order.at("/totalReceivedSet/presentmentMoney/amount").asText())
                .isEqualTo("190.0");
        assertThat(order.at("/lineItems/nodes/1/customAttributes/0/value").asText())
                .isEqualTo("Enjoy");
    }

    @Test
    void aGiftCardNeedsNoCarrier() {
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        ((ObjectNode) body.path("line_items").get(1))
                .put("requires_shipping", false)
                .put("gift_card", true);
        shop.take(body);

        JsonNode work = shop.work(body);

        assertThat(work.findValuesAsText("methodType")).containsExactly("SHIPPING", "NONE");
        assertThat(work.get(1).path("status").asText()).isEqualTo("CLOSED");
        assertThat(work.get(1).path("supportedActions")).isEmpty();
    }

    @Test
    void longOrdersAreReadInPages() {
        ObjectNode body = withLines(60);
        shop.take(body);
        String id = Gid.of("Order", body.path("id").asLong());

        JsonNode first =
                shop.play("WholeOrder", TestingShop.variables("id", id)).path("lineItems");
        ObjectNode next = TestingShop.variables(
                "id", id, "after", first.at("/pageInfo/endCursor").asText());
        JsonNode second = shop.play("LinesAfter", next).path("lineItems");
        JsonNode third = shop.play(
                        "LinesAfter",
                        next.put("after", second.at("/pageInfo/endCursor").asText()))
                .path("lineItems");

        assertThat(first.path("nodes")).hasSize(25);
        assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(second.at("/nodes/0/id").asText()).isEqualTo("gid://shopify/LineItem/1026");
        assertThat(third.path("nodes")).hasSize(10);
        assertThat(third.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
    }

    @Test
    void changedOrdersAreFoundByTheTimeOfTheirLastChange() {
        ObjectNode early = TestingShop.payload(TestingShop.TWO_LINES);
        ObjectNode late = TestingShop.payload(TestingShop.PICKUP);
        shop.take(early, "?webhooks=none");
        shop.clock().advance(Duration.ofMinutes(5));
        shop.take(late, "?webhooks=none");

        assertThat(names("updated_at:>='2026-11-23T12:00:00Z'")).containsExactly("#1501", "#1503");
        assertThat(names("updated_at:>'2026-11-23T12:00:00Z'")).containsExactly("#1503");
        assertThat(names("updated_at:>='2026-11-23T12:00:00Z' updated_at:<'2026-11-23T12:05:00Z'"))
                .containsExactly("#1501");
    }

    private List<String> names(String search) {
        return shop.play("ChangedOrders", TestingShop.variables("search", search))
                .path("nodes")
                .findValuesAsText("name");
    }

    @Test
    void theSameBodyAgainIsTheSameOrderAndAnotherBodyIsRefused() {
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body);

        HttpResponse<String> same = shop.control("POST", "/shopify/" + TestingShop.SHOP + "/orders", body);
        HttpResponse<String> other = shop.control(
                "POST",
                "/shopify/" + TestingShop.SHOP + "/orders",
                body.deepCopy().put("note", "other"));
        HttpResponse<String> name = shop.control(
                "POST",
                "/shopify/" + TestingShop.SHOP + "/orders",
                body.deepCopy().put("id", 5));

        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(name.statusCode()).isEqualTo(409);
        assertThat(shop.quantity(1, TestingShop.EAST, "committed")).isEqualTo(2);
        assertThat(shop.effects("control:order")).hasSize(1);
    }

    @Test
    void whatIsNoOrderIsRefusedByTheFieldThatIsWrong() {
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);

        assertThat(refusal("[]")).contains("\"field\":\"body\"");
        assertThat(refusal("{\"hello\":1}")).contains("\"field\":\"id\"");
        assertThat(refusal(body.deepCopy().put("currency", "EUR"))).contains("\"field\":\"currency\"");
        assertThat(refusal(body.deepCopy().put("total_price", "a lot"))).contains("\"field\":\"total_price\"");
        ObjectNode mixed = body.deepCopy();
        ((ArrayNode) mixed.get("payment_gateway_names")).add("gift_card");
        assertThat(refusal(mixed)).contains("\"field\":\"transactions\"");
        ObjectNode noUnits = body.deepCopy();
        ((ObjectNode) noUnits.path("line_items").get(1)).put("quantity", 0);
        assertThat(refusal(noUnits)).contains("line_items[1].quantity");
        ObjectNode moreOff = body.deepCopy();
        ((ObjectNode) moreOff.path("line_items").get(1)).put("price", "1.00");
        assertThat(refusal(moreOff)).contains("line_items[1].discount_allocations");
        ObjectNode nowhere = body.deepCopy();
        ((ObjectNode) nowhere.path("shipping_address")).put("country_code", "XX");
        assertThat(refusal(nowhere)).contains("shipping_address.country_code");
        assertThat(shop.control("POST", "/shopify/" + TestingShop.SHOP + "/orders", "{nope")
                        .statusCode())
                .isEqualTo(400);
    }

    private String refusal(Object body) {
        HttpResponse<String> response = shop.control("POST", "/shopify/" + TestingShop.SHOP + "/orders", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        return response.body();
    }

    @Test
    void shopsWithoutAndWithThreeDecimalsCountInTheirOwn() {
        try (TestingShop yen = new TestingShop(SandboxConfig.inMemory(), "northwind-jp.myshopify.com")) {
            ObjectNode body = simple("JPY", "2500");
            yen.take(body);
            assertThat(yen.order(body).at("/totalPriceSet/shopMoney/amount").asText())
                    .isEqualTo("2500.0");
        }
        try (TestingShop dinar = new TestingShop(SandboxConfig.inMemory(), "northwind-kw.myshopify.com")) {
            ObjectNode body = simple("KWD", "7.525");
            dinar.take(body);
            assertThat(dinar.order(body).at("/totalPriceSet/shopMoney/amount").asText())
                    .isEqualTo("7.525");
        }
    }

    private static ObjectNode simple(String currency, String price) {
        ObjectNode body = Json.object();
        body.put("id", 77).put("name", "#77").put("currency", currency).put("created_at", "2026-11-23T10:00:00Z");
        body.put("total_price", price).put("subtotal_price", price).put("financial_status", "paid");
        body.putArray("line_items")
                .addObject()
                .put("id", 1)
                .put("quantity", 1)
                .put("price", price)
                .put("sku", "NW-MUG-RED");
        return body;
    }

    private static ObjectNode withLines(int count) {
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        JsonNode sample = body.path("line_items").get(0);
        ArrayNode lines = body.putArray("line_items");
        for (int index = 1; index <= count; index++) {
            lines.add(((ObjectNode) sample.deepCopy()).put("id", 1000 + index));
        }
        return body;
    }
}
