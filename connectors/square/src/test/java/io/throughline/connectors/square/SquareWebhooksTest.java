package io.throughline.connectors.square;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.square.SquareWebhooks.Forged;
import io.throughline.connectors.square.SquareWebhooks.Unreadable;
import io.throughline.connectors.square.SquareWebhooks.Verdict;
import io.throughline.connectors.square.SquareWebhooks.Verified;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.reconciliation.EventFeed;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may tell us something of the stores, and what of it is believed. */
class SquareWebhooksTest {

    private static final String EVENT = """
            {"merchant_id":"NORTHWIND","location_id":"LHARBOR","type":"order.created","event_id":"e-1",
             "created_at":"2026-11-23T10:00:00Z",
             "data":{"type":"order_created","id":"ORDER1","object":{"order_created":{"order_id":"ORDER1","state":"OPEN"}}}}
            """;

    private TestingStores testing;
    private SquareWebhooks webhooks;

    @BeforeEach
    void start() {
        testing = new TestingStores();
        webhooks = testing.square.webhooks();
    }

    @AfterEach
    void stop() {
        testing.close();
    }

    @Test
    void whatTheSandboxSignsIsBelieved() {
        testing.control("PUT", "/square/webhook-subscription", "{\"url\":\"" + TestingStores.HOOK + "\"}");
        Work work = testing.release(testing.work(1, DeliveryMethod.SHIPPING));
        testing.staff(work, "acknowledge");

        JsonNode sent = sentMessage("order.fulfillment.updated");
        Verdict verdict = webhooks.verify(
                sent.path("body").asText().getBytes(UTF_8),
                Map.of(
                        "X-Square-HmacSha256-Signature",
                        sent.path("headers")
                                .path(SquareWebhooks.SIGNATURE_HEADER)
                                .asText()));

        assertThat(verdict).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.event().topic()).isEqualTo("order.fulfillment.updated");
            assertThat(verified.event().order()).isEqualTo(work.workReference());
            assertThat(verified.event().subject())
                    .isEqualTo("work/square-northwind/" + work.workReference().orElseThrow());
        });
    }

    @Test
    void aChangeOfStockIsAboutTheAccountsStock() {
        testing.control("PUT", "/square/webhook-subscription", "{\"url\":\"" + TestingStores.HOOK + "\"}");
        testing.control(
                "POST", "/square/adjustments", "{\"location\":\"LHARBOR\",\"sku\":\"NW-MUG-RED\",\"quantity\":1}");

        JsonNode sent = sentMessage("inventory.count.updated");
        Verdict verdict = webhooks.verify(
                sent.path("body").asText().getBytes(UTF_8),
                Map.of(
                        "X-Square-HmacSha256-Signature",
                        sent.path("headers")
                                .path(SquareWebhooks.SIGNATURE_HEADER)
                                .asText()));

        assertThat(verdict).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.event().aboutStock()).isTrue();
            assertThat(verified.event().subject()).isEqualTo("stock/square-northwind");
        });
    }

    @Test
    void oneChangedByteIsForged() {
        byte[] body = EVENT.getBytes(UTF_8);
        String signature = sign(TestingStores.SIGNATURE_KEY, TestingStores.HOOK, body);
        body[body.length - 2] = ' ';

        assertThat(webhooks.verify(body, header(signature))).isInstanceOf(Forged.class);
    }

    @Test
    void signatureForAnotherAddressIsForged() {
        byte[] body = EVENT.getBytes(UTF_8);
        String signature = sign(TestingStores.SIGNATURE_KEY, URI.create("https://elsewhere.example/hook"), body);

        assertThat(webhooks.verify(body, header(signature))).isInstanceOf(Forged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "not base64!", "AAAA", "3q2+7w=="})
    void strangeSignatureIsForged(String signature) {
        assertThat(webhooks.verify(EVENT.getBytes(UTF_8), header(signature))).isInstanceOf(Forged.class);
        assertThat(webhooks.verify(EVENT.getBytes(UTF_8), Map.of())).isInstanceOf(Forged.class);
    }

    @Test
    void bothKeysCountWhileTheyAreRotated() {
        SquareConfig config = new SquareConfig(
                TestingStores.POS,
                URI.create("http://127.0.0.1:1"),
                "token",
                "NORTHWIND",
                Duration.ofSeconds(1),
                List.of("new-key", "old-key"),
                TestingStores.HOOK);
        byte[] body = EVENT.getBytes(UTF_8);

        for (String key : config.signatureKeys()) {
            assertThat(new SquareWebhooks(List.of(config)).verify(body, header(sign(key, TestingStores.HOOK, body))))
                    .isInstanceOf(Verified.class);
        }
        assertThat(config.toString()).doesNotContain("new-key").doesNotContain("token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "no json",
                "{\"merchant_id\":\"OTHER\",\"type\":\"order.created\",\"event_id\":\"e\"}",
                "{\"merchant_id\":\"NORTHWIND\",\"type\":\"order.created\"}",
                "{\"merchant_id\":\"NORTHWIND\",\"type\":\"order.created\",\"event_id\":\"a\\u0000\"}",
                "{\"merchant_id\":\"NORTHWIND\",\"type\":\"order.\\u0000\",\"event_id\":\"a\"}",
                "{\"merchant_id\":\"NORTHWIND\",\"type\":\"order created\",\"event_id\":\"a\"}"
            })
    void signedButStrangeIsUnreadable(String text) {
        byte[] body = text.getBytes(UTF_8);

        assertThat(webhooks.verify(body, header(sign(TestingStores.SIGNATURE_KEY, TestingStores.HOOK, body))))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void hostileOrderIdIsNoSubject() {
        byte[] body = EVENT.replace("ORDER1", "../x' OR 1=1").getBytes(UTF_8);

        assertThat(webhooks.verify(body, header(sign(TestingStores.SIGNATURE_KEY, TestingStores.HOOK, body))))
                .isInstanceOfSatisfying(Verified.class, verified -> {
                    assertThat(verified.event().order()).isEmpty();
                    assertThat(verified.event().subject()).isEqualTo("order.created");
                });
    }

    @Test
    void feedFindsWhatAWebhookLostUnderTheSameEventId() {
        testing.control("PUT", "/square/webhook-subscription", "{\"url\":\"" + TestingStores.HOOK + "\"}");
        testing.square.subscriptions().ensure(TestingStores.POS);
        testing.control(
                "POST", "/webhook-faults", "{\"system\":\"square\",\"topic\":\"*\",\"kind\":\"lost\",\"times\":100}");
        String sale = testing.control(
                        "POST", "/square/sales", "{\"location\":\"LHARBOR\",\"items\":[{\"sku\":\"NW-CAP-NVY\"}]}")
                .path("id")
                .asText();
        JsonNode lost = io.throughline.sandbox.core.Json.parse(
                sentMessage("payment.created").path("body").asText());

        EventFeed.Page page =
                testing.square.feed().since(TestingStores.POS, Instant.parse("2020-01-01T00:00:00Z"), Optional.empty());

        assertThat(page.next()).isEmpty();
        assertThat(page.events()).extracting(EventFeed.Event::topic).isSubsetOf(SquareSubscriptions.TOPICS);
        assertThat(page.events())
                .filteredOn(event -> event.topic().equals("payment.created"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.eventId()).isEqualTo(lost.path("event_id").asText());
                    assertThat(event.subject()).isEqualTo("work/square-northwind/" + sale);
                    assertThat(event.hint())
                            .contains("\"location\":\"LHARBOR\"")
                            .doesNotContain("card");
                });
    }

    private JsonNode sentMessage(String topic) {
        Instant giveUp = Instant.now().plusSeconds(5);
        while (Instant.now().isBefore(giveUp)) {
            Optional<JsonNode> found = testing.sandbox.webhooks().sent(Optional.of("square"), 0).stream()
                    .filter(message -> message.path("topic").asText().equals(topic))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing was sent about " + topic);
    }

    private static Map<String, String> header(String signature) {
        return Map.of(SquareWebhooks.SIGNATURE_HEADER, signature);
    }

    private static String sign(String key, URI url, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            mac.update(url.toString().getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
