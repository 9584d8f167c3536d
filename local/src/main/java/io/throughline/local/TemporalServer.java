package io.throughline.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Temporal server on loopback with Throughline's search attributes and retention. The real one keeps its processes in a file, so
 * that it may be killed and started again; {@link #real()} tells whether this is it.
 */
public final class TemporalServer implements ManagedProcess, AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final TemporalProgram program;
    private final int port;
    private final int uiPort;
    private final Path log;
    private final Progress progress;
    private final ChildProcess process;

    /** The directory keeps the server's database. */
    public TemporalServer(TemporalProgram program, Path directory, int port, int uiPort, Path log, Progress progress) {
        this.program = program;
        this.port = port;
        this.uiPort = uiPort;
        this.log = log;
        this.progress = progress;
        this.process = new ChildProcess(command(program, directory, port, uiPort), directory, Map.of(), log);
    }

    private static List<String> command(TemporalProgram program, Path directory, int port, int uiPort) {
        return switch (program) {
            case TemporalProgram.DevelopmentServer server ->
                List.of(
                        server.executable().toString(),
                        "server",
                        "start-dev",
                        "--ip=127.0.0.1",
                        "--port=" + port,
                        "--ui-port=" + uiPort,
                        "--db-filename=" + directory.resolve("temporal.db"),
                        "--sqlite-pragma=journal_mode=WAL",
                        "--sqlite-pragma=synchronous=NORMAL",
                        "--namespace=" + TemporalNamespace.NAME,
                        // A worker that has died often with a workflow task in its hands leaves that task unanswered
                        // for up to ten
                        // minutes (the server's own limit), however soon there is another worker.
                        "--dynamic-config-value=history.workflowTaskRetryMaxInterval=\"10s\"",
                        "--log-level=warn");
            case TemporalProgram.InMemory ignored -> {
                List<String> command = new ArrayList<>(JavaProcess.java(List.of("-Xmx512m")));
                command.addAll(List.of("io.temporal.testserver.TestServer", Integer.toString(port)));
                yield List.copyOf(command);
            }
        };
    }

    @Override
    public StackPart part() {
        return StackPart.TEMPORAL;
    }

    public boolean real() {
        return program instanceof TemporalProgram.DevelopmentServer;
    }

    /** The program that is the server, which is its client too; empty for the in-memory server. */
    public Optional<Path> client() {
        return program instanceof TemporalProgram.DevelopmentServer server
                ? Optional.of(server.executable())
                : Optional.empty();
    }

    public String describe() {
        return program.description();
    }

    /** What a client connects to, {@code host:port}. */
    public String target() {
        return "127.0.0.1:" + port;
    }

    public String namespace() {
        return TemporalNamespace.NAME;
    }

    /** Empty for the in-memory server, which has none. */
    public Optional<URI> ui() {
        return real() ? Optional.of(URI.create("http://127.0.0.1:" + uiPort)) : Optional.empty();
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public Optional<ProcessHandle> handle() {
        return process.handle();
    }

    @Override
    public void start(Consumer<ProcessHandle> spawned) {
        process.start();
        process.handle().ifPresent(spawned);
        try (TemporalNamespace namespace = new TemporalNamespace(target())) {
            new Readiness(this, START_LIMIT, progress).await(namespace::answers);
            namespace.addSearchAttributes();
            if (real()) {
                namespace.keepHistories();
            }
        } catch (RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public void close() {
        stop();
    }

    /** Finds or makes the best program that can be had here; may take minutes the first time. */
    public static TemporalProgram findProgram(Path fallbackCache, Progress progress) {
        if ("in-memory".equals(System.getenv("THROUGHLINE_TEMPORAL"))) {
            return new TemporalProgram.InMemory("THROUGHLINE_TEMPORAL asks for it");
        }
        return new TemporalInstaller(CacheDirectory.locate(fallbackCache), SearchPath.ofThisProcess(), progress).find();
    }
}
