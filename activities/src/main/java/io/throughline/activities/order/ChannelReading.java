package io.throughline.activities.order;

import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Orders;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Reads an order at its channel and stores it as a new version. */
public final class ChannelReading {
    private final OutsideWorld world;
    private final Orders orders;
    private final Clock clock;

    public ChannelReading(OutsideWorld world, Orders orders, Clock clock) {
        this.world = world;
        this.orders = orders;
        this.clock = clock;
    }

    /** The newest version that is known after it; empty when the channel has no such order. */
    public Optional<Order> refresh(OrderKey key) {
        Instant readAt = clock.instant();
        return world.source(key.account()).read(key).map(read -> {
            Order newest = orders.accept(read.order(), read.person(), readAt).newest();
            if (newest.cancelledAt().isPresent()) {
                orders.requestCancel(newest.id(), "channel " + key.account(), "cancelled at the channel");
            }
            return newest;
        });
    }
}
