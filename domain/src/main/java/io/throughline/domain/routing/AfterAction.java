package io.throughline.domain.routing;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of an order for which a rule finds no facility. WAIT and CANCEL keep what it has reserved and look again {@code
 * lookAgainAfter}; CANCEL ends it when it still waits {@code cancelAfter} its arrival.
 */
public record AfterAction(Kind kind, Optional<Duration> lookAgainAfter, Optional<Duration> cancelAfter) {
    public AfterAction {
        if (lookAgainAfter.isPresent() != (kind == Kind.WAIT || kind == Kind.CANCEL)) {
            throw new IllegalArgumentException("just WAIT and CANCEL look again");
        }
        if (cancelAfter.isPresent() != (kind == Kind.CANCEL)) {
            throw new IllegalArgumentException("just CANCEL has an end");
        }
    }

    public static AfterAction of(Kind kind) {
        return new AfterAction(kind, Optional.empty(), Optional.empty());
    }

    public enum Kind {
        NEXT_RULE,
        WAIT,
        /** What the rule's facilities have is kept, and supply for the rest is waited for. */
        BACKORDER,
        CANCEL,
        /** A person decides. */
        CASE
    }
}
