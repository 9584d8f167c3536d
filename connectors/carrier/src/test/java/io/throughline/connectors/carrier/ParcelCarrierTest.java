package io.throughline.connectors.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.TestingGate;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Carrier.LabelRequest;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.ParcelId;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.returns.ReturnParcelId;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the carrier is asked, against the sandbox's, also when its answers are lost. */
class ParcelCarrierTest {
    private static final AccountId ACCOUNT = AccountId.of("parcel-northwind");
    private static final ParcelId PARCEL = new ParcelId("O-7K2M9Q4XTA-F1-P1");
    private static final String SECRET = "a-secret";

    private Sandbox sandbox;
    private ParcelCarrier carrier;
    private CarrierConfig config;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxConfig.inMemory());
        config = new CarrierConfig(
                ACCOUNT,
                "Sandbox Parcel",
                Optional.empty(),
                sandbox.base("carrier"),
                "synthetic-carrier-api-key",
                SECRET,
                Duration.ofSeconds(5));
        carrier = new ParcelCarrier(List.of(config));
    }

    @AfterEach
    void stop() throws Exception {
        carrier.close();
        sandbox.close();
    }

    @Test
    void aLabelIsBoughtFoundFollowedAndGivenBack() throws Exception {
        assertThat(carrier.findLabel(ACCOUNT, PARCEL)).isEmpty();
        Label label = bought(carrier.buyLabel(ACCOUNT, request("02139", 900), "key"));

        assertThat(label.tracking().carrier()).isEqualTo("Sandbox Parcel");
        assertThat(label.address()).isNotEmpty();
        assertThat(carrier.findLabel(ACCOUNT, PARCEL).map(Label::of)).contains(label);
        assertThat(status(label)).contains(ParcelStatus.LABELLED);

        assertThat(carrier.findVoid(ACCOUNT, label.tracking().number())).isEmpty();
        assertThat(carrier.voidLabel(ACCOUNT, label.tracking().number(), "key")).isInstanceOf(Reply.Done.class);
        assertThat(carrier.findVoid(ACCOUNT, label.tracking().number())).isPresent();
        assertThat(carrier.findLabel(ACCOUNT, PARCEL))
                .as("a voided one is no label")
                .isEmpty();
    }

    @Test
    void aLabelWhoseReplyWasLostIsFoundByOurReference() throws Exception {
        control("POST", "/faults", "{\"system\":\"carrier\",\"operation\":\"POST /labels\",\"kind\":\"lose_reply\"}");

        assertThatThrownBy(() -> carrier.buyLabel(ACCOUNT, request("02139", 900), "key"))
                .isInstanceOfSatisfying(
                        SystemFailure.class,
                        failure -> assertThat(failure.effectPossible()).isTrue());
        assertThat(carrier.findLabel(ACCOUNT, PARCEL)).isPresent();
    }

    @Test
    void aProxyThatAnswersForTheCarrierIsAFailureToBeTriedAgain() throws Exception {
        control("POST", "/faults", "{\"system\":\"carrier\",\"operation\":\"*\",\"kind\":\"html\",\"status\":502}");

        assertThatThrownBy(() -> carrier.track(ACCOUNT, "SP000000000001")).isInstanceOf(SystemFailure.class);
        assertThat(carrier.track(ACCOUNT, "SP000000000001")).isEmpty();
    }

    @Test
    void nothingIsAskedOfACarrierThatIsPaused() {
        TestingGate gate = new TestingGate().pause(ACCOUNT);
        try (ParcelCarrier paused = new ParcelCarrier(List.of(config), gate)) {
            assertThatThrownBy(() -> paused.buyLabel(ACCOUNT, request("02139", 900), "key"))
                    .isInstanceOfSatisfying(SystemFailure.class, failure -> {
                        assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_PAUSED);
                        assertThat(failure.effectPossible()).isFalse();
                    });
            assertThatThrownBy(() -> paused.track(ACCOUNT, "SP000000000001")).isInstanceOf(SystemFailure.class);
            assertThat(carrier.findLabel(ACCOUNT, PARCEL)).isEmpty();

            gate.resume(ACCOUNT, Instant.EPOCH);
            assertThat(paused.track(ACCOUNT, "SP000000000001")).isEmpty();
        }
    }

    /** The sandbox wants to know where such a parcel is handed over, and does not serve every place. */
    @Test
    void theLabelOfAReturnIsBoughtFromTheCustomersAddressToOurs() throws Exception {
        ReturnParcelId back = new ReturnParcelId("O-7K2M9Q4XTA-R1-P1");
        control("POST", "/faults", "{\"system\":\"carrier\",\"operation\":\"POST /labels\",\"kind\":\"lose_reply\"}");
        assertThatThrownBy(() -> carrier.buyLabel(ACCOUNT, comingBack(back, "02139"), "key"))
                .isInstanceOf(SystemFailure.class);

        Label label = carrier.findLabel(ACCOUNT, back).map(Label::of).orElseThrow();
        mark(label, "IN_TRANSIT");
        assertThat(status(label)).contains(ParcelStatus.IN_TRANSIT);
        assertThat(carrier.buyLabel(ACCOUNT, comingBack(new ReturnParcelId("O-7K2M9Q4XTA-R2-P1"), "00000"), "key"))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.detail()).contains("ADDRESS_NOT_SERVED"));
        LabelRequest fromNowhere = new LabelRequest(
                new ReturnParcelId("O-7K2M9Q4XTA-R3-P1"),
                "#1001",
                new PostalAddress(
                        Optional.of("Ada Byron"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("US"),
                        Optional.empty()),
                address("07114"),
                OptionalInt.empty(),
                true);
        assertThat(carrier.buyLabel(ACCOUNT, fromNowhere, "key"))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.detail()).contains("ADDRESS_INCOMPLETE"));
    }

    private static LabelRequest comingBack(ReturnParcelId parcel, String fromPostalCode) {
        return new LabelRequest(parcel, "#1001", address(fromPostalCode), address("07114"), OptionalInt.empty(), true);
    }

    @Test
    void whatTheCarrierDoesNotTakeIsARefusal() {
        assertThat(carrier.buyLabel(ACCOUNT, request("00000", 900), "key"))
                .isInstanceOfSatisfying(Reply.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(FailureCode.CARRIER_REFUSED);
                    assertThat(refused.detail()).contains("ADDRESS_NOT_SERVED").doesNotContain("Ada");
                });
        assertThat(carrier.buyLabel(ACCOUNT, request("02139", 31_000), "key")).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void anAccountOfAnotherServiceTakesWhatTheUsualOneDoesNot() {
        CarrierConfig freight = new CarrierConfig(
                AccountId.of("parcel-freight"),
                config.name(),
                Optional.of("FREIGHT"),
                config.baseUrl(),
                config.apiKey(),
                config.webhookSecret(),
                config.timeout());
        try (ParcelCarrier both = new ParcelCarrier(List.of(config, freight))) {
            assertThat(both.buyLabel(ACCOUNT, request("02139", 31_000), "key")).isInstanceOf(Reply.Refused.class);
            Label label = bought(both.buyLabel(freight.account(), request("02139", 31_000), "key"));

            assertThat(both.findLabel(freight.account(), PARCEL).map(Label::of)).contains(label);
        }
    }

    @Test
    void whatIsOnItsWayIsNotGivenBackAndItsStatusIsRead() throws Exception {
        Label label = bought(carrier.buyLabel(ACCOUNT, request("02139", 900), "key"));
        mark(label, "IN_TRANSIT");

        assertThat(carrier.voidLabel(ACCOUNT, label.tracking().number(), "key"))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.LABEL_NOT_VOIDED));
        mark(label, "RETURNED");
        assertThat(status(label)).contains(ParcelStatus.REFUSED);
    }

    @Test
    void aWebhookIsBelievedOnlyWithItsSignature() throws Exception {
        CarrierWebhooks webhooks = new CarrierWebhooks(List.of(config));
        byte[] body = "{\"id\":\"e1\",\"number\":\"SP1\",\"status\":\"DELIVERED\",\"at\":\"2026-11-24T10:00:00Z\"}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(webhooks.verify(body, Map.of("X-Carrier-Hmac-Sha256", signed(body, SECRET))))
                .isInstanceOfSatisfying(CarrierWebhooks.Verified.class, verified -> {
                    assertThat(verified.number()).isEqualTo("SP1");
                    assertThat(verified.news().map(TrackingNews::status)).contains(ParcelStatus.DELIVERED);
                });
        assertThat(webhooks.verify(body, Map.of("X-Carrier-Hmac-Sha256", signed(body, "another"))))
                .isInstanceOf(CarrierWebhooks.Forged.class);
        assertThat(webhooks.verify(body, Map.of())).isInstanceOf(CarrierWebhooks.Forged.class);
    }

    private static String signed(byte[] body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    private Optional<ParcelStatus> status(Label label) {
        return carrier.track(ACCOUNT, label.tracking().number()).map(TrackingNews::status);
    }

    private static Label bought(Reply reply) {
        Receipt receipt = ((Reply.Done) reply).receipt();
        return Label.of(receipt);
    }

    private static LabelRequest request(String postalCode, int grams) {
        return new LabelRequest(PARCEL, "#1001", "Northwind Harbor", "US", address(postalCode), OptionalInt.of(grams));
    }

    private static PostalAddress address(String postalCode) {
        return new PostalAddress(
                Optional.of("Ada Byron"),
                Optional.of("1 Main Street"),
                Optional.of("Cambridge"),
                Optional.of("MA"),
                Optional.of(postalCode),
                Optional.of("US"),
                Optional.empty());
    }

    private void mark(Label label, String status) throws Exception {
        control("PUT", "/carrier/tracks/" + label.tracking().number(), "{\"status\":\"" + status + "\"}");
    }

    private void control(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.controlBase() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isLessThan(300);
        }
    }
}
