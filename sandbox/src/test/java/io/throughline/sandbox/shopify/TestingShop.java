package io.throughline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import io.throughline.sandbox.core.TestingClock;
import io.throughline.sandbox.core.TestingHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One shop of a sandbox of its own, with a token, and the operations of {@code shopify/operations} by their names. */
final class TestingShop implements AutoCloseable {

    static final String SHOP = "northwind-demo.myshopify.com";
    static final long EAST = 70_000_000_001L;
    static final long WEST = 70_000_000_002L;
    static final long DOWNTOWN = 70_000_000_003L;
    static final String TWO_LINES = "orders_paid_two_lines_tax_discount.json";
    static final String PICKUP = "orders_paid_bopis.json";
    static final String FOREIGN = "orders_paid_multicurrency_giftcard.json";

    private static final Pattern OPERATION = Pattern.compile("(?m)^(?:query|mutation) (\\w+)");

    private final TestingClock clock = new TestingClock();
    private final Sandbox sandbox;
    private final Map<String, String> operations = operations();
    private final String shop;
    private String token;

    TestingShop() {
        this(SandboxConfig.inMemory(), SHOP);
    }

    TestingShop(SandboxConfig config, String shop) {
        sandbox = Sandbox.start(config.withClock(clock)
                .withWebhookRetryBase(Duration.ofMillis(5))
                .withSetting("shopify.job.millis", "0"));
        this.shop = shop;
        token = newToken();
    }

    Sandbox sandbox() {
        return sandbox;
    }

    TestingClock clock() {
        return clock;
    }

    String newToken() {
        SampleRetailer.Shop app = SampleRetailer.load().shops().stream()
                .filter(each -> each.domain().equals(shop))
                .findFirst()
                .orElseThrow();
        ObjectNode asked = Json.object()
                .put("client_id", app.clientId())
                .put("client_secret", app.clientSecret())
                .put("grant_type", "client_credentials");
        token = TestingHttp.json(wire("/admin/oauth/access_token", asked))
                .path("access_token")
                .asText();
        return token;
    }

    HttpResponse<String> wire(String path, JsonNode body) {
        return send("POST", sandbox.base("shopify") + "/" + shop + path, body, "X-Shopify-Access-Token", text(token));
    }

    private static String text(String maybe) {
        return maybe == null ? "none" : maybe;
    }

    /** The whole answer, errors, extensions and all. */
    JsonNode answer(String operation, ObjectNode variables) {
        ObjectNode call = Json.object();
        call.put("query", Objects.requireNonNull(operations.get(operation), operation));
        call.put("operationName", operation);
        call.set("variables", variables);
        HttpResponse<String> response = wire("/admin/api/2026-10/graphql.json", call);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestingHttp.json(response);
    }

    /** The root field's value; fails where there was a top-level error. */
    JsonNode play(String operation, ObjectNode variables) {
        JsonNode answer = answer(operation, variables);
        assertThat(answer.path("errors")).as(answer.toPrettyString()).isEmpty();
        return answer.path("data").iterator().next();
    }

    /** A mutation's payload without user errors. */
    JsonNode change(String operation, ObjectNode variables) {
        JsonNode payload = play(operation, variables);
        assertThat(payload.path("userErrors").toString()).isIn("[]", "");
        assertThat(payload.path("orderCancelUserErrors").toString()).isIn("[]", "");
        return payload;
    }

    /** A mutation's first user error. */
    JsonNode refused(String operation, ObjectNode variables) {
        JsonNode payload = play(operation, variables);
        JsonNode errors =
                payload.has("userErrors") ? payload.path("userErrors") : payload.path("orderCancelUserErrors");
        assertThat(errors).as(payload.toPrettyString()).isNotEmpty();
        return errors.get(0);
    }

    HttpResponse<String> control(String method, String path, Object body) {
        return send(method, sandbox.controlBase() + path, body);
    }

    JsonNode take(ObjectNode body) {
        return take(body, "");
    }

    JsonNode take(ObjectNode body, String query) {
        HttpResponse<String> response = control("POST", "/shopify/" + shop + "/orders" + query, body);
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
        return TestingHttp.json(response);
    }

    JsonNode order(ObjectNode body) {
        return play(
                "WholeOrder", variables("id", Gid.of("Order", body.path("id").asLong())));
    }

    JsonNode work(ObjectNode body) {
        return play(
                        "WorkOfOrder",
                        variables("orderId", Gid.of("Order", body.path("id").asLong())))
                .path("fulfillmentOrders")
                .path("nodes");
    }

    JsonNode workOf(String gid) {
        return play("Work", variables("id", gid));
    }

    int quantity(int product, long location, String name) {
        ObjectNode variables = variables(
                "itemId",
                Gid.of("InventoryItem", 47_100_000_000_000L + product),
                "locationId",
                Gid.of("Location", location));
        variables.putArray("names").add(name);
        return play("Level", variables)
                .path("inventoryLevel")
                .path("quantities")
                .path(0)
                .path("quantity")
                .asInt();
    }

    List<JsonNode> effects(String operation) {
        return sandbox.ledger().read(Optional.of("shopify"), 0).stream()
                .filter(effect -> effect.path("operation").asText().equals(operation))
                .toList();
    }

    static ObjectNode variables(String... pairs) {
        ObjectNode variables = Json.object();
        for (int index = 0; index < pairs.length; index += 2) {
            variables.put(pairs[index], pairs[index + 1]);
        }
        return variables;
    }

    static ObjectNode payload(String file) {
        return (ObjectNode) Json.parse(bytes("/shopify/payloads/" + file));
    }

    static byte[] bytes(String resource) {
        try (var stream = Objects.requireNonNull(TestingShop.class.getResourceAsStream(resource), resource)) {
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The two-line order, not captured yet. */
    static ObjectNode authorized() {
        return payload(TWO_LINES).put("financial_status", "authorized");
    }

    static ObjectNode foreign() {
        ObjectNode body = payload(FOREIGN);
        ArrayNode transactions = body.putArray("transactions");
        transactions.add(payload("order_transactions_create_giftcard.json"));
        transactions.add(payload("order_transactions_create_card.json"));
        return body;
    }

    private static Map<String, String> operations() {
        Map<String, String> byName = new LinkedHashMap<>();
        for (Path file : operationFiles()) {
            try {
                String text = Files.readString(file);
                Matcher matcher = OPERATION.matcher(text);
                while (matcher.find()) {
                    byName.put(matcher.group(1), text);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return byName;
    }

    static List<Path> operationFiles() {
        try (var files = Files.list(Path.of("src/test/resources/shopify/operations"))) {
            return files.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static HttpResponse<String> send(String method, String address, Object body, String... headers) {
        try {
            String text = body instanceof String plain ? plain : Json.text(body);
            return TestingHttp.call(method, URI.create(address), text, headers);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
