package io.throughline.domain.reconciliation;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.TroubledSystem;
import java.util.List;

/** A system that is asked what happened, with a hand on it. */
public interface EventFeedUnderTest extends TroubledSystem {
    EventFeed feed();

    /** The same, when nobody listens at the system's address. */
    EventFeed unreachable();

    AccountId account();

    /**
     * So many things happen one after the other, each to something of its own, and no webhook tells of them. Gives the system's own ids of
     * what they happened to, in this order.
     */
    List<String> happen(int times);
}
