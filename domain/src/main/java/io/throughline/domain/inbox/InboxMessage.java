package io.throughline.domain.inbox;

import io.throughline.domain.account.AccountId;
import java.time.Instant;

/**
 * Something that an outside system or a client told us, stored before it was acknowledged. Unique per account, topic and event id.
 * {@code subject} names what it is about; messages of one subject are handled in the order of their arrival. {@code body} is the raw
 * text, already verified.
 */
public record InboxMessage(
        long id,
        AccountId account,
        String topic,
        String eventId,
        String subject,
        String body,
        Instant receivedAt,
        int attempts) {}
