package io.throughline.e2e;

import io.throughline.local.ClassLesson;
import io.throughline.local.Progress;
import io.throughline.local.Stack;
import io.throughline.local.StackOptions;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Demo;
import io.throughline.local.demo.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A whole system of a test's own: it begins empty, in a new directory below {@code target}, which stays afterwards for its logs. Its
 * policy's deadlines pass within seconds.
 */
final class House implements AutoCloseable {
    private static final Path CLASS_CACHES = project().resolve("e2e/target/class-caches");

    private final Stack stack;
    private final Stage stage;

    private House(Stack stack) {
        this.stack = stack;
        this.stage = new Stage(stack);
    }

    static House open(String name) {
        return open(newDirectory(name), Map.of());
    }

    /** With more variables for the worker and the api-server. */
    static House open(Path directory, Map<String, String> variables) {
        return open(directory, variables, Progress.to(System.out));
    }

    static House open(Path directory, Map<String, String> variables, Progress progress) {
        return start(options(directory, variables), progress);
    }

    /** For the demonstration, with a real Tryton in place of the sandbox's, where there is a Python to run it. */
    static House openWithRealTryton(String name) {
        StackOptions options = options(newDirectory(name), Demo.environment()).withRealTryton();
        return start(options, Progress.to(System.out));
    }

    private static House start(StackOptions options, Progress progress) {
        SharedHouse.close();
        ClassLesson.hold(options(CLASS_CACHES.resolve("lesson"), Map.of()), Progress.silent());
        return new House(Stack.start(options, progress));
    }

    private static StackOptions options(Path directory, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(Demo.environment());
        // What is shipped, but for its times: a store has a minute, so that a test may look at what lies there.
        environment.put("THROUGHLINE_POLICY", "quick-11");
        environment.putAll(variables);
        return StackOptions.isolated(directory, project())
                .withEnvironment(environment)
                .withClassCaches(CLASS_CACHES);
    }

    /** PostgreSQL may run as another user, who must be able to reach it. */
    static Path newDirectory(String name) {
        try {
            Path houses = Files.createDirectories(project().resolve("e2e/target/houses"));
            Path directory = Files.createTempDirectory(houses, name + "-");
            return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static Path project() {
        String named = System.getProperty("throughline.home", "");
        Path here = Path.of(named).toAbsolutePath();
        return Files.exists(here.resolve("throughline"))
                ? here
                : Objects.requireNonNull(here.getParent(), "the project");
    }

    Stack stack() {
        return stack;
    }

    Stage stage() {
        return stage;
    }

    boolean isComplete() {
        return stack.options().parts().stream().allMatch(stack::alive);
    }

    /** Its leases end with it: a test need not wait for their time to pass. */
    void killWorker() {
        stack.kill(StackPart.WORKER);
        Leases.ofTheDeadEnd(stack);
    }

    @Override
    public void close() {
        stack.close();
    }
}
