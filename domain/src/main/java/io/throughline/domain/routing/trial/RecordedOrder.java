package io.throughline.domain.routing.trial;

import io.throughline.domain.order.Order;
import java.time.Instant;
import java.util.Optional;

/** An order as it was when it was first routed, the instant of that, and by when its marketplace, if it came from one, wants it shipped. */
public record RecordedOrder(Order order, Instant at, Optional<Instant> shipBy) {
    public RecordedOrder(Order order, Instant at) {
        this(order, at, Optional.empty());
    }
}
