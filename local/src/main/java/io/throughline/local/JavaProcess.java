package io.throughline.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** One of Throughline's own processes, run from this process's class path in a JVM of its own. */
final class JavaProcess implements ManagedProcess {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration LEARNING_GRACE = Duration.ofMinutes(2);

    /** What to run, and which address answers with success once it is ready. */
    record Program(String mainClass, List<String> arguments, URI ready) {
        Program {
            arguments = List.copyOf(arguments);
        }
    }

    private final StackPart part;
    private final Program program;
    private final Path log;
    private final Progress progress;
    private final Optional<ClassCache> cache;
    private final ChildProcess process;

    JavaProcess(
            StackPart part,
            Program program,
            Path workingDirectory,
            Map<String, String> environment,
            Path log,
            Optional<ClassCache> cache,
            Progress progress) {
        this.part = part;
        this.program = program;
        this.log = log;
        this.cache = cache;
        this.progress = progress;
        this.process = new ChildProcess(this::command, workingDirectory, environment, log);
    }

    private List<String> command() {
        List<String> options = new ArrayList<>(List.of("-Xmx512m", "-Dthroughline.process=" + part.label()));
        cache.ifPresent(known -> options.addAll(known.options()));
        List<String> command =
                new ArrayList<>(java(options, cache.map(ClassCache::classPath).orElseGet(JavaProcess::ownClassPath)));
        command.add(program.mainClass());
        command.addAll(program.arguments());
        return command;
    }

    /** The start of a command line for this JVM and class path: quick to start and small, for several share one machine. */
    static List<String> java(List<String> options) {
        return java(options, ownClassPath());
    }

    static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    private static List<String> java(List<String> options, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(extraOptions());
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    /** Words of {@code THROUGHLINE_JAVA_OPTIONS}, which come last and so win, for example {@code -XX:TieredStopAtLevel=4}. */
    private static List<String> extraOptions() {
        return Pattern.compile("\\s+")
                .splitAsStream(Optional.ofNullable(System.getenv("THROUGHLINE_JAVA_OPTIONS"))
                        .orElse(""))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Override
    public StackPart part() {
        return part;
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
        try {
            new Readiness(this, START_LIMIT, progress).await(() -> Readiness.answers(program.ready()));
        } catch (RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    @Override
    public void stop() {
        boolean learning = cache.map(ClassCache::learning).orElse(false);
        process.stop(learning ? LEARNING_GRACE : ChildProcess.GRACE);
        cache.ifPresent(ClassCache::ended);
    }

    @Override
    public void kill() {
        ManagedProcess.super.kill();
        cache.ifPresent(ClassCache::ended);
    }
}
