package io.throughline.local.demo;

import io.throughline.local.Progress;
import io.throughline.local.Stack;
import io.throughline.local.StackException;
import io.throughline.local.StackOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A stack for a demonstration or a measurement: it begins empty, beside whatever else runs here, with policy data whose deadlines pass
 * within seconds.
 */
public final class DemoStack {
    private static final List<String> PROGRAMS = List.of("cache", "tryton");

    private DemoStack() {}

    /** {@code name} tells the data directories of several uses apart. */
    public static Stack start(String name, PrintStream out) {
        return start(options(name), out);
    }

    public static StackOptions options(String name) {
        Path project = Path.of(System.getProperty("throughline.home", "")).toAbsolutePath();
        return StackOptions.isolated(project.resolve(".throughline").resolve(name), project);
    }

    /** The options' own variables outdo the demonstration's. */
    public static Stack start(StackOptions options, PrintStream out) {
        empty(options.directory());
        Map<String, String> variables = new HashMap<>(Demo.environment());
        variables.putAll(options.environment());
        return Stack.start(options.withEnvironment(variables), Progress.to(out));
    }

    /** Programs that were fetched stay; they hold nothing of an order. */
    private static void empty(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> !file.equals(directory))
                    .filter(file -> PROGRAMS.stream().noneMatch(kept -> file.startsWith(directory.resolve(kept))))
                    .sorted(Comparator.reverseOrder())
                    .forEach(DemoStack::delete);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException busy) {
            throw new StackException(
                    file + " can't be removed; is another demonstration running? " + busy.getMessage());
        }
    }
}
