package io.throughline.worker;

import io.throughline.domain.inventory.Baskets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back, again and again, what carts and quotes have kept for too long. Every worker does so; they leave each other's baskets alone.
 */
final class BasketExpiry extends RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(BasketExpiry.class);
    private static final int MOST_AT_ONCE = 1_000;

    private final Baskets baskets;

    BasketExpiry(Baskets baskets, Duration every) {
        super("basket-expiry", every);
        this.baskets = baskets;
    }

    /** While the database is away it waits for the next turn. */
    @Override
    void work() {
        attempt("baskets can't expire", this::expire);
    }

    private void expire() {
        int expired = baskets.expire(MOST_AT_ONCE);
        if (expired > 0) {
            LOG.info("{} baskets have expired", expired);
        }
    }
}
