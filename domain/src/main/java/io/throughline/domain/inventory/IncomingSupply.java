package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is on order and when it is expected, so that it can be promised before it is there. */
public interface IncomingSupply {
    /**
     * Tells or corrects an expectation; an older or equal version does nothing. Gives the promises that became another date by it, or
     * none at all.
     */
    List<Repromised> expect(Expected supply);

    List<Expected> open(Collection<Sku> skus);

    /** Whether somebody waits for goods that this source is still to bring. */
    boolean awaitedFrom(AccountId source);

    /** What one line of a purchase order or transfer will still bring. */
    record Expected(StockSource source, FacilityId facility, Sku sku, int outstanding, Instant expectedAt) {
        public Expected {
            if (outstanding < 0 || outstanding > Movement.MOST_UNITS) {
                throw new IllegalArgumentException("outstanding must be 0 to " + Movement.MOST_UNITS);
            }
        }

        /** It should have come by now: until somebody expects it anew, nothing is promised of it. */
        public boolean isOverdue(Instant now) {
            return !expectedAt.isAfter(now);
        }
    }

    /** A customer waits for another date than was said; empty: for none that is known. */
    record Repromised(String holder, String lineId, Sku sku, Optional<Instant> before, Optional<Instant> now) {
        /** The order, unless the holder is a basket. */
        public Optional<OrderId> order() {
            return Booking.orderOf(holder);
        }
    }
}
