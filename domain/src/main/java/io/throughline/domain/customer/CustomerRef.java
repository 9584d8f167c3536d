package io.throughline.domain.customer;

import io.throughline.domain.order.OrderId;

/**
 * Points at a row of the one erasable table of personal data. It may appear in histories, traces and logs; what it points at may not.
 */
public record CustomerRef(String value) {
    /** Who an order is for. It says nothing of the person and stays the same at each reading. */
    public static CustomerRef of(OrderId order) {
        return new CustomerRef("P-" + order.value().substring("O-".length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
