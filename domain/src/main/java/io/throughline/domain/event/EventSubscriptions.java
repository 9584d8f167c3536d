package io.throughline.domain.event;

import io.throughline.domain.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The subscriptions, and what people do with them. Each change is told in the trace with who made it. */
public interface EventSubscriptions {
    /** Begins with what happens from now on. */
    Subscription create(Wish wish, WebhookSecret secret, String actor);

    record Wish(String url, Set<EventType> types, Optional<AccountId> account) {
        public Wish {
            types = Set.copyOf(types);
        }
    }

    List<Subscription> all();

    Optional<Subscription> find(SubscriptionId id);

    /** Like all that follow: false when there is no such subscription. */
    boolean delete(SubscriptionId id, String actor);

    boolean pause(SubscriptionId id, String actor);

    /** Goes on where it stopped. */
    boolean resume(SubscriptionId id, String actor);

    /** Deliveries are signed with both secrets until the overlap is over, then with the new one only. */
    boolean rotate(SubscriptionId id, WebhookSecret secret, Duration overlap, String actor);

    /** Delivers everything again that happened at or after {@code from}. */
    boolean replay(SubscriptionId id, Instant from, String actor);

    /** What could not be delivered: first what was given up, then what is still tried; each the newest first. */
    List<Undelivered> undelivered(SubscriptionId id, int limit);

    /** {@code nextTry} is empty for a dead letter. */
    record Undelivered(
            PublicEvent event,
            boolean dead,
            int attempts,
            String lastError,
            Instant lastTry,
            Optional<Instant> nextTry) {}

    /** Tries a dead letter again; false when there is none at this position. The last one closes the case. */
    boolean redeliver(SubscriptionId id, long position, String actor);

    /** Tries all dead letters again and closes their case. Gives how many. */
    int redeliverAll(SubscriptionId id, String actor);

    /** Forgets all dead letters and closes their case. Gives how many. */
    int discardAll(SubscriptionId id, String actor);
}
