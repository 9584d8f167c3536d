package io.throughline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.TestingHttp;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final TestingShop shop = new TestingShop();
    private final ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);

    @AfterEach
    void stop() {
        shop.close();
    }

    private ObjectNode order(int lines) {
        return TestingShop.variables("id", Gid.of("Order", body.path("id").asLong()))
                .put("lines", lines);
    }

    @Test
    void aWholeOrderFitsOneQueryUntilItsLinesAreTooMany() {
        shop.take(body);

        JsonNode cost = shop.answer("WholeOrder", order(25)).at("/extensions/cost");
        assertThat(cost.path("requestedQueryCost").asInt()).isBetween(150, 999);
        assertThat(cost.path("actualQueryCost").asInt())
                .isPositive()
                .isLessThan(cost.path("requestedQueryCost").asInt());

        JsonNode refused = shop.answer("WholeOrder", order(250));
        assertThat(refused.has("data")).isFalse();
        assertThat(refused.at("/errors/0/extensions/code").asText()).isEqualTo("MAX_COST_EXCEEDED");
        assertThat(refused.at("/extensions/cost/requestedQueryCost").asInt()).isGreaterThan(1_000);
    }

    @Test
    void anEmptyBucketThrottlesUntilTimeRefillsIt() {
        shop.take(body);
        shop.control(
                "PUT", "/shopify/throttle", "{\"maximumAvailable\":900,\"restoreRate\":50,\"currentlyAvailable\":10}");

        JsonNode throttled = shop.answer("WholeOrder", order(25));
        assertThat(throttled.at("/errors/0/extensions/code").asText()).isEqualTo("THROTTLED");
        assertThat(throttled.at("/extensions/cost/actualQueryCost").isNull()).isTrue();
        assertThat(throttled.at("/extensions/cost/throttleStatus").toString())
                .isEqualTo("{\"maximumAvailable\":900.0,\"currentlyAvailable\":10,\"restoreRate\":50.0}");

        shop.clock().advance(Duration.ofSeconds(17));
        JsonNode paid = shop.answer("WholeOrder", order(25));
        assertThat(paid.has("errors")).isFalse();

        JsonNode account =
                TestingHttp.json(shop.control("GET", "/shopify/throttle", "")).path(TestingShop.SHOP);
        assertThat(account.path("throttled").asInt()).isEqualTo(1);
        assertThat(account.path("spent")).isEqualTo(paid.at("/extensions/cost/actualQueryCost"));
        assertThat(account.path("lowest").asDouble()).isNotNegative().isLessThan(900);
    }

    @Test
    void tokensLastADayAndCanBeTakenAway() {
        shop.take(body);
        shop.clock().advance(Duration.ofHours(24));
        ObjectNode call = Json.object().put("query", "{ shop { id } }");
        assertThat(shop.wire("/admin/api/2026-10/graphql.json", call).statusCode())
                .isEqualTo(401);

        shop.newToken();
        assertThat(shop.wire("/admin/api/2026-10/graphql.json", call).statusCode())
                .isEqualTo(200);
        shop.control("POST", "/shopify/tokens/expire", "");
        HttpResponse<String> refused = shop.wire("/admin/api/2026-10/graphql.json", call);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("Invalid API key or access token");
    }

    @Test
    void wrongCredentialsGetNoToken() throws Exception {
        URI address = URI.create(shop.sandbox().base("shopify") + "/" + TestingShop.SHOP + "/admin/oauth/access_token");
        String form = "client_id=throughline-app&client_secret=%s&grant_type=client_credentials";
        String type = "application/x-www-form-urlencoded";

        assertThat(TestingHttp.call("POST", address, form.formatted("wrong"), "Content-Type", type)
                        .body())
                .contains("invalid_client");
        assertThat(TestingHttp.call(
                                "POST", address, form.formatted("synthetic-app-secret-for-tests"), "Content-Type", type)
                        .body())
                .contains("access_token");
    }

    @Test
    void whatDoesNotFitTheSchemaIsRefused() {
        assertThat(errors("{ shop { id, nonsense } }")).contains("nonsense");
        assertThat(errors("{ shop { id ")).contains("Invalid syntax");
        assertThat(errors("query Q($id: ID!) { order(id: $id) { id } }")).contains("INVALID_VARIABLE");
        assertThat(errors("{ orders(first: 251) { nodes { id } } }")).contains("errors");
        assertThat(errors("{ orders(first: 2, query: \"status:open\") { nodes { id } } }"))
                .contains("does not play");
        assertThat(shop.wire("/admin/api/2026-10/graphql.json", Json.object()).statusCode())
                .isEqualTo(400);
        assertThat(shop.wire("/admin/api/2025-01/graphql.json", Json.object()).statusCode())
                .isEqualTo(404);
    }

    private String errors(String query) {
        HttpResponse<String> response =
                shop.wire("/admin/api/2026-10/graphql.json", Json.object().put("query", query));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(TestingHttp.json(response).path("errors")).isNotEmpty();
        return response.body();
    }

    @Test
    void theAnswerNamesTheVersionThatWasServed() {
        HttpResponse<String> response = shop.wire(
                "/admin/api/2026-10/graphql.json", Json.object().put("query", "{ shop { myshopifyDomain } }"));

        assertThat(response.headers().firstValue("X-Shopify-API-Version")).contains("2026-10");
        assertThat(response.body()).contains(TestingShop.SHOP);
    }

    @Test
    void aLostReplyIsAppliedOnce() {
        shop.take(body);
        shop.control("PUT", "/shopify/locations/WH-EAST/script", "{\"behaviour\":\"manual\"}");
        String work = shop.work(body).get(0).path("id").asText();
        shop.control(
                "POST",
                "/faults",
                "{\"system\":\"shopify\",\"operation\":\"fulfillmentOrderSubmitFulfillmentRequest\",\"kind\":\"lose_reply\"}");

        Assertions.assertThatThrownBy(() -> shop.play("RequestWork", TestingShop.variables("id", work)))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(shop.workOf(work).path("requestStatus").asText()).isEqualTo("SUBMITTED");
        assertThat(shop.effects("fulfillmentOrderSubmitFulfillmentRequest")).hasSize(1);
        assertThat(shop.refused("RequestWork", TestingShop.variables("id", work))
                        .path("message")
                        .asText())
                .contains("SUBMITTED");
        assertThat(shop.effects("fulfillmentOrderSubmitFulfillmentRequest")).hasSize(1);
    }

    @Test
    void theShopSaysWhoItIs() {
        JsonNode answer = shop.answer("Identity", Json.object()).path("data");
        assertThat(answer.at("/shop/myshopifyDomain").asText()).isEqualTo(TestingShop.SHOP);
        assertThat(answer.at("/currentAppInstallation/accessScopes").findValuesAsText("handle"))
                .contains("write_orders", "read_all_orders");
        assertThat(answer.at("/publicApiVersions").toString()).contains("{\"handle\":\"2026-10\",\"supported\":true}");

        JsonNode places = shop.play("Places", Json.object()).path("nodes");
        assertThat(places).hasSize(5);
        assertThat(places.findValuesAsText("isFulfillmentService"))
                .containsExactlyInAnyOrder("true", "true", "false", "false", "false");
    }

    @Test
    void productsAndCustomersCanBeRead() {
        shop.take(body);

        JsonNode product = shop.play("Article", TestingShop.variables("id", "gid://shopify/Product/15100000000003"));
        assertThat(product.at("/variants/nodes/0/sku").asText()).isEqualTo("NW-JKT-GRN-L");
        assertThat(product.at("/variants/nodes/0/price").asText()).isEqualTo("132.00");
        JsonNode customer = shop.play("Buyer", TestingShop.variables("id", "gid://shopify/Customer/9100000000001"));
        assertThat(customer.at("/defaultEmailAddress/emailAddress").asText()).isEqualTo("ana@example.com");
        assertThat(shop.play("Buyer", TestingShop.variables("id", "gid://shopify/Customer/1"))
                        .isNull())
                .isTrue();
    }
}
