package io.throughline.domain.routing.trial;

import io.throughline.domain.order.Order;
import java.time.Instant;

/** An order as it was when it was first routed, and the instant of that. */
public record RecordedOrder(Order order, Instant at) {}
