package io.throughline.local;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says every ten seconds that something long is still going on, until it is closed. */
final class Ticker implements AutoCloseable {
    private static final int INTERVAL_SECONDS = 10;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ticker").factory());

    Ticker(String what, Progress progress) {
        long start = System.nanoTime();
        var _ = clock.scheduleAtFixedRate(
                () -> progress.line(what + " ("
                        + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s)"),
                INTERVAL_SECONDS,
                INTERVAL_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
