package io.throughline.domain.fulfillment;

import java.util.Optional;

/** What a facility's system says about a piece of work. An unknown state of the vendor maps to {@code Optional.empty} status. */
public record WorkProgress(Optional<FulfillmentStatus> status, Optional<Tracking> tracking, Optional<String> reason) {}
