package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.sandbox.core.Fault;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The stand-in, driven through its control API. */
final class SandboxTryton implements ErpUnderTest, AutoCloseable {
    private final Sandbox sandbox = Sandbox.start(SandboxConfig.inMemory());
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public TrytonSettings settings() {
        return SampleSettings.at(
                sandbox.base("tryton"), "synthetic-tryton-password", "synthetic-tryton-application-key");
    }

    @Override
    public void closePeriod(String name) {
        control("POST", "/periods/" + name + "/close");
    }

    @Override
    public void reopenPeriod(String name) {
        control("POST", "/periods/" + name + "/reopen");
    }

    @Override
    public void closeStock(LocalDate day) {
        control("PUT", "/stock-periods/" + day);
    }

    @Override
    public void reopenStock(LocalDate day) {
        control("DELETE", "/stock-periods/" + day);
    }

    @Override
    public void setProductActive(String code, boolean active) {
        control("POST", "/products/" + code + (active ? "/restore" : "/remove"));
    }

    @Override
    public int documents(String reference) {
        return shown("invoices", reference).size()
                + shown("payments", reference).size();
    }

    @Override
    public String invoiceState(String reference) {
        return shown("invoices", reference).path(0).path("state").asText();
    }

    void reprice(String code, String listPrice) {
        control(
                "PUT",
                "/products/" + code,
                HttpRequest.BodyPublishers.ofString("{\"listPrice\":\"" + listPrice + "\"}"));
    }

    /** The next call of this method is refused. */
    void refuseNext(String method) {
        control("/refusals", json.createObjectNode().put("method", method).put("words", "Not today."));
    }

    /** In which states there are documents with this reference. */
    List<String> states(String kind, String reference) {
        return StreamSupport.stream(shown(kind, reference).spliterator(), false)
                .map(document -> document.path("state").asText())
                .toList();
    }

    /** How many moves keep their period from being closed. */
    long draftMoves() {
        return StreamSupport.stream(control("GET", "/moves").spliterator(), false)
                .filter(move -> move.path("state").asText().equals("draft"))
                .count();
    }

    void endSessions() {
        control("DELETE", "/sessions");
    }

    /** The next call of this operation meets this fault. */
    void arm(String fault) {
        try {
            sandbox.faults().add(json.readValue(fault, Fault.class));
        } catch (IOException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    void disarm(String fault) {
        sandbox.faults().remove(fault);
    }

    List<JsonNode> effects(String operation) {
        return sandbox.ledger().read(Optional.of("tryton"), 0).stream()
                .filter(row -> row.path("operation").asText().equals(operation))
                .toList();
    }

    long attempts(String operation) {
        return sandbox.ledger().attempts(Optional.of("tryton"), 0).stream()
                .filter(row -> row.path("operation").asText().equals(operation))
                .count();
    }

    private JsonNode shown(String kind, String reference) {
        return control("GET", "/" + kind + "?reference=" + URLEncoder.encode(reference, StandardCharsets.UTF_8));
    }

    /** Asks the director for something that has content. */
    void control(String path, JsonNode body) {
        control("POST", path, HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    private JsonNode control(String method, String path) {
        return control(method, path, HttpRequest.BodyPublishers.noBody());
    }

    private JsonNode control(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.controlBase() + "/tryton" + path))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
            return json.readTree(response.body());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
