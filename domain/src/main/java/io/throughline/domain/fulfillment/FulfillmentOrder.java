package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Work at one facility. {@code channelWork} is the channel's work item that mirrors it, {@code workReference} the facility system's.
 * {@code deadline} is the instant by which the present status must have been left. {@code hinted} says that the facility's system has
 * something new to tell.
 */
public record FulfillmentOrder(
        FulfillmentOrderId id,
        FacilityId facility,
        DeliveryMethod method,
        FulfillmentStatus status,
        List<LineQuantity> lines,
        Optional<String> channelWork,
        Optional<String> workReference,
        Optional<Tracking> tracking,
        Optional<String> reason,
        Optional<Instant> deadline,
        boolean hinted) {
    public FulfillmentOrder {
        lines = List.copyOf(lines);
    }
}
