package io.throughline.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts, watches and stops processes. A process that ends without having been asked to is reported once, with the tail of its log;
 * it is not started again by itself, for what it died of should be seen.
 */
final class Supervisor implements AutoCloseable {
    private final StateDirectory state;
    private final Progress progress;
    private final Map<StackPart, ManagedProcess> processes = new EnumMap<>(StackPart.class);
    private final Set<StackPart> expected = ConcurrentHashMap.newKeySet();
    private boolean closing;

    Supervisor(StateDirectory state, Progress progress) {
        this.state = state;
        this.progress = progress;
    }

    /** Starts them at once and returns when all are ready; the first failure is thrown after all have ended their attempt. */
    void startTogether(Collection<ManagedProcess> together) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> starts = new ArrayList<>();
            for (ManagedProcess process : together) {
                add(process);
                starts.add(CompletableFuture.runAsync(() -> start(process.part()), threads));
            }
            CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (isClosing()) {
                throw new StackException("Stopped before everything was ready.");
            }
            throw e.getCause() instanceof StackException problem
                    ? problem
                    : new StackException(String.valueOf(e.getCause()), e);
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private synchronized void add(ManagedProcess process) {
        if (closing) {
            throw new StackException("the stack is being stopped");
        }
        processes.put(process.part(), process);
    }

    synchronized Optional<ManagedProcess> find(StackPart part) {
        return Optional.ofNullable(processes.get(part));
    }

    private ManagedProcess get(StackPart part) {
        return find(part).orElseThrow(() -> new IllegalArgumentException(part.label() + " is not part of this stack"));
    }

    void start(StackPart part) {
        ManagedProcess process = get(part);
        long start = System.nanoTime();
        process.start(spawned -> state.recordProcess(part, spawned));
        process.handle().ifPresent(handle -> watch(process, handle));
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        progress.line(String.format(Locale.ROOT, "%-11s ready in %.1f s", part.label(), seconds));
    }

    void stop(StackPart part) {
        expected.remove(part);
        get(part).stop();
        state.forgetProcess(part);
    }

    void kill(StackPart part) {
        expected.remove(part);
        get(part).kill();
        state.forgetProcess(part);
    }

    void pause(StackPart part) {
        get(part).pause();
    }

    void resume(StackPart part) {
        get(part).resume();
    }

    private void watch(ManagedProcess process, ProcessHandle handle) {
        StackPart part = process.part();
        expected.add(part);
        var _ = handle.onExit().thenAccept(ended -> {
            if (expected.remove(part)) {
                progress.problem(
                        part.label() + " (process " + ended.pid() + ") has ended by itself. The end of its log:\n"
                                + LogTail.of(process.log()) + "\n(whole log: " + process.log() + ")");
            }
        });
    }

    /** Stops all that run, in the reverse of their order. */
    @Override
    public void close() {
        expected.clear();
        List<ManagedProcess> running;
        synchronized (this) {
            closing = true;
            running = new ArrayList<>(processes.values()).reversed();
        }
        for (ManagedProcess process : running) {
            if (process.alive()) {
                progress.line("stopping " + process.part().label());
                process.stop();
            }
            state.forgetProcess(process.part());
        }
    }
}
