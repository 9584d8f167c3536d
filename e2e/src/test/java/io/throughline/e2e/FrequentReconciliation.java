package io.throughline.e2e;

import io.temporal.client.schedules.ScheduleClient;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares the shops and the tills with what is known far more often than their schedules say. */
final class FrequentReconciliation implements AutoCloseable {
    private static final List<String> ACCOUNTS = List.of("northwind", "northwind-jp", "square-northwind");
    private static final long EVERY_SECONDS = 5;

    private final ScheduleClient schedules;
    private final AtomicInteger times = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> comparing;

    FrequentReconciliation(Histories histories) {
        this.schedules = histories.schedules();
        this.comparing = thread.scheduleWithFixedDelay(this::compare, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void compare() {
        ACCOUNTS.forEach(account -> schedules.getHandle("reconcile/" + account).trigger());
        times.incrementAndGet();
    }

    /** How often so far. Throws what has kept it from going on, if anything has. */
    int times() {
        if (comparing.state() == Future.State.FAILED) {
            throw new CompletionException("can't compare any more", comparing.exceptionNow());
        }
        return times.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}
