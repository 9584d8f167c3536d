package io.throughline.domain.event;

import io.throughline.domain.event.EventDeliveries.Claim;
import java.util.Optional;

/** Where subscribers are reached. */
public interface EventReceiver {
    /** Why nothing may ever be sent to an address; empty when it is right. Looks the host up. */
    Optional<String> objection(String url);

    /** Sends one event, once, signed. Never throws. */
    Outcome deliver(Claim claim);

    sealed interface Outcome {
        /** The subscriber has it. */
        record Accepted() implements Outcome {}

        /** The subscriber wants nothing more (410). */
        record Gone() implements Outcome {}

        /** It may have it or not. */
        record Failed(String reason) implements Outcome {}
    }
}
