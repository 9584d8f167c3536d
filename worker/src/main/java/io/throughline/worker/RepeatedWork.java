package io.throughline.worker;

import io.dropwizard.lifecycle.Managed;
import io.throughline.domain.failure.Wordless;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Work of this process that is done again and again, in a thread of its own, until it is stopped. */
abstract class RepeatedWork implements Managed {
    private static final Duration AT_LAST = Duration.ofSeconds(5);

    private final Duration every;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    RepeatedWork(String name, Duration every) {
        this.every = every;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::workUntilStopped);
    }

    /** One turn. It throws nothing: while something is away, the next turn tries again. */
    abstract void work();

    /** What fails of it is told, as the {@code trouble} that there is just now, and left to the next turn. */
    final void attempt(String trouble, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException notNow) {
            LoggerFactory.getLogger(getClass()).warn("{} just now: {}", trouble, Wordless.words(notNow));
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    private void workUntilStopped() {
        try {
            do {
                work();
            } while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what has begun come to its end, for a few seconds. */
    @Override
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(AT_LAST);
    }
}
