package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.FacilityId;

/** How goods come back. */
public sealed interface ReturnedTo {
    /** With a label of ours, unless the customer has to send it with their own. */
    record ByMail(boolean labelled) implements ReturnedTo {
        public ByMail() {
            this(true);
        }
    }

    /** Carried into a store, wherever they were bought. */
    record InStore(FacilityId store) implements ReturnedTo {}

    /** Brought back by whoever could not hand them over. */
    record ByCarrier() implements ReturnedTo {}

    /** Not at all: they are lost, or stay with the customer. */
    record Never() implements ReturnedTo {}
}
