package io.throughline.domain.inventory;

import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept for a cart or quote, and until when. Of a bundle it keeps the parts. {@code order} is the order that was handed over for
 * it, or has taken it over.
 */
public record Basket(
        BasketId id,
        State state,
        Instant expiresAt,
        Optional<OrderId> order,
        List<LineQuantity> reserved,
        List<Commitment.Waiting> waiting) {
    public Basket {
        reserved = List.copyOf(reserved);
        waiting = List.copyOf(waiting);
    }

    /** HELD is open, all others are ends. */
    public enum State {
        HELD,
        ORDERED,
        RELEASED,
        EXPIRED
    }
}
