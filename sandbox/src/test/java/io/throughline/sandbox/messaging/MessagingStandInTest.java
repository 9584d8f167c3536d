package io.throughline.sandbox.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail, text messages and the carrier on their wires. */
class MessagingStandInTest {

    private static final String SMS = "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json";
    private static final String BASIC = "Basic "
            + Base64.getEncoder()
                    .encodeToString("AC00000000000000000000000000000001:synthetic-sms-auth-token"
                            .getBytes(StandardCharsets.UTF_8));
    private static final String MAIL = """
            {"personalizations": [{"to": [{"email": "ann@example.com"}]}], "from": {"email": "shop@northwind.example"},
             "subject": "Shipped", "content": [{"type": "text/plain", "value": "On its way"}],
             "custom_args": {"reference": "F1/SHIPPED"}}
            """;

    private Sandbox sandbox;
    private HttpClient http;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxConfig.inMemory());
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        sandbox.close();
    }

    @Test
    void mailIsAcceptedKeptAndFoundByItsReference() throws Exception {
        HttpResponse<String> sent = call("messaging", "POST", "/v3/mail/send", "Bearer synthetic-mail-api-key", MAIL);
        HttpResponse<String> found = call(
                "messaging",
                "GET",
                "/v3/messages?limit=10&query=" + encode("unique_args['reference']=\"F1/SHIPPED\""),
                "Bearer synthetic-mail-api-key",
                "");

        assertThat(sent.statusCode()).isEqualTo(202);
        assertThat(sent.headers().firstValue("X-Message-Id"))
                .contains(Json.parse(found.body())
                        .path("messages")
                        .path(0)
                        .path("msg_id")
                        .asText());
        assertThat(control("/messaging/sent?reference=" + encode("F1/SHIPPED"))).hasSize(1);
        assertThat(sandbox.ledger().read(Optional.of("messaging"), 0)).hasSize(1);
    }

    @Test
    void mailWithoutKeyOrAddressIsRefusedInItsShape() throws Exception {
        assertThat(call("messaging", "POST", "/v3/mail/send", "Bearer wrong", MAIL)
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> refused = call(
                "messaging",
                "POST",
                "/v3/mail/send",
                "Bearer synthetic-mail-api-key",
                MAIL.replace("ann@example.com", "ann"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Does not contain a valid address.");
        assertThat(sandbox.ledger().read(Optional.of("messaging"), 0)).isEmpty();
    }

    @Test
    void textMessageIsQueuedAndListedByItsNumber() throws Exception {
        HttpResponse<String> sent = call(
                "messaging",
                "POST",
                SMS,
                BASIC,
                "To=" + encode("+15550100") + "&From=" + encode("+15550199") + "&Body="
                        + encode("Ready. Ref. F1/READY"));
        HttpResponse<String> listed = call("messaging", "GET", SMS + "?To=" + encode("+15550100"), BASIC, "");

        assertThat(sent.statusCode()).isEqualTo(201);
        assertThat(Json.parse(listed.body())
                        .path("messages")
                        .path(0)
                        .path("sid")
                        .asText())
                .isEqualTo(Json.parse(sent.body()).path("sid").asText());
        assertThat(control("/messaging/sent?reference=" + encode("F1/READY"))).hasSize(1);
        assertThat(call("messaging", "POST", SMS, BASIC, "To=abc&From=x&Body=y").statusCode())
                .isEqualTo(400);
    }

    @Test
    void parcelsStatusIsSetByControlAndRead() throws Exception {
        String number = new io.throughline.sandbox.carrier.Parcels(sandbox.documents()).post("order");
        assertThat(http.send(
                                HttpRequest.newBuilder(sandbox.controlBase().resolve("/carrier/tracks/" + number))
                                        .PUT(HttpRequest.BodyPublishers.ofString("{\"status\":\"DELIVERED\"}"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(204);

        assertThat(Json.parse(call("carrier", "GET", "/tracks/" + number, "", "")
                                .body())
                        .path("status")
                        .asText())
                .isEqualTo("DELIVERED");
        assertThat(call("carrier", "GET", "/tracks/none", "", "").statusCode()).isEqualTo(404);
    }

    private JsonNode control(String path) throws IOException, InterruptedException {
        return Json.parse(http.send(
                        HttpRequest.newBuilder(URI.create(sandbox.controlBase() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private HttpResponse<String> call(String system, String method, String path, String authorization, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.base(system) + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
