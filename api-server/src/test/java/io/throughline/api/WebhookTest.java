package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookTest {
    private static final String SECRET = "synthetic-app-secret-for-tests";
    private static final String SQUARE_KEY = "synthetic-square-signature-key";
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String JAPANS_SECRET = "synthetic-app-secret-of-jp";
    private static final String SQUARE_ADDRESS = TestingApi.PUBLIC_URL + "/webhooks/square";

    private final TestingApi api = TestingApi.get();
    private final String event = UUID.randomUUID().toString();
    private final long orderId = Math.abs(UUID.randomUUID().getMostSignificantBits() >> 8);

    @Test
    void isStoredAsAHintWithoutPersonalData() {
        Answer answer = shopify("orders/create", order(), SECRET, SHOP);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(stored("subject")).isEqualTo("order/northwind/" + orderId);
        assertThat(stored("topic")).isEqualTo("orders/create");
        assertThat(stored("account")).isEqualTo("northwind");
        assertThat(stored("body"))
                .contains("\"version\":\"2026-11-20T15:00:00Z\"")
                .doesNotContain("Canary")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        customers/update       | {"id":77,"email":"canary@example.com"} | customer/northwind/77 | {}
        customers/merge        | {"admin_graphql_api_customer_kept_id":"gid://shopify/Customer/77","admin_graphql_api_customer_deleted_id":"gid://shopify/Customer/78"} | customer/northwind/77 | "gone":"78"
        customers/data_request | {"customer":{"id":77,"email":"canary@example.com"},"orders_requested":[5],"data_request":{"id":9}} | privacy/northwind | "request":"9"
        customers/redact       | {"customer":{"id":77,"phone":"canary"},"orders_to_redact":[5,6]} | privacy/northwind | "orders":["5","6"]
        shop/redact            | {"shop_id":1,"shop_domain":"canary"}  | privacy/northwind     | {}
        bulk_operations/finish | {"admin_graphql_api_id":"gid://shopify/BulkOperation/1"} | catalog/northwind | {}
        """)
    void whatIsAboutNoOrderIsStoredWithoutNamesToo(String topic, String body, String subject, String kept) {
        assertThat(shopify(topic, body, SECRET, SHOP).status()).isEqualTo(200);

        assertThat(stored("subject")).isEqualTo(subject);
        assertThat(stored("body")).contains(kept).doesNotContain("canary");
    }

    @Test
    void aCustomerWithoutANumberIsUnreadable() {
        assertThat(shopify("customers/redact", "{\"customer\":{}}", SECRET, SHOP)
                        .status())
                .isEqualTo(200);
        assertThat(api.query("select topic from inbox_message where event_id = '" + event + "'"))
                .isEmpty();
    }

    @Test
    void isStoredOnceHoweverOftenItComes() {
        shopify("orders/create", order(), SECRET, SHOP);
        Map<String, String> before = api.rows();

        assertThat(shopify("orders/create", order(), SECRET, SHOP).status()).isEqualTo(200);
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void anOldOneIsTakenForRetriesAreOld() {
        assertThat(api.send(shopifyRequest("orders/create", order(), SECRET, SHOP)
                                .header("X-Shopify-Triggered-At", "2020-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "altered",
                "other secret",
                "another of our shops",
                "the secret of another of our shops",
                "unknown shop",
                "no shop",
                "no signature",
                "hex",
                "short",
                "empty",
                "blank"
            })
    void aForgedOneIsRefused(String how) {
        HttpRequest.Builder request = shopifyRequest("orders/create", order(), SECRET, SHOP);
        String signature = sign(order(), SECRET);
        switch (how) {
            case "altered" -> request.POST(HttpRequest.BodyPublishers.ofString(order().replace("94.94", "94.95")));
            case "other secret" -> request.setHeader("X-Shopify-Hmac-Sha256", sign(order(), "another"));
            case "another of our shops" -> request.setHeader("X-Shopify-Shop-Domain", "northwind-jp.myshopify.com");
            case "the secret of another of our shops" ->
                request.setHeader("X-Shopify-Hmac-Sha256", sign(order(), JAPANS_SECRET));
            case "unknown shop" -> request.setHeader("X-Shopify-Shop-Domain", "evil.myshopify.com");
            case "no shop" -> request.setHeader("X-Shopify-Shop-Domain", "");
            case "no signature" ->
                request = api.to("/webhooks/shopify")
                        .header("X-Shopify-Topic", "orders/create")
                        .header("X-Shopify-Shop-Domain", SHOP)
                        .POST(HttpRequest.BodyPublishers.ofString(order()));
            case "hex" ->
                request.setHeader(
                        "X-Shopify-Hmac-Sha256",
                        HexFormat.of().formatHex(Base64.getDecoder().decode(signature)));
            case "short" -> request.setHeader("X-Shopify-Hmac-Sha256", signature.substring(0, 8));
            case "empty" -> request.setHeader("X-Shopify-Hmac-Sha256", "");
            default -> request.setHeader("X-Shopify-Hmac-Sha256", " ");
        }
        Map<String, String> before = api.rows();

        Answer answer = api.send(request);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("/type")).isEqualTo("urn:throughline:problem:forged");
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void eachShopsOwnSecretSignsForIt() {
        assertThat(shopify("orders/create", order(), JAPANS_SECRET, "northwind-jp.myshopify.com")
                        .status())
                .isEqualTo(200);
        assertThat(stored("account")).isEqualTo("northwind-jp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Shopify-Topic", "X-Shopify-Webhook-Id", "X-Shopify-Event-Id"})
    void headersThatNobodySignedAreNotBelieved(String header) {
        for (String value : List.of("x".repeat(201), noise(12_000), "a b", "a\tb")) {
            Map<String, String> before = api.rows();

            Answer answer = api.send(
                    shopifyRequest("orders/create", order(), SECRET, SHOP).setHeader(header, value));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("/type")).isEqualTo("urn:throughline:problem:malformed-request");
            assertThat(api.rows()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"\\u0000\"}",
                "{\"id\":\"gid://shopify/Order/1\\u0000\"}",
                "{\"id\":\"\\ud800\"}",
                "{\"id\":1e400}",
                "{\"id\":NaN}",
                "\u0000",
                ""
            })
    void whateverShopifySignsIsNoError(String body) {
        assertThat(shopify("orders/create", body, SECRET, SHOP).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1_001, 100_000})
    void howeverDeepItIsIsNoError(int depth) {
        String body = "{\"id\":" + orderId + ",\"deep\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        assertThat(shopify("orders/create", body, SECRET, SHOP).status()).isEqualTo(200);
        assertThat(square(body, SQUARE_KEY, SQUARE_ADDRESS).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"event_id\":\"a\\u0000b\",\"type\":\"order.updated\"",
                "\"event_id\":\"a\",\"type\":\"order.\\u0000updated\"",
                "\"event_id\":\"a b\",\"type\":\"order.updated\"",
                "\"event_id\":\"\\ud800\",\"type\":\"order.updated\"",
                "\"event_id\":\"LONG\",\"type\":\"order.updated\"",
                "\"event_id\":\"a\",\"type\":\"LONG\"",
                "\"event_id\":{},\"type\":\"order.updated\""
            })
    void anEventOfSquaresWithoutAUsableNameIsKeptForAPerson(String names) {
        String body = "{\"merchant_id\":\"NORTHWIND\",%s,\"note\":\"%s\",\"data\":{\"id\":\"SQO-1\"}}"
                .formatted(names.replace("LONG", noise(12_000)), event);
        long unreadable = unreadable();

        assertThat(square(body, SQUARE_KEY, SQUARE_ADDRESS).status()).isEqualTo(200);
        assertThat(unreadable()).isEqualTo(unreadable + 1);
    }

    @Test
    void theSignatureIsOverTheBytesAndNotOverTheirMeaning() {
        String spaced = order().replace(":", " : ");
        assertThat(api.send(shopifyRequest("orders/create", order(), SECRET, SHOP)
                                .POST(HttpRequest.BodyPublishers.ofString(spaced)))
                        .status())
                .isEqualTo(401);
        assertThat(shopify("orders/create", spaced, SECRET, SHOP).status()).isEqualTo(200);
    }

    @Test
    void whatIsAuthenticButUnreadableIsKeptForAPerson() {
        String nonsense = "{\"event\":\"" + event + "\", nonsense";
        Map<String, String> before = api.rows();

        assertThat(shopify("orders/create", nonsense, SECRET, SHOP).status()).isEqualTo(200);
        Map<String, String> after = api.rows();
        assertThat(after.entrySet())
                .as("nothing but the message itself")
                .allMatch(rows ->
                        rows.getKey().startsWith("inbox_") || rows.getValue().equals(before.get(rows.getKey())));
        assertThat(api.query("select subject from inbox_message where topic = 'webhook/unreadable' order by id desc"))
                .get()
                .asString()
                .startsWith("unreadable/northwind/sha256:");
    }

    @Test
    void ofAProductItsNumberIsKept() {
        String body = "{\"id\":788032119674292922,\"title\":\"Field tee\",\"variants\":[]}";

        assertThat(shopify("products/create", body, SECRET, SHOP).status()).isEqualTo(200);

        assertThat(api.query("select body from inbox_message where subject = 'products/northwind' order by id desc"))
                .get()
                .asString()
                .contains("788032119674292922")
                .doesNotContain("Field tee");
    }

    @Test
    void whatIsAboutNothingOfOursIsAcknowledgedAndLetGo() {
        Map<String, String> before = api.rows();

        assertThat(shopify("collections/update", "{\"id\":1}", SECRET, SHOP).status())
                .isEqualTo(200);
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void nothingIsKeptOfAnAccountThatIsOff() {
        try (TestingApi.Another off = api.with(Map.of("NORTHWIND_MODE", "OFF"))) {
            Map<String, String> before = api.rows();
            for (String topic : List.of("orders/create", "inventory_levels/update")) {
                for (String body : List.of(order(), "nonsense")) {
                    HttpRequest.Builder request =
                            shopifyRequest(topic, body, SECRET, SHOP).uri(off.at("/webhooks/shopify"));
                    assertThat(api.send(request).status()).as(topic).isEqualTo(200);
                }
            }
            assertThat(api.rows()).isEqualTo(before);
            assertThat(api.send(shopifyRequest("orders/create", order(), "another", SHOP)
                                    .uri(off.at("/webhooks/shopify")))
                            .status())
                    .as("a forged one is refused all the same")
                    .isEqualTo(401);
        }
    }

    @Test
    void whatIsAboutStockWakesTheHearingOfItsAccount() {
        assertThat(shopify("inventory_levels/update", "{\"inventory_item_id\":1}", SECRET, SHOP)
                        .status())
                .isEqualTo(200);
        assertThat(api.query("select subject from inbox_message where topic = 'inventory_levels/update' limit 1"))
                .contains("stock/northwind");

        String body = """
                {"merchant_id":"NORTHWIND","type":"inventory.count.updated","event_id":"%s","data":{"object":
                {"inventory_counts":[{"catalog_object_id":"SQ-NW-MUG-RED","location_id":"LHARBOR","quantity":"7"}]}}}
                """.formatted(event);
        assertThat(square(body, SQUARE_KEY, SQUARE_ADDRESS).status()).isEqualTo(200);
        assertThat(api.query("select subject from inbox_message where topic = 'inventory.count.updated' limit 1"))
                .contains("stock/square-northwind");
    }

    @Test
    void squareSignsTheAddressWithTheBody() {
        String body = """
            {"merchant_id":"NORTHWIND","type":"order.updated","event_id":"%s","created_at":"2026-11-20T15:00:00Z",
            "data":{"type":"order_updated","id":"SQO-1","object":{"order_updated":{"order_id":"SQO-1","location_id":"LHARBOR"}}}}
            """.formatted(event);

        assertThat(square(body, SQUARE_KEY, SQUARE_ADDRESS).status()).isEqualTo(200);
        assertThat(stored("subject")).isEqualTo("work/square-northwind/SQO-1");
        assertThat(stored("topic")).isEqualTo("order.updated");
        Map<String, String> once = api.rows();
        assertThat(square(body, SQUARE_KEY, SQUARE_ADDRESS).status()).isEqualTo(200);
        assertThat(api.rows()).isEqualTo(once);
        assertThat(square(body, SQUARE_KEY, "https://evil.example/webhooks/square")
                        .status())
                .isEqualTo(401);
        assertThat(square(body, "another", SQUARE_ADDRESS).status()).isEqualTo(401);
        assertThat(square(body.replace("NORTHWIND", "OTHER"), SQUARE_KEY, SQUARE_ADDRESS)
                        .status())
                .isEqualTo(200);
        assertThat(api.query("select account from inbox_message where topic = 'webhook/unreadable' order by id desc"))
                .contains("square-northwind");
    }

    @Test
    void aBodyOfMoreThanTwoMebibytesIsRefused() {
        String large = "{\"id\":1,\"note\":\"" + "x".repeat(2 << 20) + "\"}";

        assertThat(shopify("orders/create", large, SECRET, SHOP).status()).isEqualTo(413);
        assertThat(shopify("orders/create", large.substring(0, 2_000_000), SECRET, SHOP)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void deadLettersAreListedAndPutBackByAnAdministrator() {
        shopify("orders/create", "not JSON " + event, SECRET, SHOP);
        while (api.database()
                .inbox()
                .dispatchNext(message -> new io.throughline.domain.inbox.Inbox.Handling.Unreadable("no"))) {
            // until nothing is due
        }

        Answer list = api.get("/v1/dead-letters?limit=1", Role.SUPPORT);
        String id = list.text("/deadLetters/0/id");
        assertThat(api.get("/v1/cases?code=INBOX_UNREADABLE&status=OPEN", Role.SUPPORT)
                        .body())
                .contains("\"inbox/" + id + "\"");
        assertThat(list.text("/deadLetters/0/topic")).isEqualTo("webhook/unreadable");
        assertThat(api.post("/v1/dead-letters/" + id + "/replay", Role.ADMIN, "{}")
                        .status())
                .isEqualTo(202);
        assertThat(api.post("/v1/dead-letters/" + id + "/replay", Role.ADMIN, "{}")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/v1/cases?code=INBOX_UNREADABLE&status=OPEN", Role.SUPPORT)
                        .body())
                .doesNotContain("\"inbox/" + id + "\"");
    }

    @Test
    void aDeadLetterIsGivenUpByAnAdministrator() {
        shopify("orders/create", "not JSON either " + event, SECRET, SHOP);
        while (api.database()
                .inbox()
                .dispatchNext(message -> new io.throughline.domain.inbox.Inbox.Handling.Unreadable("no"))) {
            // until nothing is due
        }
        String id = api.get("/v1/dead-letters?limit=1", Role.SUPPORT).text("/deadLetters/0/id");

        assertThat(api.post("/v1/dead-letters/" + id + "/discard", Role.SUPPORT, "{}")
                        .status())
                .isEqualTo(403);
        assertThat(api.post("/v1/dead-letters/" + id + "/discard", Role.ADMIN, "{}")
                        .status())
                .isEqualTo(202);
        assertThat(api.get("/v1/dead-letters?limit=500", Role.SUPPORT).body()).doesNotContain("\"id\":" + id + ",");
        assertThat(api.get("/v1/cases?code=INBOX_UNREADABLE&status=OPEN", Role.SUPPORT)
                        .body())
                .doesNotContain("\"inbox/" + id + "\"");
    }

    private String order() {
        return """
            {"id":%d,"name":"#1001","updated_at":"2026-11-20T16:00:00+01:00","total_price":"94.94",
            "email":"ada@canary.example","shipping_address":{"name":"Ada Canary","address1":"1 Canary Wharf"}}
            """.formatted(orderId);
    }

    private Answer shopify(String topic, String body, String secret, String shop) {
        return api.send(shopifyRequest(topic, body, secret, shop));
    }

    private HttpRequest.Builder shopifyRequest(String topic, String body, String secret, String shop) {
        return api.to("/webhooks/shopify")
                .header("Content-Type", "application/json")
                .header("X-Shopify-Topic", topic)
                .header("X-Shopify-Shop-Domain", shop)
                .header("X-Shopify-Api-Version", "2026-10")
                .header("X-Shopify-Webhook-Id", UUID.randomUUID().toString())
                .header("X-Shopify-Event-Id", event)
                .header("X-Shopify-Hmac-Sha256", sign(body, secret))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private Answer square(String body, String key, String address) {
        return api.send(api.to("/webhooks/square")
                .header("Content-Type", "application/json")
                .header("x-square-hmacsha256-signature", sign(address + body, key))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String sign(String text, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Text that does not become shorter by packing, as a database packs what it indexes. */
    private static String noise(int length) {
        return new Random(42)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private long unreadable() {
        return api.query("select count(*) from inbox_message where topic = 'webhook/unreadable'")
                .map(Long::parseLong)
                .orElseThrow();
    }

    private String stored(String column) {
        return api.query("select " + column + " from inbox_message where event_id = '" + event + "'")
                .orElseThrow();
    }
}
