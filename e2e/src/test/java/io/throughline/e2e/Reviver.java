package io.throughline.e2e;

import io.throughline.local.Stack;
import io.throughline.local.StackPart;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Starts a process again whenever it has ended, as whoever watches over processes would. */
final class Reviver implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final Stack stack;
    private final StackPart part;
    private final Runnable funeral;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> looking;

    /** {@code funeral} is held each time before the process is started again. */
    Reviver(Stack stack, StackPart part, Runnable funeral) {
        this.stack = stack;
        this.part = part;
        this.funeral = funeral;
        this.looking = thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!stack.alive(part)) {
            funeral.run();
            Nemesis.startAgain(stack, part);
        }
    }

    /** Throws what has kept it from going on, if anything has. */
    void check() {
        if (looking.state() == Future.State.FAILED) {
            throw new CompletionException("can't start " + part.label() + " any more", looking.exceptionNow());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}
