package io.throughline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Prometheus's own checker of rules and their tests. */
public final class Promtool {
    /** As Go's modules name Prometheus 3.13.2. */
    static final String VERSION = "0.313.2";

    private static final String MODULE = "github.com/prometheus/prometheus";
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);

    private final Path program;

    private Promtool(Path program) {
        this.program = program;
    }

    /** {@code promtool} on the PATH; a copy in the cache; or built with Go. Nothing where there is neither, and where that fails. */
    public static Optional<Promtool> find(Path fallbackCache, Progress progress) {
        return find(CacheDirectory.locate(fallbackCache), SearchPath.ofThisProcess(), progress);
    }

    static Optional<Promtool> find(Path cache, SearchPath path, Progress progress) {
        return path.find("promtool")
                .flatMap(Promtool::working)
                .or(() -> cached(cache))
                .or(() -> path.go().flatMap(go -> built(go, cache, progress)));
    }

    private static Optional<Promtool> working(Path program) {
        return Optional.of(new Promtool(program))
                .filter(found -> found.run("--version").succeeded());
    }

    private static Optional<Promtool> cached(Path cache) {
        return Optional.of(copyIn(cache)).filter(Files::isExecutable).flatMap(Promtool::working);
    }

    private static Path copyIn(Path cache) {
        return cache.resolve("bin").resolve("promtool-" + VERSION);
    }

    /** Without the ways to discover what is to be watched, which are most of it and of no use here. */
    private static Optional<Promtool> built(Path go, Path cache, Progress progress) {
        Path log = cache.resolve("promtool-build.log");
        try {
            Files.createDirectories(copyIn(cache).getParent());
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("promtool.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                Optional<Promtool> meanwhile = cached(cache);
                if (meanwhile.isPresent()) {
                    return meanwhile;
                }
                progress.line("building promtool " + VERSION + " with Go, once; this takes about two minutes");
                try (Ticker _ = new Ticker("still building promtool", progress)) {
                    Path module = Files.createTempDirectory(cache, "promtool-build");
                    try {
                        if (build(go, module, log)) {
                            Files.move(module.resolve("promtool"), copyIn(cache), StandardCopyOption.REPLACE_EXISTING);
                            return cached(cache);
                        }
                    } finally {
                        Directories.delete(module);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.problem("Building promtool failed (log: " + log + "):\n" + LogTail.of(log));
        return Optional.empty();
    }

    private static boolean build(Path go, Path module, Path log) {
        return List.of(
                        List.of("mod", "init", "throughline.tools"),
                        List.of("get", MODULE + "@v" + VERSION),
                        List.of(
                                "build",
                                "-mod=mod",
                                "-trimpath",
                                "-tags",
                                "remove_all_sd",
                                "-o",
                                "promtool",
                                MODULE + "/cmd/promtool"))
                .stream()
                .allMatch(step -> {
                    List<String> words = new ArrayList<>(List.of(go.toString(), "-C", module.toString()));
                    words.addAll(step);
                    return Command.of(words)
                            .with(Map.of("CGO_ENABLED", "0"))
                            .within(BUILD_LIMIT)
                            .loggingTo(log)
                            .run()
                            .succeeded();
                });
    }

    public Path program() {
        return program;
    }

    /** Whether the rules of a file can be read. */
    public Verdict check(Path rules) {
        return verdict(run("check", "rules", rules.toString()));
    }

    /** Whether the tests of all these files, each of which names its rules, pass. */
    public Verdict test(List<Path> tests) {
        return verdict(
                run(Stream.concat(Stream.of("test", "rules"), tests.stream().map(Path::toString))
                        .toArray(String[]::new)));
    }

    private static Verdict verdict(Command.Result result) {
        return new Verdict(result.succeeded(), result.output());
    }

    private Command.Result run(String... words) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        return Command.of(command).run();
    }

    /** What promtool says. */
    public record Verdict(boolean good, String words) {}
}
