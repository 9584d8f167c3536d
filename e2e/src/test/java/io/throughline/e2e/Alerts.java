package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The committed alert rules and dashboards, as data. */
final class Alerts {
    static final Path RULES = House.project().resolve("config/prometheus/alerts.yml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Alerts() {}

    /** {@code runbook} is the page that it names. */
    record Alert(String name, String expression, String severity, String runbook) {
        /** {@code WorkLate} has {@code runbooks/work-late.md}. */
        String page() {
            return "runbooks/" + name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".md";
        }
    }

    static List<Alert> all() {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode group : read(RULES).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                alerts.add(new Alert(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        rule.at("/labels/severity").asText(),
                        rule.at("/annotations/runbook").asText()));
            }
        }
        return alerts;
    }

    /** What the panels of every dashboard ask for. */
    static List<String> panels() {
        try (Stream<Path> dashboards = Files.list(House.project().resolve("config/grafana"))) {
            return dashboards
                    .map(Alerts::read)
                    .flatMap(dashboard -> dashboard.path("panels").valueStream())
                    .flatMap(panel -> panel.path("targets").valueStream())
                    .map(target -> target.path("expr").asText())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
