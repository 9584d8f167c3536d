package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each request that a runbook names is made. What it asks for is mostly not there; that it was understood, and by whom, shows in the answer:
 * something is said of the thing, and not that nobody answers at such an address.
 */
final class RunbookRequestsTest {
    private static final Pattern REQUEST = Pattern.compile("`((?:GET|POST) /[^`]*)`");
    private static final Pattern PLACE = Pattern.compile("<[^>]*>|\\{[^}]*}");

    private static final List<Role> PEOPLE = List.of(Role.ADMIN, Role.SUPPORT, Role.FINANCE);

    /** What stands for the places of a request that only reads. Nothing is ever changed: there a name is one of nothing. */
    private static final Map<String, String> KNOWN = Map.of(
            "<account>", "square-northwind",
            "<facility>", "ST-HARBOR",
            "{facility}", "ST-HARBOR",
            "<sku>", "NW-MUG-RED",
            "<code>", "ERP_REJECTED",
            "<business date>", "2026-11-23",
            "<instant>", "2026-11-23T12:00:00Z");

    private final TestingApi api = TestingApi.get();

    static Stream<String> requests() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> pages = Files.list(Path.of("..", "runbooks"))) {
            for (Path page : pages.toList()) {
                REQUEST.matcher(Files.readString(page))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(found::add);
            }
        }
        assertThat(found).hasSizeGreaterThan(50);
        return new TreeSet<>(found).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isUnderstood(String request) {
        TestingApi.Answer answer = ask(request);

        assertThat(answer.status()).as(answer.body()).isIn(200, 400, 404, 409, 422);
        if (answer.status() == 404) {
            assertThat(answer.text("/detail")).isNotEmpty().isNotEqualTo(nobody().text("/detail"));
        }
        if (request.startsWith("GET") && !PLACE.matcher(request).find()) {
            assertThat(answer.status()).as(answer.body()).isIn(200, 400);
        }
    }

    /** By whoever may: a page is for several groups of people. */
    private TestingApi.Answer ask(String request) {
        return PEOPLE.stream()
                .map(role -> ask(request, role))
                .filter(answer -> answer.status() != 403)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody may ask " + request));
    }

    private TestingApi.Answer ask(String request, Role role) {
        String[] words = request.split(" ", 2);
        boolean reads = words[0].equals("GET");
        String target = PLACE.matcher(words[1])
                .replaceAll(place -> Matcher.quoteReplacement(reads ? known(words[1], place) : nothing(words[1])));
        return reads ? api.get(target, role) : api.post(target, role, "{}");
    }

    private static String known(String path, MatchResult place) {
        return KNOWN.getOrDefault(place.group(), nothing(path));
    }

    private static String nothing(String path) {
        if (path.startsWith("/v1/counter-returns")) {
            return "RC-7K2M9Q4XTA";
        }
        return path.startsWith("/v1/returns") ? "O-7K2M9Q4XTA-R1" : "0";
    }

    private TestingApi.Answer nobody() {
        return api.get("/v1/there-is-none", Role.ADMIN);
    }

    @Test
    void whatNobodyAnswersIsNoticed() {
        assertThat(nobody().status()).isEqualTo(404);
        assertThat(api.get("/v1/cases/C-1", Role.ADMIN).text("/detail"))
                .isNotEmpty()
                .isNotEqualTo(nobody().text("/detail"));
    }
}
