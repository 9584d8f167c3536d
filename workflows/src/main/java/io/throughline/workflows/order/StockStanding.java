package io.throughline.workflows.order;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between an order and its stock, in words for people: what {@code waits} for supply, and which work has {@code lost} its stock
 * to a sale that happened. {@code promisedAt} is when all that waits is expected, {@code cancelAt} until when it may wait, and
 * {@code lookAgainAt} when the next try is due of an order that has its stock and waits for a facility. {@code follows}: what is still to come
 * of it follows in parts of its own, while others are under way.
 */
public record StockStanding(
        List<String> waits,
        List<String> lost,
        @Nullable Instant promisedAt,
        @Nullable Instant cancelAt,
        @Nullable Instant lookAgainAt,
        boolean follows) {
    public StockStanding {
        waits = List.copyOf(waits);
        lost = List.copyOf(lost);
    }
}
