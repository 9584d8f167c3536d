package io.throughline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A server that this process starts and ends, its output appended to a log file. It gets a session of its own, so that a Ctrl-C in the
 * terminal reaches only the stack, which then stops its parts in order.
 */
final class ChildProcess {
    private static final long LOG_LIMIT_BYTES = 20L * 1024 * 1024;
    static final Duration GRACE = Duration.ofSeconds(15);
    private static final List<String> OWN_SESSION =
            Command.of("setsid", "true").run().succeeded() ? List.of("setsid") : List.of();

    private final Supplier<List<String>> command;
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Path log;
    private volatile Optional<Process> process = Optional.empty();

    ChildProcess(List<String> command, Path workingDirectory, Map<String, String> environment, Path log) {
        this(() -> command, workingDirectory, environment, log);
    }

    /** The command is asked for at each start. */
    ChildProcess(Supplier<List<String>> command, Path workingDirectory, Map<String, String> environment, Path log) {
        this.command = command;
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    synchronized void start() {
        if (handle().isPresent()) {
            throw new IllegalStateException("already running: " + log.getFileName());
        }
        List<String> words = new ArrayList<>(OWN_SESSION);
        words.addAll(command.get());
        try {
            rotateLog();
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(workingDirectory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            process = Optional.of(builder.start());
        } catch (IOException e) {
            throw new StackException("Cannot run " + words.get(OWN_SESSION.size()) + ": " + e.getMessage(), e);
        }
    }

    void stop() {
        stop(GRACE);
    }

    synchronized void stop(Duration grace) {
        Optional<ProcessHandle> running = handle();
        if (running.isEmpty()) {
            return;
        }
        ProcessTree tree = new ProcessTree(running.get());
        tree.resume();
        running.get().destroy();
        if (!ProcessTree.awaitEnd(running.get(), grace)) {
            tree.kill();
        }
    }

    Optional<ProcessHandle> handle() {
        return process.filter(Process::isAlive).map(Process::toHandle);
    }

    private void rotateLog() throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
