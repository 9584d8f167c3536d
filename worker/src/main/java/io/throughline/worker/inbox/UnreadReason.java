package io.throughline.worker.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.throughline.domain.inbox.InboxMessage;

/** Why a message could not be read when it came in: it was stored with nothing but that for a body. */
final class UnreadReason {
    private static final JsonMapper JSON = new JsonMapper();

    private UnreadReason() {}

    static String of(InboxMessage message) {
        try {
            return JSON.readTree(message.body()).path("reason").asText(message.body());
        } catch (JsonProcessingException inOtherWords) {
            return message.body();
        }
    }
}
