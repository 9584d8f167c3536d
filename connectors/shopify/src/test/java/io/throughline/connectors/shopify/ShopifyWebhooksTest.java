package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.shopify.ShopifyWebhooks.Forged;
import io.throughline.connectors.shopify.ShopifyWebhooks.Misaddressed;
import io.throughline.connectors.shopify.ShopifyWebhooks.Unreadable;
import io.throughline.connectors.shopify.ShopifyWebhooks.Verdict;
import io.throughline.connectors.shopify.ShopifyWebhooks.Verified;
import io.throughline.connectors.shopify.client.Json;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ChannelReturnId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShopifyWebhooksTest {
    private final ShopifyWebhooks webhooks = new ShopifyWebhooks(List.of(
            SampleShops.northwind(),
            ShopifyConfig.of(
                    SampleShops.JAPAN, "northwind-jp.myshopify.com", "throughline-app", "the-secret-of-japan")));

    static Stream<JsonNode> vectors() throws IOException {
        return Json.mapper()
                .readTree(SampleShops.resource("/payloads/hmac_vectors.json"))
                .valueStream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everySignedSampleIsVerified(JsonNode vector) {
        byte[] body = SampleShops.resource("/payloads/" + vector.path("file").asText());
        Map<String, String> headers = headersOf(vector);

        assertThat(webhooks.verify(body, headers)).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.account()).isEqualTo(SampleShops.NORTHWIND);
            assertThat(verified.topic()).isEqualTo(headers.get("x-shopify-topic"));
            assertThat(verified.eventId()).isEqualTo(headers.get("x-shopify-event-id"));
            assertThat(verified.webhookId()).isEqualTo(headers.get("x-shopify-webhook-id"));
            assertThat(verified.triggeredAt()).contains(Instant.parse("2026-11-22T17:00:09.123456789Z"));
        });
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anySampleWithOneOtherByteIsForged(JsonNode vector) {
        byte[] body = SampleShops.resource("/payloads/" + vector.path("file").asText());
        byte[] changed = Arrays.copyOf(body, body.length);
        changed[body.length / 2] ^= 1;

        assertThat(webhooks.verify(changed, headersOf(vector))).isInstanceOf(Forged.class);
    }

    @Test
    void anOrderIsNamedByItsNumberAndVersion() {
        byte[] body = SampleShops.resource("/payloads/orders_paid_bopis.json");

        assertThat(webhooks.verify(body, signed(body, "orders/paid")))
                .isInstanceOfSatisfying(Verified.class, verified -> {
                    assertThat(verified.order()).contains(new OrderKey(SampleShops.NORTHWIND, "7100000000003"));
                    assertThat(verified.version()).contains(Instant.parse("2026-11-22T17:00:07Z"));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"order_transactions/create", "refunds/create", "fulfillments/create", "disputes/create"})
    void whatBelongsToAnOrderNamesTheOrder(String topic) {
        byte[] body = text("{\"id\": 5, \"order_id\": 7100000000002}");

        assertThat(order(body, topic)).contains(new OrderKey(SampleShops.NORTHWIND, "7100000000002"));
    }

    /** It is read with its order, which the body need not name. */
    @ParameterizedTest
    @ValueSource(strings = {"returns/request", "returns/approve", "returns/decline", "returns/cancel", "returns/close"})
    void aReturnIsNamedByItsNumber(String topic) {
        byte[] body = text("""
                {"id": 246, "admin_graphql_api_id": "gid://shopify/Return/246", "status": "requested",
                 "order": {"id": 123, "admin_graphql_api_id": "gid://shopify/Order/123"}}""");

        assertThat(webhooks.verify(body, signed(body, topic)))
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(verified.notice())
                                .contains(new ShopifyNotice.ReturnChanged(
                                        new ChannelReturnId(SampleShops.NORTHWIND, "246"))));
        byte[] nothing = text("{\"id\": \"none\"}");
        assertThat(webhooks.verify(nothing, signed(nothing, topic))).isInstanceOf(Unreadable.class);
    }

    @Test
    void anEditNamesTheOrderInsideOfIt() {
        byte[] body = text("{\"order_edit\": {\"id\": 78912328793, \"order_id\": 7100000000002}}");

        assertThat(order(body, "orders/edited")).contains(new OrderKey(SampleShops.NORTHWIND, "7100000000002"));
    }

    @Test
    void aFulfillmentOrderIsNamedByItsGlobalIds() {
        byte[] body = text("""
                {"original_fulfillment_order": {"id": "gid://shopify/FulfillmentOrder/1", "status": "closed"},
                 "moved_fulfillment_order": {"id": "gid://shopify/FulfillmentOrder/2", "status": "open"},
                 "source_location": {"id": "gid://shopify/Location/3"}}""");

        assertThat(webhooks.verify(body, signed(body, "fulfillment_orders/moved")))
                .isInstanceOfSatisfying(Verified.class, verified -> {
                    assertThat(verified.order()).isEmpty();
                    assertThat(verified.work())
                            .containsExactly("gid://shopify/FulfillmentOrder/1", "gid://shopify/FulfillmentOrder/2");
                });
    }

    /** Of what was merged only the bare numbers are told. */
    @Test
    void whatWasMergedAndWhereToSomethingWasMovedIsTold() {
        byte[] merged = text("""
                {"merge_intents": [
                   {"fulfillment_order_id": 1, "fulfillment_order_line_items": [{"id": 1, "quantity": 1}]},
                   {"fulfillment_order_id": 2, "fulfillment_order_line_items": [{"id": 2, "quantity": 1}]}],
                 "fulfillment_order_merges": {
                   "fulfillment_order": {"id": "gid://shopify/FulfillmentOrder/3", "status": "open"}}}""");
        assertThat(webhooks.verify(merged, signed(merged, "fulfillment_orders/merged")))
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(verified.work())
                                .containsExactly(
                                        "gid://shopify/FulfillmentOrder/1", "gid://shopify/FulfillmentOrder/2"));
        byte[] moved = text("""
                {"original_fulfillment_order": {"id": "gid://shopify/FulfillmentOrder/1", "status": "open"},
                 "moved_fulfillment_order": {"id": "gid://shopify/FulfillmentOrder/1", "status": "open"},
                 "destination_location_id": "gid://shopify/Location/70000000004"}""");
        assertThat(webhooks.verify(moved, signed(moved, "fulfillment_orders/moved")))
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(verified.destination()).contains("70000000004"));
    }

    @Test
    void aChangedProductIsToldByItsNumber() {
        byte[] body = text("{\"id\": 788032119674292922, \"title\": \"Field tee\", \"variants\": []}");
        AccountId shop = SampleShops.NORTHWIND;

        assertThat(notice(body, "products/create"))
                .contains(new ShopifyNotice.ProductChanged(shop, "788032119674292922", false));
        assertThat(notice(text("{\"id\": 788032119674292922}"), "products/delete"))
                .contains(new ShopifyNotice.ProductChanged(shop, "788032119674292922", true));
        assertThat(notice(text("{\"shop_id\": 1, \"title\": \"Field tee\"}"), "products/update"))
                .as("the next sync reads it")
                .isEmpty();
    }

    private Optional<ShopifyNotice> notice(byte[] body, String topic) {
        return ((Verified) webhooks.verify(body, signed(body, topic))).notice();
    }

    @Test
    void aTopicThatNobodyKnowsIsVerifiedAndIsAboutNoOrder() {
        byte[] body = text("{\"id\": 1}");

        assertThat(webhooks.verify(body, signed(body, "gift_cards/create")))
                .isInstanceOfSatisfying(Verified.class, verified -> {
                    assertThat(verified.topic()).isEqualTo("gift_cards/create");
                    assertThat(verified.order()).isEmpty();
                    assertThat(verified.work()).isEmpty();
                });
    }

    @Test
    void theSecretOfAnotherShopSignsNothingHere() {
        byte[] body = SampleShops.resource("/payloads/orders_paid_bopis.json");
        Map<String, String> headers = new HashMap<>(signed(body, "orders/paid"));
        headers.put("X-Shopify-Shop-Domain", "northwind-jp.myshopify.com");

        assertThat(webhooks.verify(body, headers)).isInstanceOf(Forged.class);
    }

    @Test
    void whileASecretIsRotatedBothAreGood() {
        ShopifyWebhooks rotating =
                new ShopifyWebhooks(List.of(SampleShops.northwind().withPreviousSecret("the-old-one")));
        byte[] body = text("{\"id\": 12}");

        assertThat(rotating.verify(body, signed(body, "orders/paid", "the-old-one")))
                .isInstanceOf(Verified.class);
        assertThat(rotating.verify(body, signed(body, "orders/paid", SampleShops.SECRET)))
                .isInstanceOf(Verified.class);
        assertThat(rotating.verify(body, signed(body, "orders/paid", "neither")))
                .isInstanceOf(Forged.class);
    }

    @Test
    void headersMayBeInAnyCaseAndTheEventIdMayBeMissing() {
        byte[] body = text("{\"id\": 12}");
        Map<String, String> headers = new HashMap<>();
        signed(body, "orders/paid").forEach((name, value) -> headers.put(name.toUpperCase(Locale.ROOT), value));
        headers.remove("X-SHOPIFY-EVENT-ID");

        assertThat(webhooks.verify(body, headers))
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(verified.eventId()).isEqualTo("webhook-1"));
    }

    @Test
    void withoutAReadableSignatureItIsForged() {
        byte[] body = text("{\"id\": 12}");
        Map<String, String> without = new HashMap<>(signed(body, "orders/paid"));
        without.remove("X-Shopify-Hmac-Sha256");
        Map<String, String> garbled = new HashMap<>(signed(body, "orders/paid"));
        garbled.put("X-Shopify-Hmac-Sha256", "not base64 at all!");
        Map<String, String> stranger = new HashMap<>(signed(body, "orders/paid"));
        stranger.put("X-Shopify-Shop-Domain", "someone-else.myshopify.com");

        for (Map<String, String> headers : List.of(without, garbled, stranger, Map.<String, String>of())) {
            assertThat(webhooks.verify(body, headers)).isInstanceOf(Forged.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "17",
                "{",
                "{\"id\": 12",
                "{}",
                "{\"id\": null}",
                "{\"id\": 1.5}",
                "{\"id\": -3}",
                "{\"id\": \"x\"}",
                "{\"id\": 99999999999999999999}",
                "{\"id\": {}}",
                "{\"id\": 12} trailing"
            })
    void whatIsSignedButNoOrderIsUnreadable(String body) {
        Verdict verdict = webhooks.verify(text(body), signed(text(body), "orders/paid"));

        assertThat(verdict).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Shopify-Topic", "X-Shopify-Webhook-Id", "X-Shopify-API-Version"})
    void aSignedOneWithoutItsHeadersIsMisaddressed(String missing) {
        byte[] body = text("{\"id\": 12}");
        Map<String, String> headers = new HashMap<>(signed(body, "orders/paid"));
        headers.remove(missing);

        assertThat(webhooks.verify(body, headers)).isInstanceOf(Misaddressed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Shopify-Topic", "X-Shopify-Webhook-Id", "X-Shopify-Event-Id"})
    void namesOfEventsAreShortAndVisible(String header) {
        byte[] body = text("{\"id\": 12}");
        for (String name : List.of("a b", "a\u0000b", "a\tb", "\u00fc", "x".repeat(201))) {
            Map<String, String> headers = new HashMap<>(signed(body, "orders/paid"));
            headers.put(header, name);

            assertThat(webhooks.verify(body, headers)).as(name).isInstanceOf(Misaddressed.class);
        }
        Map<String, String> longest = new HashMap<>(signed(body, "orders/paid"));
        longest.put(header, "x".repeat(200));

        assertThat(webhooks.verify(body, longest)).isInstanceOf(Verified.class);
    }

    private Optional<OrderKey> order(byte[] body, String topic) {
        Verdict verdict = webhooks.verify(body, signed(body, topic));
        assertThat(verdict).isInstanceOf(Verified.class);
        return ((Verified) verdict).order();
    }

    private static Map<String, String> headersOf(JsonNode vector) {
        Map<String, String> headers = new HashMap<>();
        vector.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

    private static byte[] text(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> signed(byte[] body, String topic) {
        return signed(body, topic, SampleShops.SECRET);
    }

    private static Map<String, String> signed(byte[] body, String topic, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Map.of(
                    "X-Shopify-Hmac-Sha256",
                    Base64.getEncoder().encodeToString(mac.doFinal(body)),
                    "X-Shopify-Topic",
                    topic,
                    "X-Shopify-Shop-Domain",
                    SampleShops.DOMAIN,
                    "X-Shopify-API-Version",
                    "2026-10",
                    "X-Shopify-Webhook-Id",
                    "webhook-1",
                    "X-Shopify-Event-Id",
                    "event-1");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
