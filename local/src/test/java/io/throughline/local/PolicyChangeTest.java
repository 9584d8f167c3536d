package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private TestingApi api;

    @BeforeEach
    void open() throws IOException {
        api = new TestingApi(PolicyChangeTest::answer);
    }

    @AfterEach
    void close() {
        api.close();
    }

    /** What was only handed in has nothing to say, as at the real API. */
    private static String answer(HttpExchange asked) {
        return asked.getRequestURI().getPath().endsWith("/routing-2") ? "" : ANSWER;
    }

    @Test
    void aFileIsHandedInUnderItsVersionAndThenPutInForce() throws Exception {
        Path file = Files.writeString(directory.resolve("mine.yml"), "# ours\nversion: routing-2 # the second\n");

        run("activate", file.toString(), "--author", "Ada", "--comment", "more stores");

        assertThat(api.asked())
                .containsExactly(
                        "POST /v1/policies/routing/routing-2 # ours\nversion: routing-2 # the second",
                        "POST /v1/policies/routing/routing-2/activations {\"author\":\"Ada\",\"comment\":\"more"
                                + " stores\"}");
        assertThat(shown()).contains("routing-2 is in force since 2026-11-26T10:00:00Z");
    }

    @Test
    void theLastOneIsRolledBack() throws Exception {
        run("rollback", "--comment", "too far", "--author", "Ada");

        assertThat(api.asked())
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
        assertThat(api.asked()).isEmpty();
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
        new PolicyChange(api.client(), new PrintStream(shown, true, StandardCharsets.UTF_8))
                .run(PolicyChange.Order.of(List.of(words)));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
