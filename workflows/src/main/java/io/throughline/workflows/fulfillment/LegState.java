package io.throughline.workflows.fulfillment;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the work at one facility stands, as its process needs it. {@code queue} is the task queue of the facility's system;
 * {@code inChannel} says whether the channel has a work item for it, {@code mirrored} whether the channel must be told what the facility
 * does, {@code toCapture} whether money is still to be taken, {@code replaced} whether other work does what this one was to do,
 * {@code reported} whether the facility's own system has yet to hear what a device of the facility has told us.
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
        boolean replaced,
        @Nullable Instant deadline,
        boolean reported) {

    /** Nothing is left to be done about it. Work that was rejected must be given to somebody else before that is so. */
    public boolean over() {
        return status == FulfillmentStatus.CANCELLED || (status == FulfillmentStatus.REJECTED && replaced);
    }

    public boolean overdue(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }
}
