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
import java.util.Map;
import java.util.Optional;

/**
 * Finds a Temporal server: {@code temporal} on the PATH; a copy in the cache; built with Go, where Go is there; the official release,
 * whose checksum is pinned; and else the SDK's in-memory server.
 */
final class TemporalInstaller {
    static final String VERSION = "1.5.1";

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(20);

    private final Path cache;
    private final SearchPath searchPath;
    private final Progress progress;
    private final Releases releases;

    /** Where the official release for this machine is to be had. */
    interface Releases {
        TemporalRelease of(String version) throws IOException;
    }

    TemporalInstaller(Path cache, SearchPath searchPath, Progress progress) {
        this(cache, searchPath, progress, TemporalRelease::forThisMachine);
    }

    TemporalInstaller(Path cache, SearchPath searchPath, Progress progress, Releases releases) {
        this.cache = cache;
        this.searchPath = searchPath;
        this.progress = progress;
        this.releases = releases;
    }

    TemporalProgram find() {
        Optional<TemporalProgram> existing = searchPath
                .find("temporal")
                .filter(this::works)
                .<TemporalProgram>map(path -> new TemporalProgram.DevelopmentServer(path, path.toString()))
                .or(this::cached);
        return existing.orElseGet(this::install);
    }

    private Optional<TemporalProgram> cached() {
        return Optional.of(cachedCopy())
                .filter(this::works)
                .map(path -> new TemporalProgram.DevelopmentServer(path, VERSION + ", cached"));
    }

    /** One installation at a time on this machine: a second stack waits for the first one's copy. */
    private TemporalProgram install() {
        try {
            Files.createDirectories(cachedCopy().getParent());
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("temporal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return cached().or(this::buildWithGo).or(this::download).orElseGet(TemporalInstaller::inMemory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TemporalProgram inMemory() {
        return new TemporalProgram.InMemory(
                "no temporal program was found, Go is not there to build one, and the official release could not be fetched");
    }

    private Optional<TemporalProgram> buildWithGo() {
        Optional<Path> go = searchPath.go();
        if (go.isEmpty()) {
            return Optional.empty();
        }
        progress.line("building Temporal " + VERSION + " with Go, once; this takes about four minutes");
        Path log = cache.resolve("temporal-build.log");
        try (Ticker _ = new Ticker("still building Temporal", progress)) {
            Path draft = Files.createTempDirectory(cache, "temporal-build");
            Command.Result built = Command.of(
                            go.get().toString(), "install", "github.com/temporalio/cli/cmd/temporal@v" + VERSION)
                    .with(Map.of("GOBIN", draft.toString(), "CGO_ENABLED", "0"))
                    .within(BUILD_LIMIT)
                    .loggingTo(log)
                    .run();
            if (built.succeeded()) {
                Files.move(draft.resolve("temporal"), cachedCopy(), StandardCopyOption.REPLACE_EXISTING);
                Files.delete(draft);
                return Optional.of(new TemporalProgram.DevelopmentServer(cachedCopy(), VERSION + ", built with Go"));
            }
            progress.problem("Building Temporal failed (log: " + log + "):\n" + LogTail.of(log));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<TemporalProgram> download() {
        try {
            progress.line("fetching the official release of Temporal " + VERSION);
            releases.of(VERSION).fetch(cachedCopy());
            return Optional.of(new TemporalProgram.DevelopmentServer(cachedCopy(), VERSION + ", official release"));
        } catch (IOException e) {
            progress.line("the official release could not be fetched (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    private boolean works(Path program) {
        return Files.isExecutable(program)
                && Command.of(program.toString(), "--version").run().succeeded();
    }

    private Path cachedCopy() {
        return cache.resolve("bin").resolve("temporal-" + VERSION);
    }
}
