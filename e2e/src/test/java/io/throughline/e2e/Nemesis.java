package io.throughline.e2e;

import io.throughline.local.Stack;
import io.throughline.local.StackException;
import io.throughline.local.StackPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Kills and pauses a stack's processes, up to two at once, and brings them back as whoever watches over processes would. */
final class Nemesis implements AutoCloseable {
    private static final int AT_ONCE = 2;

    private final Stack stack;
    private final Consumer<Inflicted> told;
    private final Semaphore limit = new Semaphore(AT_ONCE);
    private final Map<StackPart, Semaphore> victims = new EnumMap<>(StackPart.class);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Inflicted>> faults = new ArrayList<>();

    /** A fault that is over, and how long it was before the process worked again. */
    record Inflicted(Fault fault, Instant began, Duration took) {}

    /** {@code told} hears of each fault as it ends, on some thread. */
    Nemesis(Stack stack, Consumer<Inflicted> told) {
        this.stack = stack;
        this.told = told;
        FaultSchedule.VICTIMS.forEach(victim -> victims.put(victim, new Semaphore(1)));
    }

    /** Returns once the process is away; it comes back by itself. */
    void strike(Fault fault) throws InterruptedException {
        Semaphore victim = victims.get(fault.victim());
        victim.acquire();
        limit.acquire();
        Instant began = Instant.now();
        takeAway(fault);
        faults.add(threads.submit(() -> {
            try {
                // For how long it is away is what is being tried.
                Thread.sleep(fault.away());
                bringBack(fault);
                Inflicted inflicted = new Inflicted(fault, began, Duration.between(began, Instant.now()));
                told.accept(inflicted);
                return inflicted;
            } finally {
                limit.release();
                victim.release();
            }
        }));
    }

    private void takeAway(Fault fault) {
        switch (fault.kind()) {
            case KILL -> stack.kill(fault.victim());
            case PAUSE -> stack.pause(fault.victim());
        }
    }

    private void bringBack(Fault fault) {
        switch (fault.kind()) {
            case KILL -> startAgain(stack, fault.victim());
            case PAUSE -> stack.resume(fault.victim());
        }
    }

    /** It may fail to start while what it needs is away, or be killed while it starts. */
    static void startAgain(Stack stack, StackPart part) {
        while (!stack.alive(part) && !Thread.currentThread().isInterrupted()) {
            try {
                stack.start(part);
            } catch (StackException failed) {
                System.out.println("  " + part.label() + " ended while it started, and is started again");
            }
        }
    }

    /** Waits until every process is back. */
    List<Inflicted> awaitAll() throws InterruptedException {
        List<Inflicted> inflicted = new ArrayList<>();
        for (Future<Inflicted> fault : faults) {
            try {
                inflicted.add(fault.get());
            } catch (ExecutionException broken) {
                throw new IllegalStateException("a fault could not be inflicted as drawn", broken.getCause());
            }
        }
        return inflicted;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
