package io.throughline.domain.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands between an order and its stock: what waits for supply, and what has lost its stock to a sale that happened. {@code unrouted}
 * are the lines of which something waits, or is reserved at no facility yet.
 */
public record OrderStock(List<Commitment.Waiting> waiting, List<Booking.Displaced> displaced, Set<String> unrouted) {
    /** What begins the topics of the messages that tell an order of its stock. */
    public static final String TOPIC = "throughline/stock-";

    public OrderStock {
        waiting = List.copyOf(waiting);
        displaced = List.copyOf(displaced);
        unrouted = Set.copyOf(unrouted);
    }

    /** The subject of the messages that tell an order of its stock. */
    public static String subject(String order) {
        return "stock-of/" + order;
    }

    public boolean isUntroubled() {
        return waiting.isEmpty() && displaced.isEmpty();
    }

    /** When all that waits is expected; empty when nothing waits, or for supply that nobody expects any more. */
    public Optional<Instant> promisedAt() {
        return Commitment.Waiting.allExpected(waiting);
    }
}
