package io.throughline.connectors.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.connectors.shopify.client.Json;
import io.throughline.connectors.shopify.client.Patience;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.ClosedDoor;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.order.OrderKey;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A sandbox of our own with a connector that talks to it. Orders get ids that no other test has. */
public final class TestingSandbox implements AutoCloseable {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/webhooks/shopify");
    private static final AtomicLong IDS = new AtomicLong(7_200_000_000_000L);

    private final Sandbox sandbox;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ShopifyConnector connector;
    private final ShopifyConnector impatient;
    private final ShopifyConnector unreachable;

    private TestingSandbox(SandboxConfig config) {
        sandbox = Sandbox.start(config);
        connector = connector(new Patience(50, Duration.ofMillis(20)), NOWHERE);
        impatient = connector(new Patience(1, Duration.ZERO), NOWHERE);
        unreachable = connector(ClosedDoor.uri(), Patience.USUAL, NOWHERE);
        allowCalls(1_000_000);
    }

    /** So many points of calls, and hardly any more by and by. */
    void allowCalls(int points) {
        control(
                "PUT",
                "/shopify/throttle",
                "{\"maximumAvailable\":1000000,\"restoreRate\":1,\"currentlyAvailable\":" + points + "}",
                204);
    }

    private ShopifyConnector connector(Patience patience, URI webhooks) {
        return connector(sandbox.base("shopify"), patience, webhooks);
    }

    private static ShopifyConnector connector(URI shopify, Patience patience, URI webhooks) {
        return new ShopifyConnector(
                Stream.of(SampleShops.northwind(), SampleShops.japan(), SampleShops.kuwait())
                        .map(shop -> shop.withBaseUrl(URI.create(shopify + "/" + shop.shopDomain()))
                                .withTimeout(Trouble.PATIENCE)
                                .withWebhookUri(webhooks))
                        .toList(),
                SampleShops.facilities(),
                Clock.systemUTC(),
                patience);
    }

    /** Another one, whose webhooks shall go elsewhere. */
    ShopifyConnector connector(URI webhooks) {
        return connector(Patience.USUAL, webhooks);
    }

    static TestingSandbox start() {
        return new TestingSandbox(SandboxConfig.inMemory().withSetting("shopify.job.millis", "1"));
    }

    /** Jobs take longer than anybody waits. */
    static TestingSandbox startWithSlowJobs() {
        return new TestingSandbox(SandboxConfig.inMemory().withSetting("shopify.job.millis", "600000"));
    }

    ShopifyConnector connector() {
        return connector;
    }

    /** Looks once where the other one waits. */
    ShopifyConnector impatient() {
        return impatient;
    }

    /** Nobody listens where it calls. */
    ShopifyConnector unreachable() {
        return unreachable;
    }

    OrderKey take(String payload) {
        return take(payload, body -> {});
    }

    OrderKey take(String payload, Consumer<ObjectNode> change) {
        return take(SampleShops.NORTHWIND, SampleShops.DOMAIN, payload, change);
    }

    OrderKey take(AccountId account, String domain, String payload, Consumer<ObjectNode> change) {
        ObjectNode body = (ObjectNode) json(SampleShops.resource("/payloads/" + payload + ".json"));
        long id = IDS.addAndGet(1000);
        body.put("id", id);
        body.put("admin_graphql_api_id", "gid://shopify/Order/" + id);
        body.put("name", "#T" + id);
        body.put("order_number", id % 1_000_000);
        renumber(body, "line_items", "LineItem", id);
        renumber(body, "shipping_lines", "ShippingLine", id + 500);
        change.accept(body);
        control("POST", "/shopify/" + domain + "/orders?webhooks=none", body.toString(), 201);
        return new OrderKey(account, Long.toString(id));
    }

    private static void renumber(ObjectNode body, String list, String type, long from) {
        long id = from;
        for (JsonNode item : body.path(list)) {
            id++;
            ((ObjectNode) item).put("id", id);
            if (item.has("admin_graphql_api_id")) {
                ((ObjectNode) item).put("admin_graphql_api_id", "gid://shopify/" + type + "/" + id);
            }
        }
    }

    /** The stand-in's own picture of an order. */
    JsonNode order(OrderKey key) {
        return control("GET", "/shopify/" + SampleShops.DOMAIN + "/orders/" + key.externalId(), "", 200);
    }

    JsonNode control(String method, String path, String body, int expected) {
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(URI.create(sandbox.controlBase() + path))
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (response.statusCode() != expected) {
                throw new AssertionError(method + " " + path + " gave " + response.statusCode() + ": "
                        + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
            }
            return response.body().length == 0 ? Json.mapper().createObjectNode() : json(response.body());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    void script(String facility, String behaviour) {
        control(
                "PUT",
                "/shopify/locations/" + facility + "/script",
                "{\"behaviour\":\"" + behaviour + "\",\"reason\":\"INVENTORY_OUT_OF_STOCK\"}",
                200);
    }

    /** Plays the warehouse: accept, reject, ship, accept-cancellation, reject-cancellation; or the shop: hold, release-hold. */
    void warehouse(String workGid, String action) {
        control(
                "POST",
                "/shopify/" + SampleShops.DOMAIN + "/fulfillment-orders/"
                        + workGid.substring(workGid.lastIndexOf('/') + 1) + "/" + action,
                "{}",
                200);
    }

    /** What the shop's staff does with a fulfillment order in the admin: move, split. */
    void admin(String workGid, String action, String body) {
        control(
                "POST",
                "/shopify/" + SampleShops.DOMAIN + "/fulfillment-orders/"
                        + workGid.substring(workGid.lastIndexOf('/') + 1) + "/" + action,
                body,
                200);
    }

    /** Work for a warehouse, as Shopify has planned it for a new order. */
    Work planned() {
        OrderKey key = take("orders_paid_two_lines_tax_discount");
        return SampleShops.work(connector.orders().read(key).orElseThrow().order(), 1);
    }

    /** All that the main shop tells, and to where. */
    JsonNode subscriptions() {
        return control("GET", "/shopify/" + SampleShops.DOMAIN + "/subscriptions", "", 200);
    }

    void dropSubscriptions() {
        control("DELETE", "/shopify/" + SampleShops.DOMAIN + "/subscriptions", "", 204);
    }

    /** The next call of this operation goes wrong. */
    void fault(String operation, Trouble trouble) {
        control("POST", "/faults", trouble.rule("shopify", operation), 201);
    }

    void fault(String operation, String kind, Map<String, Object> more) {
        ObjectNode rule = Json.mapper().createObjectNode();
        rule.put("system", "shopify").put("operation", operation).put("kind", kind);
        more.forEach((name, value) -> rule.set(name, Json.mapper().valueToTree(value)));
        control("POST", "/faults", rule.toString(), 201);
    }

    void fault(String operation, String kind) {
        fault(operation, kind, Map.of());
    }

    /** Returns once no fault lies in wait any more. */
    void awaitFaultStruck() {
        Instant until = Instant.now().plusSeconds(5);
        while (!control("GET", "/faults", "", 200).isEmpty()) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError("nothing met the fault");
            }
            Thread.onSpinWait();
        }
    }

    void noMoreFaults() {
        sandbox.faults().clear();
    }

    /** How often an operation really changed this order. */
    long effects(OrderKey order, String operation) {
        return effects(operation).stream()
                .filter(effect -> effect.path("subject").asText().equals("gid://shopify/Order/" + order.externalId()))
                .count();
    }

    List<JsonNode> effects(String operation) {
        return sandbox.ledger().read(java.util.Optional.of("shopify"), 0).stream()
                .filter(effect -> effect.path("operation").asText().equals(operation))
                .toList();
    }

    long attempts(String operation) {
        return sandbox.ledger().attempts(java.util.Optional.of("shopify"), 0).stream()
                .filter(attempt -> attempt.path("operation").asText().equals(operation))
                .count();
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        connector.close();
        impatient.close();
        unreachable.close();
        sandbox.close();
    }
}
