package io.throughline.domain.reconciliation;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.TroubledSystem;
import java.util.List;
import java.util.Set;

/** A channel's subscriptions with a hand on them. Whatever only a person can do is done. */
public interface SubscriptionsUnderTest extends TroubledSystem {
    Subscriptions subscriptions();

    /** The same, when nobody listens at the channel's address. */
    Subscriptions unreachable();

    AccountId account();

    /** Drops some at the channel, and gives their topics. */
    List<String> drop();

    /** The topics that the channel would tell us of now. */
    Set<String> heard();
}
