package io.throughline.domain.inventory;

import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Baskets in memory, for which there is always enough. */
public final class TestingBaskets implements Baskets {
    private final Map<BasketId, Basket> baskets = new ConcurrentHashMap<>();

    @Override
    public Optional<Commitment> hold(BasketId basket, List<LineQuantity> needs, Terms terms, Instant expiresAt) {
        baskets.put(basket, new Basket(basket, Basket.State.HELD, expiresAt, Optional.empty(), needs, List.of()));
        return Optional.of(new Commitment.Reserved());
    }

    @Override
    public Optional<Basket> find(BasketId basket) {
        return Optional.ofNullable(baskets.get(basket));
    }

    @Override
    public void release(BasketId basket) {
        baskets.remove(basket);
    }

    @Override
    public int expire(int atMost) {
        return 0;
    }
}
