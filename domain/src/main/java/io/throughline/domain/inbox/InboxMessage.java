package io.throughline.domain.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.tracing.TraceParent;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that an outside system or a client told us, stored before it was acknowledged. Unique per account, topic and event id.
 * {@code subject} names what it is about; messages of one subject are handled in the order of their arrival. {@code body} is the raw
 * text, already verified. {@code storedBy} is the span within which it was stored, where that was traced.
 */
public record InboxMessage(
        long id,
        AccountId account,
        String topic,
        String eventId,
        String subject,
        String body,
        Instant receivedAt,
        int attempts,
        Optional<TraceParent> storedBy) {
    /** One that was stored while nothing was traced. */
    public InboxMessage(
            long id,
            AccountId account,
            String topic,
            String eventId,
            String subject,
            String body,
            Instant receivedAt,
            int attempts) {
        this(id, account, topic, eventId, subject, body, receivedAt, attempts, Optional.empty());
    }
}
