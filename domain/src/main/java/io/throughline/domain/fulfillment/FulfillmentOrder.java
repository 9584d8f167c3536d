package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Work at one facility. {@code channelWork} is the channel's work item that mirrors it, {@code workReference} the facility system's.
 * {@code deadline} is the instant by which the present status must have been left. {@code hinted} says that the facility's system has
 * something new to tell. {@code reported} says that a device of the store has told us of the work, of which the facility's own system
 * need not know. Work that was only planned, because nothing is sent to its facility's system, has a reference of our own.
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
        boolean hinted,
        boolean reported) {
    /** The reason of work that was taken from a paused facility without a person; once it is resumed, it may be given that again. */
    public static final String WITHDRAWN = "taken away, because its facility was paused";

    /** The reason of work that lay ready until its order ended, because its customer did not come. */
    public static final String UNCOLLECTED = "nobody has collected it";

    private static final String PLANNED = "planned/";

    public FulfillmentOrder {
        lines = List.copyOf(lines);
    }

    /** Work of which only its facility's own system tells. */
    public FulfillmentOrder(
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
        this(
                id,
                facility,
                method,
                status,
                lines,
                channelWork,
                workReference,
                tracking,
                reason,
                deadline,
                hinted,
                false);
    }

    public static String plannedReference(FulfillmentOrderId id) {
        return PLANNED + id;
    }

    public boolean uncollected() {
        return reason.equals(Optional.of(UNCOLLECTED));
    }

    /** It is not to be given to this facility again. */
    public boolean neverToReturn() {
        return status == FulfillmentStatus.REJECTED && !withdrawn();
    }

    /** A pause took it away from its facility. */
    public boolean withdrawn() {
        return status == FulfillmentStatus.REJECTED && reason.equals(Optional.of(WITHDRAWN));
    }

    /** Its facility was never told of it: whoever is in charge there does the work without us. */
    public boolean onlyPlanned() {
        return workReference.filter(reference -> reference.startsWith(PLANNED)).isPresent();
    }
}
