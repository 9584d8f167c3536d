package io.throughline.domain.fulfillment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a facility has to do. */
public interface WorkLists {
    /** Whoever waits at the door comes first, then whatever is due first. {@code after} is the last item of the page before. */
    List<Item> at(FacilityId facility, Set<FulfillmentStatus> statuses, Optional<FulfillmentOrderId> after, int limit);

    /** {@code customer} and {@code spot}, where he waits, are personal data. */
    record Item(
            FulfillmentOrder work,
            String orderName,
            Optional<String> customer,
            Optional<Instant> arrivedAt,
            Optional<String> spot) {
        @Override
        public String toString() {
            return "Item[" + work.id() + "]";
        }
    }
}
