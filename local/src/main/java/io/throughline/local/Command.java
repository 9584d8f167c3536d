package io.throughline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A short-lived program that is run to its end. Output goes to a file, never to a pipe: a daemon that the program leaves
 * behind would hold a pipe open.
 */
record Command(List<String> words, Map<String, String> environment, Optional<Path> log, Duration timeout) {
    private static final int TIMED_OUT = 124;

    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    static Command of(List<String> words) {
        return new Command(words, Map.of(), Optional.empty(), Duration.ofMinutes(1));
    }

    static Command of(String... words) {
        return of(List.of(words));
    }

    Command with(Map<String, String> variables) {
        return new Command(words, variables, log, timeout);
    }

    Command within(Duration limit) {
        return new Command(words, environment, log, limit);
    }

    /** Appends the output to that file and leaves it there. */
    Command loggingTo(Path file) {
        return new Command(words, environment, Optional.of(file), timeout);
    }

    /** The exit code and, unless it was sent to a log, the output. A program that does not exist exits with 127. */
    Result run() {
        try {
            Path output = log.isPresent() ? log.get() : Files.createTempFile("throughline-command", ".out");
            try {
                int exit = execute(output);
                return new Result(exit, log.isPresent() ? "" : Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                if (log.isEmpty()) {
                    Files.deleteIfExists(output);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + words, e);
        }
    }

    private int execute(Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        // libpq and initdb read PG* variables: what the caller has set for another database must not reach ours.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            Files.writeString(output, String.valueOf(e.getMessage()), StandardCharsets.UTF_8);
            return 127;
        }
        return await(process);
    }

    private int await(Process process) {
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return TIMED_OUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return TIMED_OUT;
        }
    }

    record Result(int exit, String output) {
        boolean succeeded() {
            return exit == 0;
        }
    }
}
