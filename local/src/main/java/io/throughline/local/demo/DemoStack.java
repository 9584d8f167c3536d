package io.throughline.local.demo;

import io.throughline.local.Progress;
import io.throughline.local.Stack;
import io.throughline.local.StackOptions;
import io.throughline.local.StateDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A stack for a demonstration or a measurement: it begins empty, beside whatever else runs here, with policy data whose deadlines pass
 * within seconds.
 */
public final class DemoStack {
    /** Programs that were fetched stay; they hold nothing of an order. */
    private static final Set<String> PROGRAMS = Set.of("cache", "tryton");

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
        Progress progress = Progress.to(out);
        StateDirectory.empty(options.directory(), PROGRAMS, progress);
        Map<String, String> variables = new HashMap<>(Demo.environment());
        variables.putAll(options.environment());
        return Stack.start(options.withEnvironment(variables), progress);
    }
}
