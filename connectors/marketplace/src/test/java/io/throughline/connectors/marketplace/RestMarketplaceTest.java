package io.throughline.connectors.marketplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.TestingGate;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.marketplace.CancellationReason;
import io.throughline.domain.marketplace.Marketplace.BuyerRefund;
import io.throughline.domain.marketplace.Marketplace.CallingOff;
import io.throughline.domain.marketplace.Marketplace.Shipment;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.tracing.SpanKind;
import io.throughline.domain.tracing.TestingSpans;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import io.throughline.wire.SharedSecrets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a marketplace is told, against the sandbox's, also when its answers are lost; and what it asks for. */
class RestMarketplaceTest {
    private static final AccountId ACCOUNT = AccountId.of("bazaar");
    private static final String SECRET = "synthetic-marketplace-signing-secret";
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final OrderKey ORDER = new OrderKey(ACCOUNT, "MP:1");

    private Sandbox sandbox;
    private RestMarketplace marketplace;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxConfig.inMemory());
        marketplace = with(SECRET);
        place(ORDER, 1_800, 172_800);
    }

    @AfterEach
    void stop() throws Exception {
        marketplace.close();
        sandbox.close();
    }

    @Test
    void anOrderIsTakenOnAndShippedParcelByParcelWithoutAPenalty() throws Exception {
        assertThat(marketplace.findAcknowledgement(ORDER)).isEmpty();
        assertThat(marketplace.acknowledge(ORDER, "k-1")).isInstanceOf(Reply.Done.class);
        assertThat(marketplace.findAcknowledgement(ORDER)).isPresent();

        assertThat(marketplace.findShipment(parcel(1, 1))).isEmpty();
        Receipt first = receipt(marketplace.confirmShipment(parcel(1, 1), "k-2"));
        assertThat(marketplace.findShipment(parcel(1, 1))).contains(first);
        assertThat(order().path("status").asText()).isEqualTo("PARTLY_SHIPPED");
        marketplace.confirmShipment(parcel(2, 1), "k-3");

        assertThat(order().path("status").asText()).isEqualTo("SHIPPED");
        assertThat(order().path("shipments").get(0).path("trackingNumber").asText())
                .isEqualTo("SP-1");
        assertThat(control("GET", "/marketplace/penalties", "")).isEmpty();
    }

    @Test
    void aCallIsASpanOfWhateverAsks() {
        TestingSpans spans = new TestingSpans();

        spans.tracer()
                .begin(
                        "step",
                        SpanKind.INTERNAL,
                        Optional.empty(),
                        () -> marketplace.findAcknowledgement(ORDER).isPresent());

        assertThat(spans.named("marketplace").parentSpanId())
                .contains(spans.named("step").self().spanId());
    }

    @Test
    void whatWasToldBeforeIsFoundAndNotToldTwice() throws Exception {
        control(
                "POST",
                "/faults",
                "{\"system\":\"marketplace\",\"operation\":\"POST /acknowledgement\",\"kind\":\"lose_reply\"}");
        control(
                "POST",
                "/faults",
                "{\"system\":\"marketplace\",\"operation\":\"POST /shipments\",\"kind\":\"lose_reply\"}");

        assertThatThrownBy(() -> marketplace.acknowledge(ORDER, "k-1"))
                .isInstanceOfSatisfying(SystemFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
                    assertThat(failure.effectPossible()).isTrue();
                });
        assertThat(marketplace.findAcknowledgement(ORDER)).isPresent();
        assertThat(marketplace.acknowledge(ORDER, "another-key")).isInstanceOf(Reply.Done.class);
        assertThatThrownBy(() -> marketplace.confirmShipment(parcel(1, 2), "k-2"))
                .isInstanceOf(SystemFailure.class);
        Receipt found = marketplace.findShipment(parcel(1, 2)).orElseThrow();
        assertThat(receipt(marketplace.confirmShipment(parcel(1, 2), "another-key")))
                .isEqualTo(found);

        assertThat(order().path("shipments")).hasSize(1);
    }

    @Test
    void whatAMarketplaceRefusesIsRefused() throws Exception {
        OrderKey unknown = new OrderKey(ACCOUNT, "MP-none");
        assertThat(marketplace.findAcknowledgement(unknown)).isEmpty();
        assertRefused(marketplace.acknowledge(unknown, "k-1"), "404 ORDER_UNKNOWN");
        assertRefused(marketplace.confirmShipment(parcel(1, 1), "k-2"), "409 NOT_ACKNOWLEDGED");
        marketplace.acknowledge(ORDER, "k-3");
        assertRefused(marketplace.confirmShipment(parcel(1, 3), "k-4"), "422 MORE_THAN_ORDERED");
        marketplace.confirmShipment(parcel(1, 1), "k-5");
        assertRefused(marketplace.callOff(callingOff(true), "k-6"), "409 SHIPPED_BEFORE");
    }

    @Test
    void anOrderIsRejectedOrCancelledOnceAndItsMoneyGivenBack() throws Exception {
        assertThat(marketplace.findCallingOff(ORDER)).isEmpty();
        Receipt refund = receipt(marketplace.callOff(callingOff(false), "k-1"));
        assertThat(refund.reference()).startsWith("MR-");
        assertThat(marketplace.findCallingOff(ORDER)).contains(refund);
        assertThat(receipt(marketplace.callOff(callingOff(false), "k-2"))).isEqualTo(refund);
        assertThat(order().path("status").asText()).isEqualTo("REJECTED");
        assertThat(control("GET", "/marketplace/penalties", ""))
                .as("what was never taken on costs nothing")
                .isEmpty();
    }

    @Test
    void whatCameBackIsGivenBackOnceAlsoWhereTheReplyIsLost() throws Exception {
        marketplace.acknowledge(ORDER, "k-1");
        marketplace.confirmShipment(parcel(1, 2), "k-2");
        assertThat(marketplace.paidFor(ORDER, refund(1, 1, "25.00").units(), USD))
                .isEqualTo(Money.of("25.00", USD));
        assertThat(marketplace.findRefund(refund(1, 1, "18.05"))).isEmpty();
        control(
                "POST",
                "/faults",
                "{\"system\":\"marketplace\",\"operation\":\"POST /refunds\",\"kind\":\"lose_reply\"}");

        assertThatThrownBy(() -> marketplace.refund(refund(1, 1, "18.05"), "k-3"))
                .isInstanceOfSatisfying(
                        SystemFailure.class,
                        failure -> assertThat(failure.effectPossible()).isTrue());
        Receipt found = marketplace.findRefund(refund(1, 1, "18.05")).orElseThrow();
        assertThat(found.reference()).startsWith("MR-");
        assertThat(receipt(marketplace.refund(refund(1, 1, "18.05"), "another-key")))
                .isEqualTo(found);
        receipt(marketplace.refund(refund(2, 1, "25.00"), "k-4"));

        assertThat(order().path("refunds")).hasSize(2);
        assertThat(order().at("/refunds/0/refund/amount").asText()).isEqualTo("18.05");
    }

    /** Three for 25.00 each less 10.00: 65.00, of which no third is even. */
    @Test
    void whatIsComparedIsWhatWasPaidAndNotThePriceOfAUnit() throws Exception {
        OrderKey discounted = new OrderKey(ACCOUNT, "MP-discounted");
        control("POST", "/marketplace/orders", """
                {"id":"MP-discounted","lines":[{"sku":"NW-TEE-BLK-M","quantity":3,"price":"25.00","discount":"10.00"}]}
                """);
        List<LineQuantity> one = refund(1, 1, "21.67").units();
        List<LineQuantity> two = refund(1, 2, "43.33").units();
        Money both = marketplace.paidFor(discounted, two, USD);
        Money first = marketplace.paidFor(discounted, one, USD);
        assertThat(first).isEqualTo(Money.of("65.00", USD).share(0, 1, 3));
        assertThat(both).isEqualTo(Money.of("65.00", USD).share(0, 2, 3));

        marketplace.acknowledge(discounted, "k-1");
        marketplace.confirmShipment(
                new Shipment(
                        discounted,
                        "S-1",
                        Optional.empty(),
                        refund(1, 3, "0.00").units()),
                "k-2");
        receipt(marketplace.refund(new BuyerRefund(discounted, "R-1", one, first), "k-3"));

        assertThat(first.plus(marketplace.paidFor(discounted, two, USD)))
                .as("what comes back in parts comes to what was paid")
                .isEqualTo(Money.of("65.00", USD));
    }

    @Test
    void noMoreIsGivenBackThanWasPaidAndHasLeft() {
        assertRefused(marketplace.refund(refund(1, 1, "25.00"), "k-1"), "409 NOT_SHIPPED");
        marketplace.acknowledge(ORDER, "k-2");
        marketplace.confirmShipment(parcel(1, 1), "k-3");
        assertRefused(marketplace.refund(refund(1, 2, "25.00"), "k-4"), "422 MORE_THAN_SHIPPED");
        assertRefused(marketplace.refund(refund(1, 1, "50.01"), "k-5"), "422 REFUND_WRONG");
        OrderKey unknown = new OrderKey(ACCOUNT, "MP-none");
        BuyerRefund nobodys = new BuyerRefund(unknown, "R-1", List.of(), Money.of("1.00", USD));
        assertThat(marketplace.findRefund(nobodys)).isEmpty();
        assertRefused(marketplace.refund(nobodys, "k-6"), "404 ORDER_UNKNOWN");
        assertThat(marketplace
                        .paidFor(unknown, refund(1, 1, "25.00").units(), USD)
                        .isZero())
                .isTrue();
    }

    /** The stand-in keeps what its buyers wish, under a name of its own. */
    @Test
    void whatABuyerWantsToGiveBackStandsInTheOrder() throws Exception {
        String wish = "{\"lines\":[{\"line\":\"1\",\"quantity\":1,\"reason\":\"DEFECTIVE\"}]}";
        control("POST", "/marketplace/orders/" + ORDER.externalId() + "/return-request", wish);

        JsonNode kept = order().at("/returnRequests/0");
        assertThat(kept.path("returnId").asText()).startsWith("MB-");
        assertThat(kept.path("goodsStay").asBoolean()).isFalse();
        assertThat(kept.at("/lines/0/reason").asText()).isEqualTo("DEFECTIVE");
    }

    private static BuyerRefund refund(int number, int units, String amount) {
        return new BuyerRefund(
                ORDER,
                "O-7K2M9Q4XTA-R" + number,
                List.of(new LineQuantity("1", Sku.of("NW-TEE-BLK-M"), units)),
                Money.of(amount, USD));
    }

    @Test
    void oneOfWhichNobodyHeardThatItWasTakenOnIsCancelledInsteadOfRejected() throws Exception {
        marketplace.acknowledge(ORDER, "k-1");
        receipt(marketplace.callOff(callingOff(false), "k-2"));

        assertThat(order().path("status").asText()).isEqualTo("CANCELLED");
        assertThat(control("GET", "/marketplace/penalties", ""))
                .extracting(penalty -> penalty.path("cause").asText())
                .containsExactly("CANCELLED_BY_SELLER");
    }

    @Test
    void aWishOfTheBuyerCostsNothingAndLatenessDoes() throws Exception {
        OrderKey late = new OrderKey(ACCOUNT, "MP-late");
        place(late, -1, -1);
        marketplace.acknowledge(late, "k-1");
        marketplace.confirmShipment(
                new Shipment(late, "F1", Optional.empty(), parcel(1, 2).lines()), "k-2");
        marketplace.acknowledge(ORDER, "k-3");
        control("POST", "/marketplace/orders/" + ORDER.externalId() + "/cancellation-request", "{}");
        marketplace.callOff(callingOff(true), "k-4");

        assertThat(control("GET", "/marketplace/penalties", ""))
                .extracting(penalty -> penalty.path("orderId").asText() + " "
                        + penalty.path("cause").asText())
                .containsExactly("MP-late LATE_ACKNOWLEDGEMENT", "MP-late LATE_SHIPMENT");
    }

    @Test
    void whoeverSignsWithAnotherSecretIsRefused() {
        try (RestMarketplace other = with("another-secret")) {
            assertThatThrownBy(() -> other.acknowledge(ORDER, "k-1"))
                    .isInstanceOfSatisfying(
                            SystemFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIAL_REFUSED));
        }
    }

    @Test
    void aPausedMarketplaceIsAskedNothing() {
        TestingGate gate = new TestingGate();
        gate.pause(ACCOUNT);
        try (RestMarketplace paused = new RestMarketplace(List.of(config(SECRET)), gate)) {
            assertThatThrownBy(() -> paused.acknowledge(ORDER, "k-1"))
                    .isInstanceOfSatisfying(
                            SystemFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_PAUSED));
        }
    }

    @Test
    void itsWebhooksAreToldFromForgedOnes() {
        MarketplaceWebhooks webhooks = new MarketplaceWebhooks(List.of(new MarketplaceConfig(
                ACCOUNT, URI.create("http://127.0.0.1"), "the-new-one", Optional.of(SECRET), Duration.ofSeconds(1))));
        String asked = "{\"type\":\"order.cancellation_requested\",\"orderId\":\"MP:1\"}";

        assertThat(webhooks.verify(bytes(asked), signed(SECRET, asked)))
                .as("the secret before still counts")
                .isEqualTo(new MarketplaceWebhooks.CancellationAsked(ORDER));
        assertThat(webhooks.verify(bytes(asked), signed("the-new-one", asked)))
                .isInstanceOf(MarketplaceWebhooks.CancellationAsked.class);
        assertThat(webhooks.verify(bytes(asked + " "), signed(SECRET, asked)))
                .isInstanceOf(MarketplaceWebhooks.Forged.class);
        assertThat(webhooks.verify(bytes(asked), Map.of())).isInstanceOf(MarketplaceWebhooks.Forged.class);
        for (String unreadable : List.of(
                "",
                "[]",
                "{",
                "{\"type\":\"other\",\"orderId\":\"MP:1\"}",
                "{\"type\":\"order.cancellation_requested\",\"orderId\":\"../x\"}",
                "{\"type\":\"order.cancellation_requested\"}")) {
            assertThat(webhooks.verify(bytes(unreadable), signed(SECRET, unreadable)))
                    .as(unreadable)
                    .isInstanceOf(MarketplaceWebhooks.Unreadable.class);
        }
    }

    @Test
    void whatItsBuyersWantToGiveBackIsReadLineByLine() {
        MarketplaceWebhooks webhooks = new MarketplaceWebhooks(List.of(config(SECRET)));
        String asked = """
                {"type":"order.return_requested","orderId":"MP:1","returnId":"MB-1","goodsStay":true,
                 "lines":[{"line":"1","quantity":2,"reason":"DAMAGED"},{"line":"2","quantity":1,"reason":"OTHER"}]}
                """;

        assertThat(webhooks.verify(bytes(asked), signed(SECRET, asked)))
                .isEqualTo(new MarketplaceWebhooks.ReturnAsked(
                        ORDER,
                        "MB-1",
                        List.of(
                                new MarketplaceWebhooks.Units("1", 2, ReturnReason.DAMAGED_ON_ARRIVAL),
                                new MarketplaceWebhooks.Units("2", 1, ReturnReason.OTHER)),
                        true));
        assertThat(webhooks.verify(bytes(asked), signed("another", asked)))
                .isInstanceOf(MarketplaceWebhooks.Forged.class);
        for (String unreadable : List.of(
                asked.replace("MB-1", "../1"),
                asked.replace("\"returnId\":\"MB-1\",", ""),
                asked.replace("\"quantity\":2", "\"quantity\":0"),
                asked.replace("\"quantity\":2", "\"quantity\":10001"),
                asked.replace("\"quantity\":2", "\"quantity\":1.9"),
                asked.replace("\"quantity\":2", "\"quantity\":4294967298"),
                asked.replace("\"line\":\"2\"", "\"line\":\"\\ud800\""),
                asked.replace("\"line\":\"2\"", "\"line\":\" \""),
                asked.replace("DAMAGED", "BORED"),
                asked.replace("lines", "items"))) {
            assertThat(webhooks.verify(bytes(unreadable), signed(SECRET, unreadable)))
                    .as(unreadable)
                    .isInstanceOf(MarketplaceWebhooks.Unreadable.class);
        }
    }

    /** As they were handed over: an order's lines may have any visible name. */
    @Test
    void aLineIsNamedAsItsOrderHasIt() {
        MarketplaceWebhooks webhooks = new MarketplaceWebhooks(List.of(config(SECRET)));
        String asked = """
                {"type":"order.return_requested","orderId":"MP:1","returnId":"MB-1",
                 "lines":[{"line":"#1 / größe M","quantity":1,"reason":"OTHER"}]}
                """;

        assertThat(webhooks.verify(bytes(asked), signed(SECRET, asked)))
                .isInstanceOfSatisfying(
                        MarketplaceWebhooks.ReturnAsked.class,
                        read -> assertThat(read.lines())
                                .containsExactly(new MarketplaceWebhooks.Units("#1 / größe M", 1, ReturnReason.OTHER)));
    }

    private static Map<String, String> signed(String secret, String body) {
        return Map.of(
                "X-Marketplace-Signature", SharedSecrets.of(List.of(secret)).sign(bytes(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(Reply reply, String words) {
        assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(FailureCode.CHANNEL_REFUSED);
            assertThat(refused.detail()).endsWith(words);
        });
    }

    private static Receipt receipt(Reply reply) {
        return ((Reply.Done) reply).receipt();
    }

    private static Shipment parcel(int number, int units) {
        return new Shipment(
                ORDER,
                "O-7K2M9Q4XTA-F1-P" + number,
                Optional.of(new Tracking("Sandbox Parcel", "SP-" + number)),
                List.of(new LineQuantity("1", Sku.of("NW-TEE-BLK-M"), units)));
    }

    private static CallingOff callingOff(boolean acknowledged) {
        return new CallingOff(ORDER, acknowledged, CancellationReason.OUT_OF_STOCK, Money.of("50.00", USD));
    }

    private void place(OrderKey key, int acknowledgeSeconds, int shipSeconds) throws Exception {
        control(
                "POST",
                "/marketplace/orders",
                "{\"id\":\"" + key.externalId() + "\",\"acknowledgeSeconds\":" + acknowledgeSeconds
                        + ",\"shipSeconds\":" + shipSeconds
                        + ",\"lines\":[{\"sku\":\"NW-TEE-BLK-M\",\"quantity\":2,\"price\":\"25.00\"}]}");
    }

    private JsonNode order() throws Exception {
        return control("GET", "/marketplace/orders/" + ORDER.externalId(), "");
    }

    private RestMarketplace with(String secret) {
        return new RestMarketplace(List.of(config(secret)));
    }

    private MarketplaceConfig config(String secret) {
        return new MarketplaceConfig(
                ACCOUNT, sandbox.base("marketplace"), secret, Optional.empty(), Duration.ofSeconds(5));
    }

    private JsonNode control(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(sandbox.controlBase() + path))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 299);
        return new ObjectMapper().readTree(answer.body());
    }
}
