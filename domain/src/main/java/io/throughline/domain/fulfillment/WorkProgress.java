package io.throughline.domain.fulfillment;

import java.time.Instant;
import java.util.Optional;

/**
 * What a facility's system says about a piece of work. An unknown state of the vendor maps to {@code Optional.empty} status;
 * {@code handedOverAt} is when the goods left, where the system tells it.
 */
public record WorkProgress(
        Optional<FulfillmentStatus> status,
        Optional<Tracking> tracking,
        Optional<String> reason,
        Optional<Instant> handedOverAt) {
    /** Of goods that are still there, or of which nobody says when they left. */
    public WorkProgress(Optional<FulfillmentStatus> status, Optional<Tracking> tracking, Optional<String> reason) {
        this(status, tracking, reason, Optional.empty());
    }

    public static WorkProgress nothing() {
        return new WorkProgress(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
