package io.throughline.workflows.fulfillment;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the work at one facility stands, as its process needs it. {@code queue} is the task queue of the facility's system;
 * {@code inChannel} says whether the channel has a
 * work item for it, {@code mirrored} whether the channel must be told what the facility does, {@code toCapture} whether money is still to be taken.
 */
public record LegState(
        FulfillmentOrderId id,
        String facility,
        String queue,
        DeliveryMethod method,
        FulfillmentStatus status,
        boolean inChannel,
        boolean mirrored,
        boolean toCapture,
        @Nullable Instant deadline) {

    public boolean overdue(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }
}
