package io.throughline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.TestingReceiver;
import io.throughline.sandbox.core.TestingReceiver.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final String SECRET = "synthetic-app-secret-for-tests";

    private final TestingShop shop = new TestingShop();
    private final TestingReceiver receiver = new TestingReceiver();

    WebhookTest() throws IOException {}

    @AfterEach
    void stop() {
        shop.close();
        receiver.close();
    }

    private String subscribe(String topic) {
        ObjectNode variables = TestingShop.variables("topic", topic);
        variables
                .putObject("subscription")
                .put("uri", receiver.address().toString())
                .put("name", "orders-in");
        return shop.change("Subscribe", variables).at("/webhookSubscription/id").asText();
    }

    private int subscriptions() {
        return shop.play("Subscriptions", Json.object()).path("nodes").size();
    }

    private void webhookFault(String kind) {
        assertThat(shop.control(
                                "POST",
                                "/webhook-faults",
                                "{\"kind\":\"" + kind + "\",\"topic\":\"orders/paid\",\"delayMillis\":400}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void signaturesAreThoseOfShopify() {
        JsonNode vectors = Json.parse(TestingShop.bytes("/shopify/payloads/hmac_vectors.json"));

        assertThat(vectors).isNotEmpty().allSatisfy(vector -> {
            byte[] body =
                    TestingShop.bytes("/shopify/payloads/" + vector.path("file").asText());
            assertThat(WebhookSignature.of(body, vector.path("secret").asText()))
                    .isEqualTo(vector.at("/headers/x-shopify-hmac-sha256").asText());
        });
    }

    @Test
    void onlySubscribedTopicsAreSentAndEachIsSigned() throws InterruptedException {
        subscribe("ORDERS_PAID");
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body);

        Message message = receiver.next();

        assertThat(message.headers())
                .containsEntry("x-shopify-topic", "orders/paid")
                .containsEntry("x-shopify-shop-domain", TestingShop.SHOP)
                .containsEntry("x-shopify-api-version", "2026-10")
                .containsEntry("x-shopify-name", "orders-in")
                .containsKeys("x-shopify-webhook-id", "x-shopify-event-id", "x-shopify-triggered-at")
                .containsEntry("x-shopify-hmac-sha256", WebhookSignature.of(message.body(), SECRET));
        assertThat(Json.parse(message.body()).path("id")).isEqualTo(body.path("id"));
        assertThat(Json.parse(message.body()).path("total_price").asText()).isEqualTo("94.94");
        assertThat(receiver.staysSilent(Duration.ofMillis(100))).isTrue();
    }

    @Test
    void oneEventHasOneIdAndEachSubscriptionItsOwn() throws InterruptedException {
        subscribe("ORDERS_CREATE");
        ObjectNode second = TestingShop.variables("topic", "ORDERS_CREATE");
        second.putObject("subscription").put("uri", receiver.address() + "/second");
        shop.change("Subscribe", second);
        shop.take(TestingShop.payload(TestingShop.TWO_LINES));

        Message one = receiver.next();
        Message two = receiver.next();

        assertThat(one.headers().get("x-shopify-event-id"))
                .isEqualTo(two.headers().get("x-shopify-event-id"));
        assertThat(one.headers().get("x-shopify-webhook-id"))
                .isNotEqualTo(two.headers().get("x-shopify-webhook-id"));
    }

    @Test
    void aProductThatIsMadeOrChangedIsToldUnlessItIsToBeSilent() throws InterruptedException {
        subscribe("PRODUCTS_CREATE");
        subscribe("PRODUCTS_UPDATE");
        String variants = "/shopify/northwind-demo.myshopify.com/variants";
        shop.control("POST", variants, "{\"count\":1}");
        shop.control("POST", variants + "?webhooks=auto", "{\"count\":2}");
        shop.control("PUT", variants + "?webhooks=none", "{\"sku\":\"NW-MUG-RED\",\"price\":\"18.50\"}");
        shop.control("PUT", variants, "{\"sku\":\"NW-MUG-RED\",\"price\":\"19.00\"}");

        Map<String, JsonNode> told = new HashMap<>();
        for (int count = 0; count < 2; count++) {
            Message next = receiver.next();
            told.put(next.headers().get("x-shopify-topic"), Json.parse(next.body()));
        }

        assertThat(told).containsOnlyKeys("products/create", "products/update");
        assertThat(told.get("products/create").at("/variants/0/sku").asText()).isEqualTo("MADE-UP-000002");
        assertThat(told.get("products/update").path("id").asLong()).isEqualTo(15_100_000_000_005L);
        assertThat(told.get("products/update").at("/variants/0/price").asText()).isEqualTo("19.00");
    }

    @Test
    void whatHappensAtShopifyIsTold() throws InterruptedException {
        for (String topic : List.of(
                "ORDERS_CREATE",
                "ORDER_TRANSACTIONS_CREATE",
                "INVENTORY_LEVELS_UPDATE",
                "FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE",
                "FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_SUBMITTED",
                "FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_ACCEPTED",
                "FULFILLMENTS_CREATE")) {
            subscribe(topic);
        }
        shop.control(
                "PUT",
                "/shopify/locations/WH-EAST/script",
                "{\"behaviour\":\"ship\",\"acceptMillis\":0,\"shipMillis\":0}");
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body);
        shop.change(
                "RequestWork",
                TestingShop.variables("id", shop.work(body).get(0).path("id").asText()));

        List<String> topics = new ArrayList<>();
        for (int count = 0; count < 8; count++) {
            topics.add(receiver.next().headers().get("x-shopify-topic"));
        }

        assertThat(topics)
                .containsExactlyInAnyOrder(
                        "orders/create",
                        "order_transactions/create",
                        "inventory_levels/update",
                        "inventory_levels/update",
                        "fulfillment_orders/order_routing_complete",
                        "fulfillment_orders/fulfillment_request_submitted",
                        "fulfillment_orders/fulfillment_request_accepted",
                        "fulfillments/create");
    }

    @Test
    void aRefusedMessageIsTriedAgainWithTheSameBytes() throws InterruptedException {
        subscribe("ORDERS_PAID");
        receiver.refuseNext(3);
        shop.take(TestingShop.payload(TestingShop.TWO_LINES));

        Message first = receiver.next();
        for (int retry = 1; retry <= 3; retry++) {
            Message again = receiver.next();
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().get("x-shopify-webhook-id"))
                    .isEqualTo(first.headers().get("x-shopify-webhook-id"));
            assertThat(again.headers().get("x-shopify-triggered-at"))
                    .isEqualTo(first.headers().get("x-shopify-triggered-at"));
        }
        assertThat(receiver.staysSilent(Duration.ofMillis(100))).isTrue();
        assertThat(subscriptions()).isEqualTo(1);
    }

    @Test
    void aSubscriptionIsDeletedAfterEightFailedRetries() {
        subscribe("ORDERS_PAID");
        receiver.refuseNext(Integer.MAX_VALUE);
        shop.take(TestingShop.payload(TestingShop.TWO_LINES));

        Waiting.until(() -> subscriptions() == 0);

        assertThat(receiver.all()).hasSize(9);
    }

    @Test
    void aDuplicateIsTheSameMessageTwice() throws InterruptedException {
        subscribe("ORDERS_PAID");
        webhookFault("duplicate");
        shop.take(TestingShop.payload(TestingShop.TWO_LINES));

        Message one = receiver.next();
        Message two = receiver.next();

        assertThat(two.headers().get("x-shopify-webhook-id"))
                .isEqualTo(one.headers().get("x-shopify-webhook-id"));
        assertThat(two.body()).isEqualTo(one.body());
    }

    @Test
    void aLostMessageNeverComesButIsListed() throws InterruptedException {
        subscribe("ORDERS_PAID");
        webhookFault("lost");
        shop.take(TestingShop.payload(TestingShop.TWO_LINES));

        assertThat(receiver.staysSilent(Duration.ofMillis(200))).isTrue();
        assertThat(Json.parse(shop.control("GET", "/webhooks?system=shopify", "")
                                .body())
                        .findValuesAsText("outcome"))
                .containsExactly("lost");
    }

    @Test
    void messagesAreListedForWhatTheyAreAbout() throws InterruptedException {
        subscribe("ORDERS_CREATE");
        subscribe("ORDER_TRANSACTIONS_CREATE");
        shop.take(TestingShop.payload(TestingShop.TWO_LINES));
        ObjectNode wanted = TestingShop.payload(TestingShop.PICKUP);
        shop.take(wanted);
        Waiting.until(() -> listed("").size() == 4);

        assertThat(listed("&about=" + wanted.path("id").asText()).findValuesAsText("topic"))
                .containsExactlyInAnyOrder("orders/create", "order_transactions/create");
        assertThat(listed("&about=" + wanted.path("email").asText()).findValuesAsText("topic"))
                .containsExactly("orders/create");
    }

    private JsonNode listed(String more) {
        return Json.parse(
                shop.control("GET", "/webhooks?system=shopify" + more, "").body());
    }

    @Test
    void aForgedMessageDoesNotFitItsSignature() throws InterruptedException {
        subscribe("ORDERS_PAID");
        webhookFault("forged");
        shop.take(TestingShop.payload(TestingShop.TWO_LINES));

        Message forged = receiver.next();
        Message genuine = receiver.next();

        assertThat(forged.headers().get("x-shopify-hmac-sha256"))
                .isNotEqualTo(WebhookSignature.of(forged.body(), SECRET));
        assertThat(genuine.headers().get("x-shopify-hmac-sha256"))
                .isEqualTo(WebhookSignature.of(genuine.body(), SECRET));
    }

    @Test
    void aReorderedMessageIsOvertakenByTheNext() throws InterruptedException {
        subscribe("ORDERS_PAID");
        subscribe("ORDERS_UPDATED");
        shop.control(
                "POST", "/webhook-faults", "{\"kind\":\"reorder\",\"topic\":\"orders/paid\",\"delayMillis\":5000}");
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body);
        Waiting.until(() -> !Json.parse(
                        shop.control("GET", "/webhooks?system=shopify", "").body())
                .isEmpty());
        ObjectNode tags =
                TestingShop.variables("id", Gid.of("Order", body.path("id").asLong()));
        tags.putArray("tags").add("checked");
        shop.change("AddTags", tags);

        assertThat(receiver.next().headers()).containsEntry("x-shopify-topic", "orders/updated");
        assertThat(receiver.next().headers()).containsEntry("x-shopify-topic", "orders/paid");
    }

    @Test
    void anOrderTakenSilentlyIsToldOnRequest() throws InterruptedException {
        subscribe("ORDERS_CREATE");
        ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
        shop.take(body, "?webhooks=none");
        assertThat(receiver.staysSilent(Duration.ofMillis(100))).isTrue();

        shop.control(
                "POST",
                "/shopify/" + TestingShop.SHOP + "/webhooks/resend",
                "{\"order\":7100000000001,\"topic\":\"orders/create\"}");

        assertThat(Json.parse(receiver.next().body()).path("name").asText()).isEqualTo("#1501");
    }

    @Test
    void aTopicIsSubscribedOncePerAddress() {
        String id = subscribe("ORDERS_PAID");
        ObjectNode again = TestingShop.variables("topic", "ORDERS_PAID");
        again.putObject("subscription").put("uri", receiver.address().toString());
        assertThat(shop.refused("Subscribe", again).path("message").asText()).contains("already been taken");
        ((ObjectNode) again.get("subscription")).put("uri", "nowhere");
        assertThat(shop.refused("Subscribe", again).path("message").asText()).contains("invalid");

        shop.change("Unsubscribe", TestingShop.variables("id", id));

        assertThat(subscriptions()).isZero();
    }
}
