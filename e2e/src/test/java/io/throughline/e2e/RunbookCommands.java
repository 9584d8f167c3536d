package io.throughline.e2e;

import io.throughline.local.Main;
import io.throughline.local.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a runbook tells somebody to type, typed: with names of this retailer in the place of names. What one command has changed the next takes
 * back, for {@code resume} stands behind {@code pause}, and no limit behind a limit.
 */
final class RunbookCommands {
    private static final String FRONT_DOOR = "./throughline ";
    private static final Map<String, String> NAMES =
            Map.of("<account>", "northwind", "<why>", "it is tried", "<number>", "50", "<topic>", "orders/paid");

    private final Shell shell;

    RunbookCommands(Stack stack) {
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        this.shell = new Shell(
                "throughline() { '" + java + "' -XX:TieredStopAtLevel=1 " + Main.class.getName() + " \"$@\"; }",
                Map.of(
                        "CLASSPATH", System.getProperty("java.class.path"),
                        "THROUGHLINE_API", stack.api().toString(),
                        "THROUGHLINE_API_KEY", read(stack.localApiKeyFile()).strip()));
    }

    /** Each once, in the order in which they can follow each other. */
    static List<String> ofFrontDoor() {
        List<String> orders = named(FRONT_DOOR);
        // Of an effect only that is unknown, and that no process looks for, can be said what was found: here is none
        // (TypedCommandsTest).
        orders.removeIf(command -> command.contains(" settle "));
        orders.add(FRONT_DOOR + "admin rate <account> none --reason <why>");
        orders.sort(Comparator.comparing((String command) -> !command.contains(" pause "))
                .thenComparing(command -> !command.contains(" resume "))
                .thenComparing(command -> command.contains(" none ")));
        return orders.stream().map(RunbookCommands::filledIn).toList();
    }

    /** Of Temporal's client, what only looks at a process, or wakes it; what else there is {@link TypedCommandsTest} types. */
    static List<String> ofTemporal(String process) {
        return named("temporal ").stream()
                .filter(command -> !command.contains(" terminate ") && !command.contains(" reset "))
                .map(command -> command.replace("<id>", process))
                .toList();
    }

    /** What changes one thing only, and so is typed where that thing has come about. */
    static List<String> ofOneThing() {
        return Stream.of(FRONT_DOOR, "temporal ")
                .flatMap(beginning -> named(beginning).stream())
                .filter(command ->
                        Stream.of(" settle ", " terminate ", " reset ").anyMatch(command::contains))
                .toList();
    }

    /** The only command of a page that begins so, as it stands there. */
    static String on(String page, String beginning) {
        List<String> found = Commands.in(
                        read(House.project().resolve("runbooks").resolve(page)))
                .stream()
                .filter(command -> command.startsWith(beginning))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(page + " has " + found + " for " + beginning);
        }
        return found.getFirst();
    }

    /** With what stands in the place of each name. A name that is left is no command yet. */
    static String filledIn(String command, Map<String, String> names) {
        String filled = command;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replace(name.getKey(), name.getValue());
        }
        if (filled.contains("<")) {
            throw new IllegalStateException("something is left open in " + filled);
        }
        return filled;
    }

    private static List<String> named(String beginning) {
        try (Stream<Path> pages = Files.list(House.project().resolve("runbooks"))) {
            return new ArrayList<>(pages.flatMap(page -> Commands.in(read(page)).stream())
                    .filter(command -> command.startsWith(beginning))
                    .distinct()
                    .sorted()
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String filledIn(String command) {
        String filled = command;
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            filled = filled.replace(
                    name.getKey(), name.getValue().contains(" ") ? "'" + name.getValue() + "'" : name.getValue());
        }
        return filled;
    }

    /** As the script does it, once everything is built. */
    Shell.Said run(String command) {
        return shell.paste(command.replace(FRONT_DOOR, "throughline "));
    }
}
