package io.throughline.domain.customer;

import java.util.Optional;

/** Who our customers are. Their names and addresses are in the one erasable table, under {@link CustomerId#ref()}. */
public interface Customers {
    /** Keeps what the channel says, if it owns its customers; otherwise that is refused, and told. */
    void take(CustomerKey key, CustomerSource.ChannelCustomer customer);

    /** From now on both are the customer who was kept; what was known of the other is forgotten. */
    void merge(CustomerKey gone, CustomerKey kept);

    Optional<Customer> find(CustomerId id);

    /** Notes who has looked at the customer's personal data. */
    void seen(CustomerId id, String actor);
}
