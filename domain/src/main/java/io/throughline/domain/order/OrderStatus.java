package io.throughline.domain.order;

import java.util.EnumSet;
import java.util.Set;

/** The life of an order. Payment, fulfillment, returns and posting have axes of their own. */
public enum OrderStatus {
    RECEIVED,
    VALIDATED,
    APPROVED,
    IN_FULFILLMENT,
    COMPLETED,
    CANCELLED,
    REJECTED;

    /** An ended order never opens again. */
    public boolean ended() {
        return this == COMPLETED || this == CANCELLED || this == REJECTED;
    }

    public Set<OrderStatus> next() {
        return switch (this) {
            case RECEIVED -> EnumSet.of(VALIDATED, CANCELLED, REJECTED);
            case VALIDATED -> EnumSet.of(APPROVED, CANCELLED, REJECTED);
            case APPROVED -> EnumSet.of(IN_FULFILLMENT, CANCELLED, REJECTED);
            case IN_FULFILLMENT -> EnumSet.of(COMPLETED, CANCELLED);
            case COMPLETED, CANCELLED, REJECTED -> EnumSet.noneOf(OrderStatus.class);
        };
    }
}
