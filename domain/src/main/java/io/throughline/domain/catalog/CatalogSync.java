package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the taking in of an account's catalogue has come, or how it ended. {@code export} is what the system calls what it made for
 * it; {@code cursor} is where its next page begins.
 */
public record CatalogSync(
        AccountId account,
        Instant startedAt,
        Optional<String> export,
        Optional<String> cursor,
        long read,
        long size,
        Tally tally,
        Optional<Instant> finishedAt) {

    public boolean finished() {
        return finishedAt.isPresent();
    }

    /** How much of the export is taken in, 0 to 100. */
    public int percent() {
        return finished() ? 100 : size == 0 ? 0 : (int) Math.min(99, read * 100 / size);
    }

    /**
     * What became of what was told: products taken in, statements that changed something, statements that contradict the owner's and
     * were refused, and products that can't be used.
     */
    public record Tally(int products, int changed, int refused, int unusable) {
        public static final Tally NONE = new Tally(0, 0, 0, 0);

        public Tally plus(Tally other) {
            return new Tally(
                    products + other.products,
                    changed + other.changed,
                    refused + other.refused,
                    unusable + other.unusable);
        }
    }
}
