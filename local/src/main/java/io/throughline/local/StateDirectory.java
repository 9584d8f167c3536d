package io.throughline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory in which one stack keeps its databases, logs and process numbers. One stack at a time: it is locked while in use,
 * and the lock ends with the process that holds it, however that ends.
 */
public final class StateDirectory implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(10);

    private final Path root;
    private final FileChannel lock;

    private StateDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    static StateDirectory open(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            for (String name : List.of("logs", "run")) {
                Files.createDirectories(absolute.resolve(name));
            }
            return new StateDirectory(absolute, lock(absolute));
        } catch (IOException e) {
            throw new StackException("Cannot use the data directory " + absolute + ": " + e.getMessage(), e);
        }
    }

    /**
     * Takes away all but the named entries, so that the next stack begins anew. Refused while a stack uses the directory; what a killed
     * one left behind is ended before.
     */
    public static void empty(Path root, Set<String> kept, Progress progress) {
        try (StateDirectory state = open(root)) {
            state.endLeftovers(progress);
            List<Path> entries;
            try (Stream<Path> all = Files.list(state.root)) {
                entries = all.toList();
            }
            for (Path entry : entries) {
                if (!kept.contains(name(entry)) && !name(entry).equals(LOCK)) {
                    Directories.delete(entry);
                }
            }
        } catch (IOException e) {
            throw new StackException("Cannot empty the data directory " + root + ": " + e.getMessage(), e);
        }
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel = FileChannel.open(
                root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null) {
                throw inUse(root, channel);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(root, channel);
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static StackException inUse(Path root, FileChannel channel) throws IOException {
        ByteBuffer holder = ByteBuffer.allocate(20);
        channel.read(holder, 0);
        channel.close();
        String pid = new String(holder.array(), 0, holder.position(), StandardCharsets.US_ASCII).strip();
        return new StackException("Throughline is already running on " + root + " (process " + pid
                + "). Stop that one first (Ctrl-C in its terminal), or set THROUGHLINE_DATA to another directory.");
    }

    Path root() {
        return root;
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    Path log(StackPart part) {
        return root.resolve("logs").resolve(part.label() + ".log");
    }

    /** Written so that a later run can end what this one leaves behind when it is killed. */
    void recordProcess(StackPart part, ProcessHandle process) {
        try {
            Files.writeString(
                    pidFile(part),
                    process.pid() + " "
                            + startOf(process).map(Instant::toEpochMilli).orElse(0L));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forgetProcess(StackPart part) {
        try {
            Files.deleteIfExists(pidFile(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what a killed run left behind; a process number that another program has got since is left alone. */
    void endLeftovers(Progress progress) {
        for (StackPart part : List.of(StackPart.values()).reversed()) {
            leftover(part).ifPresent(process -> {
                progress.line(
                        "ending " + part.label() + " (process " + process.pid() + "), left by a run that was killed");
                new ProcessTree(process).resume();
                process.destroy();
                if (!ProcessTree.awaitEnd(process, LEFTOVER_GRACE)) {
                    new ProcessTree(process).kill();
                }
            });
            forgetProcess(part);
        }
    }

    private Optional<ProcessHandle> leftover(StackPart part) {
        try {
            if (!Files.exists(pidFile(part))) {
                return Optional.empty();
            }
            String[] recorded = Files.readString(pidFile(part)).strip().split(" ", 2);
            long started = Long.parseLong(recorded[1]);
            return ProcessHandle.of(Long.parseLong(recorded[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process ->
                            startOf(process).map(Instant::toEpochMilli).orElse(-1L) == started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> startOf(ProcessHandle process) {
        return process.info().startInstant();
    }

    private Path pidFile(StackPart part) {
        return root.resolve("run").resolve(part.label() + ".pid");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
