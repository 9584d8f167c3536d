package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept for a cart or quote, and until when. Of a bundle it keeps the parts. {@code order} is the order that was handed over for
 * it, or has taken it over. {@code places} are those from where it may be served.
 */
public record Basket(
        BasketId id,
        State state,
        Instant expiresAt,
        Optional<OrderId> order,
        List<LineQuantity> reserved,
        List<Commitment.Waiting> waiting,
        Set<FacilityId> places) {
    public Basket {
        places = Set.copyOf(places);
        reserved = List.copyOf(reserved);
        waiting = List.copyOf(waiting);
    }

    /** One of which nothing is known but what it keeps. */
    public Basket(
            BasketId id,
            State state,
            Instant expiresAt,
            Optional<OrderId> order,
            List<LineQuantity> reserved,
            List<Commitment.Waiting> waiting) {
        this(id, state, expiresAt, order, reserved, waiting, Set.of());
    }

    /** HELD is open, all others are ends. */
    public enum State {
        HELD,
        ORDERED,
        RELEASED,
        EXPIRED
    }
}
