package io.throughline.domain.measure;

import io.throughline.domain.event.EventType;
import io.throughline.domain.failure.FailureCode.Owner;
import java.util.Map;
import java.util.Optional;

/**
 * Whose business each contract with others is: operations of the API by their tag, webhooks by who sends them, and events by what they tell of, which is
 * the first part of their name.
 */
public record Contracts(Map<String, Owner> api, Map<String, Owner> webhooks, Map<String, Owner> events) {
    public Contracts {
        api = Map.copyOf(api);
        webhooks = Map.copyOf(webhooks);
        events = Map.copyOf(events);
    }

    public Optional<Owner> ofApi(String tag) {
        return Optional.ofNullable(api.get(tag));
    }

    public Optional<Owner> ofWebhooks(String sender) {
        return Optional.ofNullable(webhooks.get(sender));
    }

    public Optional<Owner> of(EventType type) {
        return Optional.ofNullable(events.get(about(type)));
    }

    /** What an event tells of: {@code order} of {@code order.paid}. */
    public static String about(EventType type) {
        return type.title().split("\\.", 2)[0];
    }
}
