package io.throughline.domain.reconciliation;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.SystemFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a system tells when it is asked what happened: the events of its webhooks, under the same ids, so that a lost one is found
 * and one that came is known. Where it keeps no such record, each change of which it tells is an event with an id of its own. Failures are {@code SystemFailure}.
 */
public interface EventFeed {
    /** Events at or after an instant, oldest first. */
    Page since(AccountId account, Instant since, Optional<String> cursor);

    /** One event, as the inbox stores it: {@code hint} is JSON without personal data. */
    record Event(String topic, String eventId, String subject, String hint) {}

    /**
     * One page of events; {@code next} is the cursor of the following page, if there is one. {@code unheard} is why a part of what the system
     * could tell is not told to us, which only a person can mend and nothing else waits for.
     */
    record Page(List<Event> events, Optional<String> next, Optional<SystemFailure> unheard) {
        public Page {
            events = List.copyOf(events);
        }

        public Page(List<Event> events, Optional<String> next) {
            this(events, next, Optional.empty());
        }
    }
}
