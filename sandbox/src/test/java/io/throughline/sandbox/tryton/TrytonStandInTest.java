package io.throughline.sandbox.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in's wire: what a client of a real Tryton meets there, it meets here. */
class TrytonStandInTest {
    private static final String KEY = "Bearer synthetic-tryton-application-key";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxConfig.inMemory().withDataFile(directory.resolve("sandbox.db")));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void wantsAKeyForRestAndASessionForJsonRpc() throws Exception {
        HttpResponse<byte[]> noKey = post("rest/model/sale.sale/search_read", Json.object(), "Bearer another");
        assertThat(noKey.statusCode()).isEqualTo(401);
        assertThat(text(noKey)).contains("<title>401 Unauthorized</title>");

        HttpResponse<byte[]> noSession = post("rpc/", call("model.sale.sale.search", Json.array()), "Session bm8=");
        assertThat(noSession.statusCode()).isEqualTo(401);
        assertThat(noSession.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"Tryton\"");
        assertThat(noSession.body()).isEmpty();

        ObjectNode wrong = call(
                "common.db.login",
                Json.array().add("orchestrator").add(Json.object().put("password", "no")));
        assertThat(post("rpc/", wrong, "").statusCode()).isEqualTo(401);
    }

    @Test
    void longRepliesSayThatTheyArePackedWhetherTheyAreOrNot() throws Exception {
        ObjectNode search = call(
                "model.account.period.search_read",
                Json.array()
                        .add(Json.array())
                        .add(0)
                        .addNull()
                        .addNull()
                        .add(Json.array().add("name").add("start_date"))
                        .add(Json.object()));
        HttpResponse<byte[]> plain = post("rpc/", search, session());
        HttpResponse<byte[]> packed = post("rpc/", search, session(), "Accept-Encoding", "gzip");

        assertThat(plain.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(Json.parse(plain.body()).path("result")).hasSize(48);
        try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(Json.parse(body.readAllBytes()).path("result")).hasSize(48);
        }
    }

    @Test
    void answersTheUsualRestForms() throws Exception {
        String domain = Base64.getUrlEncoder()
                .encodeToString("[[\"code\",\"=\",\"NW-CAP-NVY\"]]".getBytes(StandardCharsets.UTF_8));
        JsonNode found = json(get("rest/model/product.product?d=" + domain + "&f=code&s=5"));
        assertThat(found).hasSize(1);
        long id = found.path(0).path("id").longValue();

        assertThat(json(get("rest/model/product.product/" + id + "?f=code"))
                        .path("code")
                        .asText())
                .isEqualTo("NW-CAP-NVY");
        assertThat(get("rest/model/no.such.model").statusCode()).isEqualTo(400);
        assertThat(post("rest/model/sale.sale/no_such_action", Json.object(), KEY)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void leavesTheClearingMoveOfAPaymentAsADraftThatKeepsItsPeriodOpen() throws Exception {
        succeeded(payment("P-1"));

        JsonNode move = control("GET", "/moves").path(0);
        assertThat(move.path("state").asText()).isEqualTo("draft");
        HttpResponse<byte[]> closing = send("POST", sandbox.controlBase() + "/tryton/periods/2026-10/close", "");
        assertThat(closing.statusCode()).isEqualTo(409);
        assertThat(text(closing)).contains("you must post the moves");

        press("account.move", "post", move.path("id").longValue());
        control("POST", "/periods/2026-10/close");
        assertThat(control("GET", "/moves").path(0).path("state").asText()).isEqualTo("posted");
    }

    @Test
    void keepsItsRecordsAndForgetsItsSessionsOverARestart() throws Exception {
        String session = session();
        payment("P-2");
        sandbox.close();
        sandbox = Sandbox.start(SandboxConfig.inMemory().withDataFile(directory.resolve("sandbox.db")));

        assertThat(control("GET", "/payments?reference=P-2")).hasSize(1);
        assertThat(post("rpc/", call("model.sale.sale.search", Json.array().add(Json.array())), session)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void writesDownEachPostingOnceAndNothingThatWasRefused() throws Exception {
        long payment = payment("P-3");
        press("account.payment", "submit", payment);
        JsonNode again = rpc("model.account.payment.submit", Json.array().add(payment), Json.object());

        assertThat(again.path("error").path(0).asText()).isEqualTo("UserError");
        assertThat(sandbox.ledger().read(Optional.of("tryton"), 0)).isEmpty();
    }

    @Test
    void asksBeforeMoreIsGivenBackThanWasPaid() throws Exception {
        succeeded(payment("P-5"));
        press(
                "account.move",
                "post",
                control("GET", "/moves").path(0).path("id").longValue());
        long line = id("account.move.line", "account.code", "1100");
        ObjectNode due = Json.object();
        due.set("maturity_date", Typed.date(LocalDate.of(2026, 10, 5)));
        rpc("model.account.move.line.write", Json.array().add(line), due, Json.object());
        ObjectNode refund = values("P-6", "12.51").put("kind", "payable").put("line", line);
        long givenBack = create(refund);
        press("account.payment", "submit", givenBack);
        press("account.payment", "approve", givenBack);

        JsonNode reply = process(givenBack);

        assertThat(reply.path("error").path(0).asText()).isEqualTo("UserWarning");
        assertThat(reply.path("error").toString()).contains("overpays line");
        assertThat(control("GET", "/payments?reference=P-6")
                        .path(0)
                        .path("state")
                        .asText())
                .isEqualTo("approved");
    }

    @Test
    void aResetLeavesAFreshCompany() throws Exception {
        payment("P-4");
        send("POST", sandbox.controlBase() + "/reset", "");

        assertThat(control("GET", "/payments")).isEmpty();
        payment("P-4");
        assertThat(control("GET", "/payments")).hasSize(1);
    }

    private long payment(String reference) throws Exception {
        return create(values(reference, "12.50"));
    }

    private ObjectNode values(String reference, String amount) throws Exception {
        ObjectNode values = Json.object()
                .put("company", id("company.company", "id", ""))
                .put("kind", "receivable")
                .put("party", id("party.party", "code", "northwind"))
                .put("journal", id("account.payment.journal", "name", "shopify_payments USD"))
                .put("reference", reference);
        values.set("amount", Typed.decimal(new BigDecimal(amount)));
        values.set("date", Typed.date(LocalDate.of(2026, 10, 5)));
        return values;
    }

    private long create(ObjectNode values) throws Exception {
        ObjectNode body = Json.object();
        body.set("vlist", Json.array().add(values));
        return json(post("rest/model/account.payment/create", body, KEY))
                .path(0)
                .longValue();
    }

    private JsonNode process(long payment) throws Exception {
        JsonNode wizard = rpc("wizard.account.payment.process.create").path("result");
        ObjectNode selection = Json.object().put("active_id", payment);
        selection.set("active_ids", Json.array().add(payment));
        return rpc("wizard.account.payment.process.execute", wizard.path(0), Json.object(), wizard.path(1), selection);
    }

    private void succeeded(long payment) throws Exception {
        press("account.payment", "submit", payment);
        process(payment);
        ObjectNode dated = Json.object();
        dated.set("clearing_date", Typed.date(LocalDate.of(2026, 10, 5)));
        rpc("model.account.payment.succeed", Json.array().add(payment), dated);
    }

    private long id(String model, String field, String value) throws Exception {
        ObjectNode body = Json.object();
        body.set(
                "domain",
                value.isEmpty()
                        ? Json.array()
                        : Json.array().add(Json.array().add(field).add("=").add(value)));
        body.set("fields_names", Json.array().add("id"));
        return json(post("rest/model/" + model + "/search_read", body, KEY))
                .path(0)
                .path("id")
                .longValue();
    }

    private void press(String model, String button, long id) throws Exception {
        JsonNode reply = rpc("model." + model + "." + button, Json.array().add(id), Json.object());
        assertThat(reply.has("error")).as(reply.toString()).isFalse();
    }

    private JsonNode rpc(String method, JsonNode... parameters) throws Exception {
        return json(post("rpc/", call(method, Json.array().addAll(List.of(parameters))), session()));
    }

    private String session() throws Exception {
        ObjectNode login = call(
                "common.db.login",
                Json.array().add("orchestrator").add(Json.object().put("password", "synthetic-tryton-password")));
        JsonNode granted = json(post("rpc/", login, "")).path("result");
        String token = "orchestrator:" + granted.path(0).asText() + ":"
                + granted.path(1).asText();
        return "Session " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode call(String method, JsonNode parameters) {
        ObjectNode call = Json.object().put("id", 7).put("method", method);
        call.set("params", parameters);
        return call;
    }

    private HttpResponse<byte[]> post(String path, JsonNode body, String authorization, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.base("tryton") + "/northwind/" + path))
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.base("tryton") + "/northwind/" + path))
                .header("Authorization", KEY)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private JsonNode control(String method, String path) throws Exception {
        HttpResponse<byte[]> response = send(method, sandbox.controlBase() + "/tryton" + path, "");
        assertThat(response.statusCode()).as(text(response)).isLessThan(300);
        return response.body().length == 0 ? Json.object() : Json.parse(response.body());
    }

    private HttpResponse<byte[]> send(String method, String uri, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        return Json.parse(response.body());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
