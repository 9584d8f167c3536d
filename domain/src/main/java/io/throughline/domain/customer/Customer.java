package io.throughline.domain.customer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A customer as channels know them. After a merge {@code keys} are several, and {@code id} may be another one than was asked for: that of
 * the customer who was kept.
 */
public record Customer(CustomerId id, List<CustomerKey> keys, Optional<Instant> version) {
    public Customer {
        keys = List.copyOf(keys);
    }
}
