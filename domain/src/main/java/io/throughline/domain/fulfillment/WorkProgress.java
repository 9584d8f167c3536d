package io.throughline.domain.fulfillment;

import java.time.Instant;
import java.util.Optional;

/**
 * What a facility's system says about a piece of work. An unknown state of the vendor maps to {@code Optional.empty} status;
 * {@code handedOverAt} is when the goods left, where the system tells it; {@code answer} is how it has answered what was asked of it.
 */
public record WorkProgress(
        Optional<FulfillmentStatus> status,
        Optional<Tracking> tracking,
        Optional<String> reason,
        Optional<Instant> handedOverAt,
        FacilityAnswer answer) {
    /** Of work of which nothing was answered. */
    public WorkProgress(
            Optional<FulfillmentStatus> status,
            Optional<Tracking> tracking,
            Optional<String> reason,
            Optional<Instant> handedOverAt) {
        this(status, tracking, reason, handedOverAt, FacilityAnswer.NONE);
    }

    /** Of goods that are still there, or of which nobody says when they left. */
    public WorkProgress(Optional<FulfillmentStatus> status, Optional<Tracking> tracking, Optional<String> reason) {
        this(status, tracking, reason, Optional.empty());
    }

    public WorkProgress answering(FacilityAnswer given) {
        return new WorkProgress(status, tracking, reason, handedOverAt, given);
    }

    public static WorkProgress nothing() {
        return new WorkProgress(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
