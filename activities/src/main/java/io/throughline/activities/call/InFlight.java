package io.throughline.activities.call;

import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.order.OrderView;

/** What follows for work that is given out from a reading of its order, which is stored by then. Called again for the same, it does nothing twice. */
@FunctionalInterface
public interface InFlight {
    /** {@code known} is how the order stood before it was read. */
    void heed(OrderView known, ChannelOrder read);

    default InFlight and(InFlight other) {
        return (known, read) -> {
            heed(known, read);
            other.heed(known, read);
        };
    }
}
