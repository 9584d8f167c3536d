package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What pages tell somebody to ask of Temporal's own client, it knows: its help tells the command and each of the flags. */
final class TemporalCommandsTest {
    private static final Pattern QUOTED = Pattern.compile("`(temporal [a-z][^`]*)`");

    /** The words before the first flag. */
    private static final Pattern NAME = Pattern.compile("temporal((?: [a-z][a-z-]*)+)(?= |$)");

    private static final Pattern FLAG = Pattern.compile("(?<= )--[a-z][a-z-]*");

    private static final Path PROJECT = Main.projectDirectory();
    private static final Map<String, Command.Result> HELP = new TreeMap<>();
    private static Optional<Path> program = Optional.empty();

    /** None is built or fetched for this: the tests of the whole system do that, and say aloud where there is none. */
    @BeforeAll
    static void find() {
        program = SearchPath.ofThisProcess()
                .find("temporal")
                .or(() -> Optional.of(CacheDirectory.locate(PROJECT.resolve("target/cache"))
                                .resolve("bin/temporal-" + TemporalInstaller.VERSION))
                        .filter(Files::isExecutable));
    }

    @Test
    void aCommandOfAPageIsOneOfTheClientWithItsFlags() throws IOException {
        assumeTrue(program.isPresent(), "there is no temporal program on this machine yet");
        List<String> commands = named();
        List<String> unknown = new ArrayList<>();
        commands.forEach(command -> unknown.addAll(problems(command)));

        assertThat(unknown).isEmpty();
        assertThat(commands).as("commands were found at all").hasSizeGreaterThan(6);
    }

    @Test
    void anotherCommandAndAnotherFlagAreNoticed() {
        assumeTrue(program.isPresent(), "there is no temporal program on this machine yet");

        assertThat(problems("temporal workflow explode --workflow-id <id>")).isNotEmpty();
        assertThat(problems("temporal workflow describe --workflow-identity <id>"))
                .containsExactly("--workflow-identity of temporal workflow describe --workflow-identity <id>");
        assertThat(problems("temporal workflow describe --workflow-id <id>")).isEmpty();
    }

    private static List<String> named() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String directory : List.of("runbooks", "docs")) {
            try (Stream<Path> pages = Files.walk(PROJECT.resolve(directory))) {
                for (Path page :
                        pages.filter(path -> path.toString().endsWith(".md")).toList()) {
                    QUOTED.matcher(Files.readString(page))
                            .results()
                            .map(found -> found.group(1))
                            .forEach(commands::add);
                }
            }
        }
        return commands;
    }

    /** What of a command the client's help does not tell of. */
    private static List<String> problems(String command) {
        String name = NAME.matcher(command)
                .results()
                .findFirst()
                .map(found -> found.group(1).strip())
                .orElse("");
        Command.Result help = HELP.computeIfAbsent(name, TemporalCommandsTest::help);
        if (!help.succeeded() || !help.output().contains("temporal " + name + " [flags]")) {
            return List.of("no help for " + command);
        }
        return FLAG.matcher(command)
                .results()
                .map(MatchResult::group)
                .filter(flag -> !Pattern.compile(Pattern.quote(flag) + "(?![a-z-])")
                        .matcher(help.output())
                        .find())
                .map(flag -> flag + " of " + command)
                .toList();
    }

    private static Command.Result help(String name) {
        List<String> words = new ArrayList<>(List.of(program.orElseThrow().toString()));
        words.addAll(List.of(name.split(" ")));
        words.add("--help");
        return Command.of(words).run();
    }
}
