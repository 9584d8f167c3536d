package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.policy.OrderRules;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderSubmissionTest {
    private static final AccountId REST = AccountId.of("rest");

    private final TestingApi api = TestingApi.get();
    private final String externalId = "WEB-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();

    @Test
    void isStoredBeforeItIsAcknowledged() {
        Answer answer = submit(key, SampleSubmissions.shipped(externalId));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        String orderId = answer.text("/orderId");
        assertThat(answer.header("Location")).isEqualTo(TestingApi.PUBLIC_URL + "/v1/orders/" + orderId);
        assertThat(answer.text("/workflowId")).isEqualTo("order/rest/" + externalId);
        assertThat(answer.text("/status")).isEqualTo("RECEIVED");
        assertThat(answer.text("/links/trace")).endsWith("/v1/orders/" + orderId + "/trace");
        assertThat(answer.text("/links/process"))
                .endsWith("/namespaces/default/workflows/order%2Frest%2F" + externalId);
        assertThat(inboxMessages()).isEqualTo("1");
    }

    @Test
    void becomesACanonicalOrder() {
        submit(key, SampleSubmissions.shipped(externalId));

        ChannelOrder stored = stored();
        Order order = stored.order();
        CurrencyCode usd = CurrencyCode.of("USD");
        assertThat(order.sumOfParts()).isEqualTo(Money.of("101.50", usd)).isEqualTo(order.paid());
        assertThat(order.line("1").discount()).isEqualTo(Money.of("5.00", usd));
        assertThat(order.line("1").title()).isEqualTo("Field tee, Black / M");
        assertThat(order.destination())
                .contains(new Destination("US", Optional.of("MA"), Optional.of(new GeoPoint(42.4, -71.1))));
        assertThat(order.deliveries()).extracting(Delivery::method).containsExactly(DeliveryMethod.SHIPPING);
        assertThat(stored.person().email()).contains("ada@canary.example");
        assertThat(order.toString()).doesNotContain("Canary").doesNotContain("canary");
    }

    @Test
    void aPickupKeepsTheChosenFacility() {
        assertThat(submit(key, SampleSubmissions.pickedUp(externalId)).status()).isEqualTo(202);

        assertThat(stored().order().deliveries())
                .extracting(Delivery::facility)
                .containsExactly(Optional.of(new FacilityId("ST-HARBOR")));
    }

    @Test
    void whatAStoreSellsForOthersToShipIsListedByThatStore() {
        Answer answer = submit(key, soldAt("ST-HARBOR"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        Order order = stored().order();
        assertThat(order.soldAt()).contains(new FacilityId("ST-HARBOR"));
        api.database().orders().hint(order.key(), Channel.API, new OrderRules("standard-4", Set.of()));
        api.database().orders().accept(order, stored().person(), order.version());

        Answer listed = api.get("/v1/facilities/ST-HARBOR/sold-orders?limit=500", Role.SUPPORT);
        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        assertThat(listed.json().path("orders").findValuesAsText("order"))
                .contains(order.id().value());
        assertThat(api.get("/v1/facilities/ST-DUBLIN/sold-orders?limit=500", Role.SUPPORT)
                        .body())
                .doesNotContain(order.id().value());
        assertThat(api.get("/v1/orders/" + order.id(), Role.SUPPORT).text("/content/soldAt"))
                .isEqualTo("ST-HARBOR");
        String after = listed.text("/orders/0/order");
        assertThat(api.get("/v1/facilities/ST-HARBOR/sold-orders?limit=1&after=" + after, Role.SUPPORT)
                        .body())
                .doesNotContain(after);
        assertThat(api.get("/v1/facilities/ST-PARIS/sold-orders", Role.SUPPORT).status())
                .isEqualTo(404);
        assertThat(api.get("/v1/facilities/ST-HARBOR/sold-orders?after=x", Role.SUPPORT)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ST-PARIS", "WH-EAST", ""})
    void onlyAStoreSells(String store) {
        Answer refused = submit(key, soldAt(store));

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("/soldAt");
    }

    @Test
    void aMarketplacesOrderIsSoldInNoStore() {
        Answer refused =
                submit(key, soldAt("ST-HARBOR").replace("\"soldAt\"", "\"channel\":\"MARKETPLACE\",\"soldAt\""));

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("/soldAt");
    }

    private String soldAt(String store) {
        return SampleSubmissions.shipped(externalId).replace("\"tags\"", "\"soldAt\":\"" + store + "\",\"tags\"");
    }

    @Test
    void giftCardsHaveNothingToHandOver() {
        String body = SampleSubmissions.pickedUp(externalId).replace("NW-SOCK-2PK", "NW-GIFT-50");

        assertThat(submit(key, body).status()).isEqualTo(202);
        assertThat(stored().order().deliveries()).extracting(Delivery::method).containsExactly(DeliveryMethod.NONE);
    }

    @Test
    void currenciesHaveTheirOwnDecimals() {
        String yen =
                SampleSubmissions.pickedUp(externalId).replace("USD", "JPY").replace("33.00", "5000");
        String dinar = SampleSubmissions.pickedUp(externalId + "-kw")
                .replace("USD", "KWD")
                .replace("33.00", "10.125");

        assertThat(submit(key, yen).status()).isEqualTo(202);
        assertThat(submit(key + "-kw", dinar).status()).isEqualTo(202);
        assertThat(stored().order().total().shop().minor()).isEqualTo(5000);
    }

    @Test
    void theSameKeyAndContentGivesTheSameAnswer() {
        String body = SampleSubmissions.shipped(externalId);
        Answer first = submit(key, body);
        Answer again = submit(
                key,
                body.replace("\n", " ")
                        .replace("\"currency\":\"USD\",", "")
                        .replace("\"tags\"", "\"currency\": \"USD\", \"tags\""));

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(inboxMessages()).isEqualTo("1");
    }

    @Test
    void theSameAnswerIsGivenThoughTheProductIsNotSoldAnyMore() {
        String sku = "GONE-" + UUID.randomUUID();
        String body = SampleSubmissions.pickedUp(externalId).replace("NW-SOCK-2PK", sku);
        api.query("insert into product (sku, introduced_by, since) values ('" + sku
                + "', 'northwind', now()) returning sku");
        Answer first = submit(key, body);
        assertThat(first.status()).as(first.body()).isEqualTo(202);
        api.query("delete from product where sku = '" + sku + "' returning sku");

        Answer again = submit(key, body);

        assertThat(again.status()).as(again.body()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(submit(key + "-2", body).status()).as("anew").isEqualTo(422);
    }

    @Test
    void theSameKeyWithOtherContentIsRefused() {
        submit(key, SampleSubmissions.pickedUp(externalId));
        var before = api.rows();

        Answer other = submit(key, SampleSubmissions.pickedUp(externalId + "-2"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("/type")).isEqualTo("urn:throughline:problem:idempotency-key-reused");
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void anExternalIdIsTakenOnce() {
        Answer first = submit(key, SampleSubmissions.pickedUp(externalId));
        var before = api.rows();

        Answer other = submit(
                key + "-2",
                SampleSubmissions.pickedUp(externalId)
                        .replace("\"quantity\":1,\"unitPrice\":\"33.00\"", "\"quantity\":2,\"unitPrice\":\"16.50\""));

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("/detail")).contains(first.text("/orderId"));
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void whereTheAccountIsOffNewOrdersAreRefusedAndToldWhy() {
        try (TestingApi.Another off = api.with(Map.of("REST_MODE", "OFF"))) {
            Map<String, String> before = api.rows();

            Answer answer = api.send(request(Role.INTEGRATION, key, SampleSubmissions.shipped(externalId))
                    .uri(off.at("/v1/orders")));

            assertThat(answer.status()).as(answer.body()).isEqualTo(409);
            assertThat(answer.text("/type")).isEqualTo("urn:throughline:problem:conflict");
            assertThat(answer.text("/detail")).contains("'rest'", "OFF");
            assertThat(api.rows()).isEqualTo(before);
        }
    }

    @Test
    void whatWasTakenInBeforeIsAnsweredThoughTheAccountIsOffByNow() {
        String first = submit(key, SampleSubmissions.shipped(externalId)).body();
        api.database()
                .orders()
                .hint(new OrderKey(REST, externalId), Channel.API, new OrderRules("standard-1", Set.of()));
        try (TestingApi.Another off = api.with(Map.of("REST_MODE", "OFF"))) {
            Answer again = api.send(request(Role.INTEGRATION, key, SampleSubmissions.shipped(externalId))
                    .uri(off.at("/v1/orders")));

            assertThat(again.status()).as(again.body()).isEqualTo(202);
            assertThat(again.body()).isEqualTo(first);
        }
    }

    @Test
    void keysBelongToTheirClient() {
        submit(key, SampleSubmissions.pickedUp(externalId));

        Answer other = api.send(request(Role.ADMIN, key, SampleSubmissions.pickedUp(externalId + "-2")));

        assertThat(other.status()).isEqualTo(202);
    }

    @Test
    void strangeNamesAreKeptAsTheyAre() {
        String looksLikeAda = "\u0410d\u0430";
        String strange = looksLikeAda
                + " \u202Eadd\u200B <img src=x onerror=alert(1)> =HYPERLINK() ${jndi:ldap://x} '; drop table person; --";

        assertThat(submit(key, SampleSubmissions.shipped(externalId).replace("Ada Canary", strange))
                        .status())
                .isEqualTo(202);
        assertThat(stored().person().name()).contains(strange);
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        Answer answer = submit(
                key,
                SampleSubmissions.shipped(externalId)
                        .replace("\"quantity\":2", "\"quantity\":0")
                        .replace("NW-CAP-NVY", "NW-UNKNOWN")
                        .replace("\"country\":\"US\"", "\"country\":\"ZZ\""));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors"))
                .extracting(error -> error.get("pointer").asText())
                .contains("/lines/0/quantity", "/lines/1/sku", "/delivery/address/country");
    }

    private Answer submit(String idempotencyKey, String body) {
        return api.send(request(Role.INTEGRATION, idempotencyKey, body));
    }

    private HttpRequest.Builder request(Role role, String idempotencyKey, String body) {
        return api.to("/v1/orders", role)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private ChannelOrder stored() {
        return api.database()
                .submittedOrders()
                .read(new OrderKey(REST, externalId))
                .orElseThrow();
    }

    private String inboxMessages() {
        return api.query("select count(*) from inbox_message where subject = 'order/rest/" + externalId + "'")
                .orElseThrow();
    }
}
