package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.measure.Kpi;
import io.throughline.e2e.Alerts.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That codes, alerts, figures and their pages belong to each other, and that pages lead to what is there. */
final class RunbooksTest {
    private static final Path PROJECT = House.project();
    private static final Path RUNBOOKS = PROJECT.resolve("runbooks");
    private static final Path KPIS = PROJECT.resolve("docs/kpis");
    private static final Set<String> OTHER_PAGES = Set.of("README.md", "reset-a-process.md");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");
    private static final Pattern ACTION = Pattern.compile(
            Arrays.stream(Action.values()).map(Action::name).collect(Collectors.joining("|", "\\b(?:", ")\\b")));
    private static final Pattern METRIC = Pattern.compile("`(throughline_[a-z_]+)");

    static Stream<Alert> alerts() {
        return Alerts.all().stream();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertNamesItsPageWhichSaysWhatToDo(Alert alert) throws IOException {
        assertThat(alert.runbook()).isEqualTo(alert.page());
        assertThat(alert.severity()).isIn("page", "ticket");
        checkForm(Files.readString(PROJECT.resolve(alert.runbook())), alert.name());
    }

    /** Whose it is and who hears of it when it is late is data; a page says the same of it. */
    @ParameterizedTest
    @EnumSource
    void aCodesPageHasTheSameFormAndEscalatesAsItsPolicySays(FailureCode code) throws IOException {
        String page = Files.readString(RUNBOOKS.resolve(code.runbook()));
        checkForm(page, code.name());
        JsonNode policy = Alerts.read(PROJECT.resolve("config/policies/cases/cases-1.yml"));
        JsonNode rule = policy.path("codes").path(code.name());
        String owner = rule.path("owner").asText();
        long hours = Duration.parse(rule.path("dueAfter").asText()).toHours();

        assertThat(page.substring(page.indexOf("## Escalate")))
                .contains(owner + "'s, to be done within " + hours + (hours == 1 ? " hour" : " hours"))
                .contains(keys(policy.path("groups").path(owner).path("escalation")));
    }

    /** Whoever is woken at night reads there what may be decided: all of that, and nothing that would be refused. */
    @ParameterizedTest
    @EnumSource
    void aCodesPageSaysOfEachDecisionWhenItIsTheRightOne(FailureCode code) throws IOException {
        String page = Files.readString(RUNBOOKS.resolve(code.runbook()));
        String act = page.substring(page.indexOf("## Act"), page.indexOf("## Verify"));
        Set<Action> named = ACTION.matcher(act)
                .results()
                .map(action -> Action.valueOf(action.group()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).containsExactlyInAnyOrderElementsOf(code.actions());
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static void checkForm(String page, String name) {
        assertThat(page.lines().filter(line -> line.startsWith("#")))
                .containsExactly(
                        "# " + name,
                        "## Symptom",
                        "## What it means for the customer",
                        "## Check",
                        "## Act",
                        "## Verify",
                        "## Escalate");
        assertThat(Arrays.stream(page.split("\n## [^\n]+\n")).skip(1))
                .allSatisfy(part -> assertThat(part).isNotBlank());
    }

    @Test
    void everyPageIsOfACodeOrAnAlertAndIsListed() throws IOException {
        Set<String> known = new TreeSet<>(OTHER_PAGES);
        Arrays.stream(FailureCode.values()).map(FailureCode::runbook).forEach(known::add);
        Alerts.all().forEach(alert -> known.add(alert.page().replace("runbooks/", "")));

        assertThat(names(RUNBOOKS)).isEqualTo(known);
        known.remove("README.md");
        assertThat(links(RUNBOOKS.resolve("README.md"))).containsAll(known);
    }

    @ParameterizedTest
    @EnumSource
    void aFigureIsDefinedOnItsPage(Kpi kpi) throws IOException {
        String page = Files.readString(KPIS.resolve(kpi.page()));

        assertThat(page.lines().filter(line -> line.startsWith("## ")))
                .containsExactly(
                        "## Formula", "## Source", "## Not counted", "## Divided by", "## Target", "## What it means");
        assertThat(page).contains("`kpis." + kpi.label() + "`");
    }

    @Test
    void everyPageOfAFigureIsOfOneThatIsRead() throws IOException {
        Set<String> pages = Arrays.stream(Kpi.values()).map(Kpi::page).collect(Collectors.toCollection(TreeSet::new));
        assertThat(links(KPIS.resolve("README.md"))).containsAll(pages);
        pages.add("README.md");
        assertThat(names(KPIS)).isEqualTo(pages);
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        for (Path directory : List.of(RUNBOOKS, KPIS)) {
            for (String name : names(directory)) {
                assertThat(links(directory.resolve(name)))
                        .as(name)
                        .allSatisfy(link ->
                                assertThat(directory.resolve(link).normalize()).exists());
            }
        }
    }

    @Test
    void metricsThatPagesNameAreAskedForSomewhere() throws IOException {
        String asked = String.join("\n", Alerts.panels()) + Files.readString(Alerts.RULES);
        for (Alert alert : Alerts.all()) {
            METRIC.matcher(Files.readString(PROJECT.resolve(alert.runbook())))
                    .results()
                    .forEach(metric -> assertThat(asked).as(alert.name()).contains(metric.group(1)));
        }
    }

    /** What a page tells somebody to ask, who is woken at night, must be there: in the API, the front door, or the tools that it names. */
    @Test
    void commandsThatPagesNameExist() throws IOException {
        Commands commands = Commands.known();
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (String name : names(RUNBOOKS)) {
            for (String command : Commands.in(Files.readString(RUNBOOKS.resolve(name)))) {
                named++;
                if (!commands.has(command)) {
                    unknown.add(name + ": " + command);
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(named).as("commands were found at all").isGreaterThan(60);
    }

    @Test
    void aCommandThatDoesNotExistIsNoticed() {
        Commands commands = Commands.known();

        assertThat(Commands.in("ask `GET /v1/orders/<id>` and `POST /v1/x`, not `orders`"))
                .containsExactly("GET /v1/orders/<id>", "POST /v1/x");
        assertThat(List.of(
                        "GET /v1/orders/{id}/trace?limit=5",
                        "POST /v1/dead-letters/<id>/replay",
                        "./throughline admin replay dead-letters --yes",
                        "docker compose logs --tail 100 api-server",
                        "docker compose up -d <service>",
                        "docker compose exec postgres pg_isready",
                        "temporal workflow describe --workflow-id <id>"))
                .allMatch(commands::has);
        assertThat(List.of(
                        "DELETE /v1/orders/{id}",
                        "GET /v1/dead-letters/<id>/replay",
                        "POST /v1/orders/<id>/explosion",
                        "./throughline admin explode",
                        "./throughline explode",
                        "docker compose logs --tail 100 api",
                        "docker compose exec database pg_isready",
                        "temporal workflow explode"))
                .noneMatch(commands::has);
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .map(MatchResult::group)
                .map(link -> link.substring(2, link.length() - 1))
                .filter(link -> !link.startsWith("http"))
                .toList();
    }
}
