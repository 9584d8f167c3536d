package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy is handed in and put in force with who wants it and why. */
class PolicyChangeTest {
    private static final String ANSWER = """
        {"version":"routing-2","kind":"ACTIVATION","author":"Ada","comment":"more stores","actor":"local (key 1)",
         "at":"2026-11-26T10:00:00Z","active":"routing-2","activations":[],
         "versions":[{"version":"routing-1","source":"FILE","effectiveFrom":"2026-01-01T00:00:00Z"}]}
        """;

    @TempDir
    private Path directory;

    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private HttpServer api;

    @BeforeEach
    void open() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
    }

    @AfterEach
    void close() {
        api.stop(0);
    }

    /** What was only handed in has nothing to say, as at the real API. */
    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).strip());
        if (exchange.getRequestURI().getPath().endsWith("/routing-2")) {
            exchange.sendResponseHeaders(204, -1);
        } else {
            byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Test
    void aFileIsHandedInUnderItsVersionAndThenPutInForce() throws Exception {
        Path file = Files.writeString(directory.resolve("mine.yml"), "# ours\nversion: routing-2 # the second\n");

        run("activate", file.toString(), "--author", "Ada", "--comment", "more stores");

        assertThat(asked)
                .containsExactly(
                        "POST /v1/policies/routing/routing-2 # ours\nversion: routing-2 # the second",
                        "POST /v1/policies/routing/routing-2/activations {\"author\":\"Ada\",\"comment\":\"more"
                                + " stores\"}");
        assertThat(shown()).contains("routing-2 is in force since 2026-11-26T10:00:00Z");
    }

    @Test
    void theLastOneIsRolledBack() throws Exception {
        run("rollback", "--comment", "too far", "--author", "Ada");

        assertThat(asked)
                .containsExactly("POST /v1/policies/routing/rollbacks {\"comment\":\"too far\",\"author\":\"Ada\"}");
    }

    @Test
    void theHistoryIsShown() throws Exception {
        run("history");

        assertThat(shown()).contains("in force: routing-2", "routing-1 (FILE, 2026-01-01T00:00:00Z)");
    }

    @Test
    void aFileWithoutAVersionIsNotHandedIn() throws Exception {
        Path file = Files.writeString(directory.resolve("mine.yml"), "rules: {}\n");

        assertThatThrownBy(() -> run("activate", file.toString(), "--author", "Ada", "--comment", "more stores"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("does not say which version it is");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "activate",
                "activate f.yml",
                "activate f.yml --author Ada",
                "rollback",
                "rollback --author A --why b",
                "history x"
            })
    void whatSaysNothingIsRefused(String words) {
        assertThatThrownBy(() -> PolicyChange.Order.of(words.isEmpty() ? List.of() : List.of(words.split(" "))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void run(String... words) throws Exception {
        new PolicyChange(
                        new ApiClient(
                                URI.create(
                                        "http://127.0.0.1:" + api.getAddress().getPort()),
                                "key"),
                        new PrintStream(shown, true, StandardCharsets.UTF_8))
                .run(PolicyChange.Order.of(List.of(words)));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
