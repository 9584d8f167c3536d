package io.throughline.connectors.shopify.client;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How long a call waits for what Shopify does a moment after it has answered: so many looks, with a pause between two. */
public record Patience(int looks, Duration pause) {
    public static final Patience USUAL = new Patience(5, Duration.ofMillis(300));

    public Patience {
        if (looks < 1 || pause.isNegative()) {
            throw new IllegalArgumentException("patience needs at least one look and a pause that is not negative");
        }
    }

    /** The first look that is enough, or the last one. */
    public <T> T look(Supplier<T> at, Predicate<T> enough) {
        T seen = at.get();
        for (int look = 2; look <= looks && !enough.test(seen) && paused(); look++) {
            seen = at.get();
        }
        return seen;
    }

    private boolean paused() {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
