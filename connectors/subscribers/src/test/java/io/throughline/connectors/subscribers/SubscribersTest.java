package io.throughline.connectors.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.connectors.subscribers.TestingSubscriber.Received;
import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.EventReceiver.Outcome;
import io.throughline.domain.event.EventType;
import io.throughline.domain.event.PublicEvent;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.WebhookSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribersTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:01.750Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final WebhookSecret SECRET = WebhookSecret.random(RANDOM);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestingSubscriber receiver = new TestingSubscriber();
    private final Subscribers subscribers = subscribers(true);

    @AfterEach
    void close() {
        subscribers.close();
        receiver.close();
    }

    private static Subscribers subscribers(boolean loopback) {
        return new Subscribers(
                new AddressRules(Set.of(443), loopback),
                URI.create("https://api.northwind.example"),
                Clock.fixed(NOW, ZoneOffset.UTC),
                Dns.SYSTEM,
                Duration.ofSeconds(1));
    }

    @Test
    void sendsACloudEvent() throws IOException {
        assertThat(subscribers.deliver(claim("/hook", SECRET))).isEqualTo(new Outcome.Accepted());

        Received request = receiver.received().getFirst();
        JsonNode body = JSON.readTree(request.body());
        assertThat(request.path()).isEqualTo("/hook");
        assertThat(request.header("Content-type")).isEqualTo("application/cloudevents+json; charset=utf-8");
        assertThat(body.path("specversion").asText()).isEqualTo("1.0");
        assertThat(body.path("id").asText()).isEqualTo("evt_42");
        assertThat(body.path("source").asText()).isEqualTo("https://api.northwind.example");
        assertThat(body.path("type").asText()).isEqualTo("inventory.shortfall.v1");
        assertThat(body.path("subject").asText()).isEqualTo("stock/ST-HARBOR/näh-☃");
        assertThat(body.path("time").asText()).isEqualTo("2026-11-23T09:00:00.123456Z");
        assertThat(body.path("sequence").asText()).isEqualTo("000000000007");
        assertThat(body.path("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(body.path("dataschema").asText())
                .isEqualTo("https://api.northwind.example/v1/events/schemas/inventory.shortfall/1");
        assertThat(body.path("data"))
                .isEqualTo(JSON.readTree(
                        "{\"facility\":\"ST-HARBOR\",\"sku\":\"näh-☃\",\"shortfall\":2,\"uncovered\":0}"));
    }

    @Test
    void signsAfterStandardWebhooks() throws GeneralSecurityException {
        subscribers.deliver(claim("/", SECRET));

        Received request = receiver.received().getFirst();
        assertThat(request.header("Webhook-id")).isEqualTo("evt_42");
        assertThat(request.header("Webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(request.header("Webhook-signature")).isEqualTo(signature(SECRET, request));
    }

    @Test
    void signsWithBothSecretsWhileTheyOverlap() throws GeneralSecurityException {
        WebhookSecret next = WebhookSecret.random(RANDOM);
        subscribers.deliver(claim("/", next, SECRET));

        Received request = receiver.received().getFirst();
        assertThat(request.header("Webhook-signature"))
                .isEqualTo(signature(next, request) + " " + signature(SECRET, request));
    }

    /** By the text of the specification, without the library that signs. */
    private static String signature(WebhookSecret secret, Received request) throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(secret.value().substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed = request.header("Webhook-id") + "." + request.header("Webhook-timestamp") + "." + request.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void isToldToStop() {
        receiver.answering(request -> 410);

        assertThat(subscribers.deliver(claim("/", SECRET))).isEqualTo(new Outcome.Gone());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 404, 429, 500, 503})
    void takesNothingElseForAYes(int status) {
        receiver.answering(request -> status);

        assertThat(subscribers.deliver(claim("/", SECRET))).isEqualTo(new Outcome.Failed("answered " + status));
        assertThat(receiver.received())
                .as("no redirect is followed, nothing is repeated")
                .hasSize(1);
    }

    @Test
    void doesNotWaitForEver() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        receiver.answering(request -> {
            try {
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return 204;
        });

        Outcome outcome = subscribers.deliver(claim("/", SECRET));
        over.countDown();

        assertThat(outcome).isEqualTo(new Outcome.Failed("no answer: InterruptedIOException"));
    }

    @Test
    void tellsThatNobodyListens() {
        String url = receiver.url("/");
        receiver.close();

        assertThat(subscribers.deliver(claimTo(url, SECRET)))
                .isEqualTo(new Outcome.Failed("no answer: ConnectException"));
    }

    /** Whatever was admitted when it was subscribed: the rules count when it is sent. */
    @Test
    void sendsNothingToAnAddressThatMayNotBe() {
        try (Subscribers strict = subscribers(false)) {
            assertThat(strict.deliver(claim("/", SECRET)))
                    .isEqualTo(new Outcome.Failed("refused to send: 127.0.0.1 is not on the public internet"));
        }
        assertThat(receiver.received()).isEmpty();
    }

    private Claim claim(String path, WebhookSecret... secrets) {
        return claimTo(receiver.url(path), secrets);
    }

    private static Claim claimTo(String url, WebhookSecret... secrets) {
        String subject = "stock/ST-HARBOR/näh-☃";
        EventType type = EventType.INVENTORY_SHORTFALL;
        PublicEvent event = new PublicEvent(
                42,
                type,
                subject,
                7,
                Instant.parse("2026-11-23T09:00:00.123456Z"),
                type.data(subject, Map.of("shortfall", "2", "uncovered", "0")));
        return new Claim(SubscriptionId.random(RANDOM), subject, 1, 0, url, List.of(secrets), event);
    }
}
