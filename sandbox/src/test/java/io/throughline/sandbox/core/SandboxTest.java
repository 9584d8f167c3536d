package io.throughline.sandbox.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {

    private static final String TOKEN_CALL = "{\"client_id\":\"throughline-app\",\"client_secret\":"
            + "\"synthetic-app-secret-for-tests\",\"grant_type\":\"client_credentials\"}";

    private final Sandbox sandbox = Sandbox.start(SandboxConfig.inMemory());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> control(String method, String path, String body)
            throws IOException, InterruptedException {
        return TestingHttp.call(method, URI.create(sandbox.controlBase() + path), body);
    }

    private HttpResponse<String> wire() throws IOException, InterruptedException {
        return TestingHttp.call(
                "POST",
                URI.create(sandbox.base("shopify") + "/northwind-demo.myshopify.com/admin/oauth/access_token"),
                TOKEN_CALL);
    }

    private void fault(String fields) throws IOException, InterruptedException {
        HttpResponse<String> added = control("POST", "/faults", "{\"system\":\"shopify\"," + fields + "}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    }

    private JsonNode lastAttempt() {
        return sandbox.ledger().attempts(Optional.of("shopify"), 0).getLast();
    }

    @Test
    void theIndexTellsWhereEverythingIs() throws Exception {
        JsonNode index = TestingHttp.json(control("GET", "/", ""));

        assertThat(index.at("/systems/shopify").asText())
                .isEqualTo(sandbox.base("shopify").toString());
        assertThat(control("GET", "/nothing", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aStatusIsAnsweredInTheVendorsShapeAsOftenAsAsked() throws Exception {
        fault("\"operation\":\"*\",\"kind\":\"status\",\"status\":429,\"retryAfterSeconds\":2,\"times\":2,\"after\":1");

        assertThat(wire().statusCode()).isEqualTo(200);
        HttpResponse<String> first = wire();
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).contains("2");
        assertThat(first.body()).contains("THROTTLED");
        assertThat(wire().statusCode()).isEqualTo(429);
        assertThat(wire().statusCode()).isEqualTo(200);
        assertThat(lastAttempt().path("fault").asText()).isEmpty();
    }

    @Test
    void anHtmlPageComesFromAProxy() throws Exception {
        fault("\"kind\":\"html\"");

        HttpResponse<String> page = wire();

        assertThat(page.statusCode()).isEqualTo(502);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).startsWith("<html>");
    }

    @Test
    void refusedTruncatedAndLostRepliesEndTheConnection() throws Exception {
        for (String kind : new String[] {"refuse", "lose_reply", "truncate"}) {
            fault("\"kind\":\"" + kind + "\"");
            assertThatThrownBy(this::wire).as(kind).isInstanceOf(IOException.class);
            assertThat(lastAttempt().path("fault").asText()).isEqualTo(kind);
        }
        assertThat(wire().statusCode()).isEqualTo(200);
    }

    @Test
    void aDelayedAnswerComesLate() throws Exception {
        fault("\"kind\":\"delay\",\"delayMillis\":150");
        Instant asked = Instant.now();

        assertThat(wire().statusCode()).isEqualTo(200);
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void aFaultIsAimedByWhatTheBodySays() throws Exception {
        fault("\"kind\":\"refuse\",\"bodyContains\":\"another-client\"");

        assertThat(wire().statusCode()).isEqualTo(200);
        assertThat(TestingHttp.json(control("GET", "/faults", ""))).hasSize(1);
        assertThat(control("DELETE", "/faults", "").statusCode()).isEqualTo(204);
        assertThat(TestingHttp.json(control("GET", "/faults", ""))).isEmpty();
    }

    @Test
    void aCallTellsWhichRuleStruckIt() throws Exception {
        fault("\"id\":\"mine\",\"kind\":\"lose_reply\",\"bodyContains\":\"throughline-app\"");
        fault("\"id\":\"other\",\"kind\":\"lose_reply\",\"bodyContains\":\"another-client\"");
        assertThatThrownBy(this::wire).isInstanceOf(IOException.class);
        wire();

        JsonNode struck = TestingHttp.json(control("GET", "/attempts?system=shopify&rule=mine", ""));
        assertThat(struck).hasSize(1);
        assertThat(struck.at("/0/status").asInt()).isZero();
        assertThat(struck.at("/0/fault").asText()).isEqualTo("lose_reply");
        assertThat(struck.at("/0/rule").asText()).isEqualTo("mine");
        assertThat(TestingHttp.json(control("GET", "/attempts?rule=other", ""))).isEmpty();
        assertThat(TestingHttp.json(control("GET", "/attempts", ""))).hasSize(2);
        assertThat(lastAttempt().path("rule").asText()).isEmpty();
    }

    @Test
    void aRuleThatMakesNoSenseIsRefused() throws Exception {
        assertThat(control("POST", "/faults", "{\"kind\":\"explode\"}").body()).contains("kind must be one of");
        assertThat(control("POST", "/faults", "{\"kind\":\"delay\",\"times\":0}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(control("POST", "/webhook-faults", "nope").statusCode()).isEqualTo(400);
        assertThat(control("DELETE", "/faults/none", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aScriptPlaysControlCallsInOrder() throws Exception {
        String script =
                "[{\"do\":{\"method\":\"POST\",\"path\":\"/faults\",\"body\":{\"id\":\"one\",\"kind\":\"html\"}}},"
                        + "{\"afterMillis\":5,\"do\":{\"method\":\"DELETE\",\"path\":\"/faults/one\"}}]";

        assertThat(control("POST", "/script", script).statusCode()).isEqualTo(202);

        JsonNode report = TestingHttp.json(control("GET", "/script", ""));
        Instant end = Instant.now().plusSeconds(5);
        while (report.size() < 2 && Instant.now().isBefore(end)) {
            report = TestingHttp.json(control("GET", "/script", ""));
        }
        assertThat(report.findValuesAsText("status")).containsExactly("201", "204");
        assertThat(control("POST", "/script", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void aResetEmptiesAndSeedsAgain() throws Exception {
        wire();
        fault("\"kind\":\"html\"");
        sandbox.ledger().effect("shopify", "test", "s", "k", Json.object());

        assertThat(control("POST", "/reset", "").statusCode()).isEqualTo(204);

        assertThat(TestingHttp.json(control("GET", "/ledger", ""))).isEmpty();
        assertThat(TestingHttp.json(control("GET", "/attempts", ""))).isEmpty();
        assertThat(TestingHttp.json(control("GET", "/faults", ""))).isEmpty();
        JsonNode stock = TestingHttp.json(control("GET", "/shopify/northwind-demo.myshopify.com/inventory", ""));
        assertThat(stock).isNotEmpty();
    }

    @Test
    void whatFailsInATransactionLeavesNothingBehind() {
        assertThatThrownBy(() -> sandbox.documents().atomically(() -> {
                    sandbox.documents().put("test", "1", Json.object());
                    sandbox.ledger().effect("shopify", "test", "s", "k", Json.object());
                    sandbox.documents().afterCommit(() -> {
                        throw new AssertionError("must not run");
                    });
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(sandbox.documents().list("test")).isEmpty();
        assertThat(sandbox.ledger().read(Optional.empty(), 0)).isEmpty();
    }

    @Test
    void theLedgerIsReadFromWhereOneStopped() {
        sandbox.ledger().effect("shopify", "one", "s", "k", Json.object());
        sandbox.ledger().effect("square", "two", "s", "k", Json.object());
        long first = sandbox.ledger()
                .read(Optional.empty(), 0)
                .getFirst()
                .path("seq")
                .asLong();

        assertThat(sandbox.ledger().read(Optional.empty(), first)).hasSize(1);
        assertThat(sandbox.ledger().read(Optional.of("shopify"), 0)).hasSize(1);
    }

    @Test
    void theLedgerIsReadForWhatItIsAbout() throws Exception {
        sandbox.ledger().effect("shopify", "bySubject", "gid://shopify/Order/71001", "k1", Json.object());
        sandbox.ledger().effect("tryton", "byKey", "s", "71001/invoice", Json.object());
        sandbox.ledger().effect("square", "byDetail", "s", "k2", Json.object().put("reference", "71001-F1"));
        sandbox.ledger().effect("shopify", "ofAnother", "gid://shopify/Order/71002", "k3", Json.object());

        assertThat(TestingHttp.json(control("GET", "/ledger?about=71001", "")).findValuesAsText("operation"))
                .containsExactly("bySubject", "byKey", "byDetail");
        assertThat(TestingHttp.json(control("GET", "/ledger?system=shopify&about=71001", ""))
                        .findValuesAsText("operation"))
                .containsExactly("bySubject");
        assertThat(TestingHttp.json(control("GET", "/ledger", ""))).hasSize(4);
    }

    @Test
    void aDataFileThatDoesNotTellTheRuleOfAnAttemptIsStillGood(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("sandbox.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE attempt (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL,"
                    + " system TEXT NOT NULL, operation TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,"
                    + " status INTEGER NOT NULL, fault TEXT NOT NULL, millis INTEGER NOT NULL)");
            statement.execute("INSERT INTO attempt (at, system, operation, method, path, status, fault, millis)"
                    + " VALUES ('2026-11-23T12:00:00Z', 'shopify', 'order', 'POST', '/', 200, '', 1)");
        }

        for (int start = 0; start < 2; start++) {
            try (Sandbox kept = Sandbox.start(SandboxConfig.inMemory().withDataFile(file))) {
                assertThat(kept.ledger().attempts(Optional.empty(), 0))
                        .singleElement()
                        .satisfies(attempt ->
                                assertThat(attempt.path("rule").asText()).isEmpty());
            }
        }
    }

    @Test
    void aDataFileKeepsEverythingOverARestart(@TempDir Path folder) {
        SandboxConfig config = SandboxConfig.inMemory().withDataFile(folder.resolve("a folder/sandbox.db"));
        try (Sandbox before = Sandbox.start(config)) {
            before.documents().put("test", "1", Json.object().put("kept", true));
            assertThat(before.documents().next("numbers")).isEqualTo(1);
        }
        try (Sandbox after = Sandbox.start(config)) {
            assertThat(after.documents().get("test", "1"))
                    .contains(Json.object().put("kept", true));
            assertThat(after.documents().next("numbers")).isEqualTo(2);
        }
    }

    @Test
    void anUnknownSystemIsNamed() {
        assertThatThrownBy(() -> sandbox.port("sap")).hasMessageContaining("sap");
    }
}
