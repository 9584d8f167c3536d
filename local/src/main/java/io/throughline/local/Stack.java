package io.throughline.local;

import io.throughline.local.Ports.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole system on one machine: PostgreSQL, Temporal, the sandbox (or a real Tryton), the worker and the api-server, each a process
 * of its own. Closing it stops them in the reverse order. A test may kill, pause, resume and restart any of them.
 */
public final class Stack implements AutoCloseable {
    public static final String DATABASE = "throughline";
    private static final int MOST_WORKERS = 9;

    private static final List<String> WORKER_ARGUMENTS = List.of("server", "config/worker.yml");

    /** What may start at the same time; each group needs the ones before it. */
    private static final List<Set<StackPart>> GROUPS = List.of(
            EnumSet.of(StackPart.POSTGRES, StackPart.TEMPORAL, StackPart.SANDBOX),
            EnumSet.of(StackPart.ERP),
            EnumSet.of(StackPart.WORKER, StackPart.API_SERVER));

    private final StackOptions options;
    private final boolean learning;
    private final Progress progress;
    private final StateDirectory state;
    private final Ports ports;
    private final Supervisor supervisor;
    private final EmbeddedDatabase database;
    private final Optional<String> keyBefore;
    private boolean closed;

    private Stack(StackOptions options, boolean learning, Progress progress) {
        this.options = options;
        this.learning = learning;
        this.progress = progress;
        this.state = StateDirectory.open(options.directory());
        try {
            state.endLeftovers(progress);
            this.keyBefore = localApiKey();
            this.ports = Ports.claim(state.resolve("run").resolve("ports.properties"), options.fixedPorts());
            this.supervisor = new Supervisor(state, progress);
            this.database = new EmbeddedDatabase(
                    state.resolve("postgres"), ports.port(Use.POSTGRES), state.log(StackPart.POSTGRES));
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /** Starts everything and returns when every process is ready; when one can't be, what was started is stopped again. */
    public static Stack start(StackOptions options, Progress progress) {
        return start(new Stack(options, false, progress));
    }

    /** One whose JVMs write the class caches when it is closed, which takes them some seconds. */
    static Stack startLearning(StackOptions options, Progress progress) {
        return start(new Stack(options, true, progress));
    }

    private static Stack start(Stack stack) {
        // A Ctrl-C or a TERM, also one during the start, stops the processes in order before this one ends.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop-stack").unstarted(stack::close));
        try {
            stack.startAll();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void startAll() {
        for (Set<StackPart> group : GROUPS) {
            List<ManagedProcess> together = new ArrayList<>();
            for (StackPart part : group) {
                if (options.parts().contains(part)) {
                    together.add(create(part));
                }
            }
            supervisor.startTogether(together);
            if (together.contains(database)) {
                database.createDatabase(DATABASE);
            }
        }
    }

    private ManagedProcess create(StackPart part) {
        return switch (part) {
            case POSTGRES -> database;
            case TEMPORAL -> createTemporal();
            case ERP ->
                new RealTryton(
                        options.project(),
                        state.resolve("tryton"),
                        database,
                        ports.port(Use.REAL_TRYTON),
                        log(part),
                        progress);
            case SANDBOX ->
                java(
                        part,
                        List.of(),
                        StackEnvironment.local(ports.port(Use.SANDBOX_CONTROL)).resolve("/"));
            case WORKER -> java(part, WORKER_ARGUMENTS, workerReady(ports.port(Use.WORKER_ADMIN)));
            case API_SERVER ->
                java(
                        part,
                        List.of("server", "config/api-server.yml"),
                        StackEnvironment.local(ports.port(Use.API_ADMIN)).resolve("/healthcheck"));
        };
    }

    private TemporalServer createTemporal() {
        TemporalProgram program =
                options.temporal().orElseGet(() -> TemporalServer.findProgram(state.resolve("cache"), progress));
        return new TemporalServer(
                program,
                state.root(),
                ports.port(Use.TEMPORAL),
                ports.port(Use.TEMPORAL_UI),
                log(StackPart.TEMPORAL),
                progress);
    }

    private JavaProcess java(StackPart part, List<String> arguments, URI ready) {
        return java(part, arguments, ready, environment(), log(part));
    }

    private JavaProcess java(
            StackPart part, List<String> arguments, URI ready, Map<String, String> variables, Path log) {
        JavaProcess.Program program = new JavaProcess.Program(options.mainClass(part), arguments, ready);
        Optional<ClassCache> cache = options.classCaches()
                .flatMap(kept -> ClassCache.of(kept, program.mainClass(), JavaProcess.ownClassPath()))
                .map(known -> learning ? known : known.unchanged());
        return new JavaProcess(part, program, options.project(), variables, log, cache, progress);
    }

    /**
     * One more worker beside this stack's own, the first one, with variables of its own; whoever asks for it starts it and stops it.
     *
     * @param number 2 for the second, and so on to {@value #MOST_WORKERS}
     */
    public ManagedProcess anotherWorker(int number, Map<String, String> variables) {
        if (number < 2 || number > MOST_WORKERS) {
            throw new IllegalArgumentException("no ports for worker " + number);
        }
        // The block has room after the last port.
        int adminPort = ports.port(Use.SECOND_WORKER_ADMIN) + number - 2;
        Map<String, String> all = new HashMap<>(environment());
        all.put("THROUGHLINE_WORKER_ADMIN_PORT", Integer.toString(adminPort));
        all.putAll(variables);
        return java(
                StackPart.WORKER,
                WORKER_ARGUMENTS,
                workerReady(adminPort),
                all,
                log(StackPart.WORKER).resolveSibling("worker-" + number + ".log"));
    }

    private static URI workerReady(int adminPort) {
        return StackEnvironment.local(adminPort).resolve("/health/ready");
    }

    /** The variables that this stack's processes are started with. */
    public Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>(StackEnvironment.variables(ports, state.root()));
        if (database.alive()) {
            variables.put("THROUGHLINE_DATABASE_PASSWORD", database.password());
        }
        if (supervisor.find(StackPart.ERP).orElse(null) instanceof RealTryton tryton) {
            variables.put("TRYTON_BASE_URL", tryton.base().toString());
            variables.putAll(tryton.credentials());
        }
        variables.putAll(options.environment());
        return variables;
    }

    public URI api() {
        return StackEnvironment.local(ports.port(Use.API));
    }

    public URI sandboxControl() {
        return StackEnvironment.local(ports.port(Use.SANDBOX_CONTROL));
    }

    public int port(Use use) {
        return ports.port(use);
    }

    public EmbeddedDatabase database() {
        return database;
    }

    public TemporalServer temporal() {
        if (supervisor.find(StackPart.TEMPORAL).orElse(null) instanceof TemporalServer temporal) {
            return temporal;
        }
        throw new IllegalStateException("this stack has no Temporal");
    }

    public Path directory() {
        return state.root();
    }

    public StackOptions options() {
        return options;
    }

    public Path log(StackPart part) {
        return state.log(part);
    }

    /** The key that the api-server made for this machine at its first start, with every role. */
    public Optional<String> localApiKey() {
        Path file = localApiKeyFile();
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key, when this start made it: what is shown once need not be looked up. */
    Optional<String> newLocalApiKey() {
        return localApiKey().filter(key -> !keyBefore.equals(Optional.of(key)));
    }

    public Path localApiKeyFile() {
        return state.resolve("api-key");
    }

    public boolean alive(StackPart part) {
        return supervisor.find(part).map(ManagedProcess::alive).orElse(false);
    }

    public Optional<ProcessHandle> process(StackPart part) {
        return supervisor.find(part).flatMap(ManagedProcess::handle);
    }

    /** Starts a part again that was stopped or killed; returns when it is ready. */
    public void start(StackPart part) {
        supervisor.start(part);
    }

    public void stop(StackPart part) {
        supervisor.stop(part);
    }

    /** SIGKILL to the process and its children; returns when they are gone. */
    public void kill(StackPart part) {
        supervisor.kill(part);
    }

    /** SIGSTOP to the process and its children. */
    public void pause(StackPart part) {
        supervisor.pause(part);
    }

    /** SIGCONT. */
    public void resume(StackPart part) {
        supervisor.resume(part);
    }

    /** A clean stop and a start. */
    public void restart(StackPart part) {
        supervisor.stop(part);
        supervisor.start(part);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        supervisor.close();
        ports.close();
        state.close();
    }
}
