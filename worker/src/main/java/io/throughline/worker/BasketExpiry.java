package io.throughline.worker;

import io.dropwizard.lifecycle.Managed;
import io.throughline.domain.inventory.Baskets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back, again and again, what carts and quotes have kept for too long. Every worker does so; they leave each other's baskets alone.
 */
final class BasketExpiry implements Managed {
    private static final Logger LOG = LoggerFactory.getLogger(BasketExpiry.class);
    private static final int MOST_AT_ONCE = 1_000;
    private static final Duration AT_LAST = Duration.ofSeconds(5);

    private final Baskets baskets;
    private final Duration every;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("basket-expiry").unstarted(this::expireUntilStopped);

    BasketExpiry(Baskets baskets, Duration every) {
        this.baskets = baskets;
        this.every = every;
    }

    @Override
    public void start() {
        thread.start();
    }

    private void expireUntilStopped() {
        try {
            do {
                expire();
            } while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** While the database is away it waits for the next turn. */
    private void expire() {
        try {
            int expired = baskets.expire(MOST_AT_ONCE);
            if (expired > 0) {
                LOG.info("{} baskets have expired", expired);
            }
        } catch (RuntimeException unreachable) {
            LOG.warn("baskets can't expire just now: {}", unreachable.toString());
        }
    }

    /** Lets what has begun come to its end, for a few seconds. */
    @Override
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(AT_LAST);
    }
}
