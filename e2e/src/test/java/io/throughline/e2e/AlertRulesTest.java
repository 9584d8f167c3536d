package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.e2e.Alerts.Alert;
import io.throughline.local.Progress;
import io.throughline.local.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That the alerts fire when they should and else don't, by Prometheus's own tool; and that their tests would tell: with an alert that always
 * fires, or never does, they fail.
 */
@Timeout(1200)
final class AlertRulesTest {
    private static final Path TESTS = House.project().resolve("config/prometheus/tests");
    private static Promtool promtool;

    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void find() {
        promtool = Promtool.find(House.project().resolve("e2e/target/cache"), Progress.to(System.out))
                .orElseGet(() -> Untested.because(
                        "THE ALERTS ARE NOT TESTED: there is no promtool on this machine, and no Go to build one"));
    }

    static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.sorted().toList();
        }
    }

    static Stream<Alert> alerts() {
        return Alerts.all().stream();
    }

    @Test
    void theRulesCanBeRead() {
        assertThat(promtool.check(Alerts.RULES))
                .satisfies(verdict ->
                        assertThat(verdict.good()).as(verdict.words()).isTrue());
        assertThat(Alerts.all()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("tests")
    void theyFireWhenTheyShouldAndElseNot(Path tests) {
        Promtool.Verdict verdict = promtool.test(List.of(tests));

        assertThat(verdict.good()).as(verdict.words()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void somebodyWouldNoticeThatAnAlertNeverFires(Alert alert) throws IOException {
        assertThat(passWith(alert, "vector(1) > 2")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void somebodyWouldNoticeThatAnAlertAlwaysFires(Alert alert) throws IOException {
        assertThat(passWith(alert, "(" + alert.expression() + ") or vector(1)")).isFalse();
    }

    /** Whether all tests pass with another expression for the alert, which waits for nothing. */
    private boolean passWith(Alert alert, String expression) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean within = false;
        boolean replaced = false;
        for (String line : Files.readAllLines(Alerts.RULES)) {
            if (line.strip().startsWith("- alert: ")) {
                within = line.strip().equals("- alert: " + alert.name());
                replaced = false;
            }
            String key = line.strip().split(":", 2)[0];
            if (within && key.equals("expr")) {
                lines.add("        expr: '" + expression.replace("'", "''") + "'");
                replaced = true;
            } else if (within && replaced && key.equals("for")) {
                replaced = false;
            } else if (!(within && replaced)) {
                lines.add(line);
            }
        }
        Files.createDirectories(directory.resolve("tests"));
        Files.write(directory.resolve("alerts.yml"), lines);
        assertThat(promtool.check(directory.resolve("alerts.yml")).good())
                .as(String.join("\n", lines))
                .isTrue();
        List<Path> copies = new ArrayList<>();
        for (Path tests : tests()) {
            // The others say nothing of this alert, and so would not notice.
            if (Files.readString(tests).contains("alertname: " + alert.name())) {
                copies.add(Files.copy(tests, directory.resolve("tests").resolve(tests.getFileName())));
            }
        }
        assertThat(copies).as("tests of " + alert.name()).isNotEmpty();
        return promtool.test(copies).good();
    }
}
