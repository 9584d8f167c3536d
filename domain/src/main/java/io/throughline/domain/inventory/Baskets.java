package io.throughline.domain.inventory;

import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stock that a cart or a quote keeps for a while: HELD, then ORDERED, RELEASED or EXPIRED. The expiry is kept with it. The order that is
 * handed over for a basket takes it over when it reserves: unit by unit of each SKU, whatever the lines are called, and what it does
 * not need is given back.
 */
public interface Baskets {
    /**
     * Reserves for a basket until {@code expiresAt}. The same basket again keeps its expiry, and then keeps just what is needed now: what it
     * had besides is given back. A basket that is refused stays as it was; a new one is none then. Empty: it has ended, or is an order's.
     */
    Optional<Commitment> hold(BasketId basket, List<LineQuantity> needs, Terms terms, Instant expiresAt);

    Optional<Basket> find(BasketId basket);

    /** Nothing happens to a basket that has ended, or is an order's. */
    void release(BasketId basket);

    /** Gives back what is too old, the oldest first; gives how many baskets. Any number of processes may do so at once. */
    int expire(int atMost);
}
