package io.throughline.domain.customer;

import java.time.Instant;
import java.util.Optional;

/** A channel that keeps its customers' names and addresses. */
public interface CustomerSource {
    /** Empty: there is no such customer there, or no longer. */
    Optional<ChannelCustomer> read(CustomerKey key);

    /** A customer as the channel has them; {@code version} is its own time of change. */
    record ChannelCustomer(PersonalData person, Instant version) {}
}
