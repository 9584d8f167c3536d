package io.throughline.workflows.inventory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a reading of an ERP's stock has come: it begins at {@code since}; a {@code cursor} of null is its end, or its beginning. At its end
 * {@code rest} is how long until the next one, and {@code comparing} whether what the ERP has on hand is to be read, too.
 */
public record ErpStockPass(
        @Nullable Instant since,
        @Nullable String cursor,
        @Nullable Instant upTo,
        Duration rest,
        boolean comparing) {
    public static final ErpStockPass FIRST = new ErpStockPass(null, null, null, Duration.ZERO, false);

    private static final Duration BEFORE_RESTS_WERE_TOLD = Duration.ofSeconds(3);

    /** Histories that began before a pass told its rest have none. */
    @SuppressWarnings("NullAway")
    public ErpStockPass {
        rest = rest == null ? BEFORE_RESTS_WERE_TOLD : rest;
    }

    public boolean over() {
        return cursor == null;
    }

    /** The beginning of the pass after this one, whose rest goes on from this one's. */
    public ErpStockPass following() {
        return new ErpStockPass(null, null, null, rest, false);
    }
}
