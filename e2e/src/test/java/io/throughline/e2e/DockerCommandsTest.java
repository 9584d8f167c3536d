package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What runbooks tell to type of containers is read as Compose reads it, and held against the file that it would be about. No engine runs it
 * here: that its words are right is all that this shows.
 */
final class DockerCommandsTest {
    private static final String COMPOSE = "docker compose ";
    private static final String ANY_SERVICE = "<service>";

    /** What each may be told before its service, and whether a value follows. */
    private static final Set<String> FLAGS = Set.of("-d", "-f", "--follow");

    private static final Set<String> WITH_VALUE = Set.of("--tail", "--since");

    @TestFactory
    Stream<DynamicTest> isReadAgainstTheComposeFileAndNotRunForThereIsNoEngine() throws IOException {
        JsonNode services =
                Alerts.read(House.project().resolve("docker-compose.yml")).path("services");
        List<String> commands = commands();
        assertThat(commands).hasSizeGreaterThan(3);
        return commands.stream()
                .map(command -> DynamicTest.dynamicTest(
                        command,
                        () -> services(command, services)
                                .forEach(service -> check(command.replace(ANY_SERVICE, service), services))));
    }

    private static List<String> commands() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> pages = Files.list(House.project().resolve("runbooks"))) {
            for (Path page : pages.toList()) {
                Commands.in(Files.readString(page)).stream()
                        .filter(command -> command.startsWith("docker "))
                        .forEach(found::add);
            }
        }
        return found.stream().distinct().sorted().toList();
    }

    private static List<String> services(String command, JsonNode services) {
        List<String> names = new ArrayList<>();
        services.fieldNames().forEachRemaining(names::add);
        return command.contains(ANY_SERVICE) ? names : names.subList(0, 1);
    }

    private static void check(String command, JsonNode services) {
        assertThat(command).startsWith(COMPOSE);
        List<String> words = List.of(command.substring(COMPOSE.length()).split(" "));
        List<String> rest = withoutFlags(words.subList(1, words.size()));
        switch (words.getFirst()) {
            case "ps" -> assertThat(rest).isEmpty();
            case "logs", "up" -> {
                assertThat(rest).hasSize(1);
                assertThat(services.has(rest.getFirst())).as(command).isTrue();
            }
            case "exec" -> {
                assertThat(services.has(rest.getFirst())).as(command).isTrue();
                assertThat(programs(services.path(rest.getFirst()))).contains(rest.get(1));
            }
            default -> throw new AssertionError("nobody knows how to read " + command);
        }
    }

    private static List<String> withoutFlags(List<String> words) {
        List<String> rest = new ArrayList<>();
        boolean value = false;
        for (String word : words) {
            if (value) {
                assertThat(word).matches("[0-9]+[a-z]?");
                value = false;
            } else if (WITH_VALUE.contains(word)) {
                value = true;
            } else if (!FLAGS.contains(word) || !rest.isEmpty()) {
                rest.add(word);
            }
        }
        assertThat(rest).noneMatch(word -> word.startsWith("-"));
        return rest;
    }

    /** What is known to lie in a service's image: it asks itself by that whether it is well. */
    private static Set<String> programs(JsonNode service) {
        Set<String> programs = new TreeSet<>();
        service.at("/healthcheck/test").forEach(word -> programs.add(word.asText()));
        return programs;
    }
}
