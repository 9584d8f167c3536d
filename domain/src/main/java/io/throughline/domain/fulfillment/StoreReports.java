package io.throughline.domain.fulfillment;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes in what stores' devices report. One transaction, under the lock of the order, decides by the status of the work, writes the
 * fact and the message that wakes the order's process: of two who act at once one comes first, and the other is told what has become of
 * it. The same report again gives the same answer.
 */
public interface StoreReports {
    /** {@code leaveBy} is until when a status must have been left that the work comes to. */
    Answer take(
            FulfillmentOrderId id,
            StoreReport report,
            String actor,
            Function<FulfillmentStatus, Optional<Instant>> leaveBy);

    /** What became of a report. */
    sealed interface Answer {
        /** It is a fact since {@code at}; {@code givenBack} is the part of the work that goes elsewhere. */
        record Taken(FulfillmentStatus status, Instant at, Optional<FulfillmentOrderId> givenBack) implements Answer {}

        record Refused(FulfillmentStatus status, String why) implements Answer {}

        /** It speaks of what the work does not have. */
        record Unfit(String where, String rule) implements Answer {}

        record Unknown() implements Answer {}
    }
}
