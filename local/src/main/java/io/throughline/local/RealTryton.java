package io.throughline.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A real Tryton server on the stack's PostgreSQL, installed and set up by the connector's own script. The first installation takes
 * minutes; it is kept for later stacks.
 */
final class RealTryton implements ManagedProcess {
    static final String DATABASE = "northwind";

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(15);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Path script;
    private final Path directory;
    private final EmbeddedDatabase database;
    private final int port;
    private final Path log;
    private final Progress progress;
    private final ChildProcess process;

    RealTryton(
            Path projectDirectory, Path directory, EmbeddedDatabase database, int port, Path log, Progress progress) {
        this.script = projectDirectory.resolve("connectors/tryton/real/tryton.sh");
        this.directory = directory;
        this.database = database;
        this.port = port;
        this.log = log;
        this.progress = progress;
        this.process = new ChildProcess(
                List.of(
                        "sh",
                        script.toString(),
                        "start",
                        directory.toString(),
                        database.serverUri(),
                        DATABASE,
                        Integer.toString(port)),
                projectDirectory,
                Map.of(),
                log);
    }

    @Override
    public StackPart part() {
        return StackPart.ERP;
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public Optional<ProcessHandle> handle() {
        return process.handle();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The secrets that the set-up made, by the names that the processes know them by. */
    Map<String, String> credentials() {
        try {
            List<String> lines = Files.readAllLines(directory.resolve(DATABASE + ".secrets"));
            return Map.of("TRYTON_APPLICATION_KEY", value(lines, "KEY="), "TRYTON_PASSWORD", value(lines, "PASSWORD="));
        } catch (IOException e) {
            throw new StackException("Tryton's set-up left no secrets in " + directory + ".", e);
        }
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElseThrow(() -> new StackException("Tryton's set-up left no " + name + " behind."));
    }

    @Override
    public void start(Consumer<ProcessHandle> spawned) {
        install();
        if (!database.exists(DATABASE)) {
            // Only once: the set-up replaces the database, and with it the documents that Throughline knows of.
            run("set-up", "setup", directory.toString(), database.serverUri(), DATABASE);
        }
        process.start();
        process.handle().ifPresent(spawned);
        try {
            new Readiness(this, START_LIMIT, progress).await(() -> Readiness.respondsAtAll(base()));
        } catch (RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    /** The Python environment is shared by all stacks of the user; secrets and configuration are this stack's own. */
    private void install() {
        Path shared = CacheDirectory.locate(directory.resolve("cache")).resolve("tryton");
        run("installation", "install", shared.toString());
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(directory.resolve("venv"));
            Files.createSymbolicLink(directory.resolve("venv"), shared.resolve("venv"));
        } catch (IOException e) {
            throw new StackException("Cannot use the Python environment in " + shared + ": " + e.getMessage(), e);
        }
    }

    private void run(String step, String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", script.toString()));
        words.addAll(List.of(arguments));
        try (Ticker _ = new Ticker("tryton: " + step + ", minutes the first time", progress)) {
            Command.Result result =
                    Command.of(words).within(INSTALL_LIMIT).loggingTo(log).run();
            if (!result.succeeded()) {
                throw new StackException(
                        "Tryton's " + step + " failed:\n" + LogTail.of(log) + "\n(whole log: " + log + ")");
            }
        }
    }

    @Override
    public void stop() {
        process.stop();
    }
}
