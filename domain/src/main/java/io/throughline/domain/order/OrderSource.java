package io.throughline.domain.order;

import io.throughline.domain.customer.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A channel as the source of its orders. Reading changes nothing there. Failures are {@code SystemFailure}. */
public interface OrderSource {
    /** The order as it stands; empty when the channel has none of that name. */
    Optional<ChannelOrder> read(OrderKey key);

    /** Orders changed at or after an instant, oldest change first. */
    Page changedSince(io.throughline.domain.account.AccountId account, Instant since, Optional<String> cursor);

    /** A canonical order with the person it is for, who is stored apart. */
    record ChannelOrder(Order order, PersonalData person) {}

    /** One page of changes; {@code next} is the cursor of the following page, if there is one. */
    record Page(List<Changed> changed, Optional<String> next) {
        public Page {
            changed = List.copyOf(changed);
        }
    }

    /** An order's key and its channel's time of last change. */
    record Changed(OrderKey key, Instant version) {}
}
