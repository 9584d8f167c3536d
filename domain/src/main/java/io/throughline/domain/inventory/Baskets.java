package io.throughline.domain.inventory;

import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;

/** Stock that a cart or a quote keeps for a while: HELD, then ORDERED, RELEASED or EXPIRED. The expiry is kept with it. */
public interface Baskets {
    /**
     * Reserves for a basket until {@code expiresAt}. The same basket again is the same hold and keeps its expiry; one that has ended is
     * an error.
     */
    Commitment hold(BasketId basket, List<LineQuantity> needs, Terms terms, Instant expiresAt);

    /** Makes the basket's reservations the order's; the line ids must be the order's. False: it has expired or was given up. */
    boolean order(BasketId basket, OrderId order);

    void release(BasketId basket);

    /** Gives back what is too old, the oldest first; gives how many baskets. Any number of processes may do so at once. */
    int expire(int atMost);
}
