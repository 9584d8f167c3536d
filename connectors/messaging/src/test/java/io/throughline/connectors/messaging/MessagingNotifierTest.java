package io.throughline.connectors.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.throughline.connectors.messaging.MessagingConfig.Mail;
import io.throughline.connectors.messaging.MessagingConfig.Texts;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.TestingGate;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.notification.Notification;
import io.throughline.domain.notification.Notification.Template;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages to customers, whatever happens to the providers on the way. */
class MessagingNotifierTest {

    private static final String REFERENCE = "O-7K2M9Q4XTA-F1/SHIPPED";

    /** The two ways to reach somebody. */
    enum Way {
        MAIL("mail", person("ann@example.com", "+1 (555) 010-0123")),
        TEXT("sms", person(null, "+1 (555) 010-0123"));

        final String operation;

        @SuppressWarnings("ImmutableEnumChecker") // a record of texts
        final PersonalData person;

        Way(String operation, PersonalData person) {
            this.operation = operation;
            this.person = person;
        }
    }

    private Sandbox sandbox;
    private MessagingNotifier notifier;
    private HttpClient http;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxConfig.inMemory());
        notifier = new MessagingNotifier(config(sandbox.base("messaging")));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        notifier.close();
        http.close();
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void messageIsSentAndFoundByItsReference(Way way) throws Exception {
        Notification notification = shipped(way.person);

        assertThat(notifier.findSent(notification)).isEmpty();
        Reply reply = notifier.send(notification, "key");

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Done.class,
                        done -> assertThat(notifier.findSent(notification)).contains(done.receipt()));
        assertThat(sent()).singleElement().satisfies(message -> {
            assertThat(message.path("channel").asText()).isEqualTo(way.operation);
            assertThat(message.path("reference").asText()).isEqualTo(REFERENCE);
            assertThat(message.path("text").asText())
                    .startsWith("Your order #1001 has been shipped. Sandbox Parcel: SP1.");
        });
    }

    @Test
    void otherMessageToTheSamePersonIsNotFoundInstead() {
        notifier.send(shipped(Way.TEXT.person), "key");

        assertThat(notifier.findSent(new Notification(
                        "O-7K2M9Q4XTA-F2/SHIPPED", Template.SHIPPED, "#1001", Way.TEXT.person, Map.of())))
                .isEmpty();
    }

    @Test
    void nobodyToTellIsDone() throws Exception {
        Notification notification = shipped(PersonalData.none());

        assertThat(notifier.findSent(notification)).contains(Receipt.of("nobody"));
        assertThat(notifier.send(notification, "key")).isEqualTo(Reply.done("nobody"));
        assertThat(sent()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void lostReplyIsUnknownAndFoundByTheProbe(Way way) throws Exception {
        fault(way, "\"kind\":\"lose_reply\"");

        SystemFailure failure = failure(way);

        assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        assertThat(failure.effectPossible()).isTrue();
        assertThat(notifier.findSent(shipped(way.person))).isPresent();
        assertThat(sent()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, '\"kind\":\"status\",\"status\":500', SYSTEM_ERROR, true",
        "MAIL, '\"kind\":\"html\",\"status\":502', SYSTEM_ERROR, true",
        "MAIL, '\"kind\":\"refuse\"', OUTCOME_UNKNOWN, true",
        "MAIL, '\"kind\":\"status\",\"status\":401', CREDENTIAL_REFUSED, false",
        "TEXT, '\"kind\":\"status\",\"status\":503', SYSTEM_ERROR, true",
        "TEXT, '\"kind\":\"truncate\"', OUTCOME_UNKNOWN, true",
        "TEXT, '\"kind\":\"html\",\"status\":200', REPLY_UNREADABLE, true",
        "TEXT, '\"kind\":\"status\",\"status\":401', CREDENTIAL_REFUSED, false"
    })
    void failureSaysWhetherTheMessageMayHaveGoneOut(Way way, String fault, FailureCode code, boolean effectPossible)
            throws Exception {
        fault(way, fault);

        SystemFailure failure = failure(way);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.effectPossible()).isEqualTo(effectPossible);
    }

    @ParameterizedTest
    @EnumSource
    void rateLimitSaysWhenToComeBack(Way way) throws Exception {
        fault(way, "\"kind\":\"status\",\"status\":429,\"retryAfterSeconds\":9");

        SystemFailure failure = failure(way);

        assertThat(failure.code()).isEqualTo(FailureCode.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @EnumSource
    void silenceEndsAtTheTimeout(Way way) throws Exception {
        fault(way, "\"kind\":\"hang\",\"delayMillis\":2000");
        try (MessagingNotifier hasty =
                new MessagingNotifier(config(sandbox.base("messaging")).withTimeout(Duration.ofMillis(200)))) {
            SystemFailure failure =
                    catchThrowableOfType(SystemFailure.class, () -> hasty.send(shipped(way.person), "key"));
            assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatStopsInTheMiddleEndsAtTheTimeout(Way way) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer stalling = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stalling.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        stalling.createContext("/", exchange -> {
            exchange.sendResponseHeaders(201, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaited(over);
            exchange.close();
        });
        stalling.start();
        URI base = URI.create("http://127.0.0.1:" + stalling.getAddress().getPort());
        try (MessagingNotifier hasty = new MessagingNotifier(config(base).withTimeout(Duration.ofMillis(300)))) {
            SystemFailure failure =
                    catchThrowableOfType(SystemFailure.class, () -> hasty.send(shipped(way.person), "key"));

            assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
            assertThat(failure.effectPossible()).isTrue();
        } finally {
            over.countDown();
            stalling.stop(0);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void closedDoorIsCertainlyWithoutEffect() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (MessagingNotifier unreachable = new MessagingNotifier(config(nobody))) {
            SystemFailure failure =
                    catchThrowableOfType(SystemFailure.class, () -> unreachable.send(shipped(Way.MAIL.person), "key"));
            assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
            assertThat(failure.effectPossible()).isFalse();
        }
    }

    @Test
    void pausedItSendsNothing() throws Exception {
        MessagingConfig config = config(sandbox.base("messaging"));
        try (MessagingNotifier paused = new MessagingNotifier(config, new TestingGate().pause(config.account()))) {
            SystemFailure failure =
                    catchThrowableOfType(SystemFailure.class, () -> paused.send(shipped(Way.MAIL.person), "key"));
            assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_PAUSED);
            assertThat(failure.effectPossible()).isFalse();
        }
        assertThat(notifier.findSent(shipped(Way.MAIL.person))).isEmpty();
    }

    @Test
    void refusalNamesNoPerson() {
        Reply mail = notifier.send(shipped(person("no-address", null)), "key");
        Reply text = notifier.send(shipped(person(null, "12")), "key");

        assertThat(mail)
                .isEqualTo(Reply.refused(
                        FailureCode.MESSAGE_REFUSED, "mail refused with 400 because of personalizations.0.to.0.email"));
        assertThat(text).isEqualTo(Reply.refused(FailureCode.MESSAGE_REFUSED, "text message refused with 400 21211"));
    }

    @ParameterizedTest
    @EnumSource
    void everyTemplateHasWords(Template template) throws Exception {
        notifier.send(
                new Notification(
                        "r/" + template, template, "#1001", Way.MAIL.person, Map.of("facility", "Northwind Harbor")),
                "key");

        assertThat(sent()).singleElement().satisfies(message -> {
            assertThat(message.path("subject").asText()).contains("#1001");
            assertThat(message.path("text").asText()).contains("#1001").doesNotContain("null");
        });
    }

    @Test
    void configurationShowsNoSecret() {
        assertThat(config(URI.create("http://mail.example")).toString())
                .doesNotContain("synthetic-mail-api-key")
                .doesNotContain("synthetic-sms-auth-token");
    }

    private SystemFailure failure(Way way) {
        SystemFailure failure =
                catchThrowableOfType(SystemFailure.class, () -> notifier.send(shipped(way.person), "key"));
        assertThat(failure).isNotNull();
        assertThat(String.valueOf(failure.getMessage())).doesNotContain("ann@").doesNotContain("555");
        return failure;
    }

    private void fault(Way way, String rest) throws IOException, InterruptedException {
        control(
                "POST",
                "/faults",
                "{\"system\":\"messaging\",\"operation\":\"" + way.operation + ".send\"," + rest + "}");
    }

    private JsonNode sent() throws IOException, InterruptedException {
        return control("GET", "/messaging/sent", "");
    }

    private JsonNode control(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(sandbox.controlBase().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isLessThan(300);
        return Json.parse(response.body());
    }

    private static Notification shipped(PersonalData person) {
        return new Notification(
                REFERENCE,
                Template.SHIPPED,
                "#1001",
                person,
                Map.of("carrier", "Sandbox Parcel", "tracking", "SP1", "facility", "Northwind Harbor"));
    }

    private static PersonalData person(
            @org.jspecify.annotations.Nullable String email, @org.jspecify.annotations.Nullable String phone) {
        return new PersonalData(
                Optional.of("Ann Example"),
                Optional.ofNullable(email),
                Optional.ofNullable(phone),
                Optional.empty(),
                Optional.empty());
    }

    private static MessagingConfig config(URI base) {
        return MessagingConfig.of(
                AccountId.of("messaging"),
                new Mail(base, "synthetic-mail-api-key", "orders@northwind.example"),
                new Texts(base, "AC00000000000000000000000000000001", "synthetic-sms-auth-token", "+15005550006"));
    }
}
