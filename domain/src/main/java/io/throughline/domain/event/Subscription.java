package io.throughline.domain.event;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told which events, and where. With an account only events of that account are told; stock belongs to none, so nothing of it is
 * told then. {@code stateReason} says why nothing is delivered.
 */
public record Subscription(
        SubscriptionId id,
        String url,
        Set<EventType> types,
        Optional<AccountId> account,
        State state,
        Optional<String> stateReason,
        String createdBy,
        Instant createdAt,
        Optional<Instant> previousSecretUntil) {
    public Subscription {
        types = Set.copyOf(types);
    }

    /** DISABLED: the subscriber has said that it wants nothing more. Nothing is lost meanwhile: whoever resumes gets it all. */
    public enum State {
        ACTIVE,
        PAUSED,
        DISABLED
    }
}
