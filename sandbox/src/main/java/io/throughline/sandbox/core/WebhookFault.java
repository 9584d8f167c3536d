package io.throughline.sandbox.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing to go wrong with outgoing webhooks of a system and topic ({@code *} at the end matches any rest). */
public record WebhookFault(
        String id,
        String system,
        String topic,
        Kind kind,
        int times,
        int after,
        long delayMillis,
        String bodyContains) {

    /** What happens to the message. */
    public enum Kind {
        /** Sent twice at the same time, ids and all. */
        DUPLICATE,
        /** Held back until the next message of the system was sent, at most for the delay. */
        REORDER,
        /** Sent after the delay. */
        LATE,
        /** Never sent. */
        LOST,
        /** A changed body under the genuine headers is sent first, then the genuine message. */
        FORGED
    }

    public WebhookFault {
        if (times < 1 || after < 0 || delayMillis < 0) {
            throw new IllegalArgumentException("times must be at least 1, after and delayMillis not negative");
        }
    }

    @JsonCreator
    static WebhookFault of(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("system") @Nullable String system,
            @JsonProperty("topic") @Nullable String topic,
            @JsonProperty("kind") @Nullable String kind,
            @JsonProperty("times") @Nullable Integer times,
            @JsonProperty("after") @Nullable Integer after,
            @JsonProperty("delayMillis") @Nullable Long delayMillis,
            @JsonProperty("bodyContains") @Nullable String bodyContains) {
        return new WebhookFault(
                Optional.ofNullable(id).orElse(""),
                Optional.ofNullable(system).orElse("*"),
                Optional.ofNullable(topic).orElse("*"),
                Fault.named(Kind.class, kind),
                Optional.ofNullable(times).orElse(1),
                Optional.ofNullable(after).orElse(0),
                Optional.ofNullable(delayMillis).orElse(3_000L),
                Optional.ofNullable(bodyContains).orElse(""));
    }

    boolean matches(Delivery delivery) {
        return Fault.covers(system, delivery.system())
                && Fault.covers(topic, delivery.topic())
                && (bodyContains.isEmpty() || delivery.text().contains(bodyContains));
    }
}
