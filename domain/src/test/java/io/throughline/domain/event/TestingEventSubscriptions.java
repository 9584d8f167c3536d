package io.throughline.domain.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes what becomes of dead letters, and knows no subscription. */
public final class TestingEventSubscriptions implements EventSubscriptions {
    private final List<String> resolved = new ArrayList<>();

    /** In their order: what was done, of which subscription, by whom. */
    public List<String> resolved() {
        return List.copyOf(resolved);
    }

    @Override
    public Subscription create(Wish wish, WebhookSecret secret, String actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Subscription> all() {
        return List.of();
    }

    @Override
    public Optional<Subscription> find(SubscriptionId id) {
        return Optional.empty();
    }

    @Override
    public boolean delete(SubscriptionId id, String actor) {
        return false;
    }

    @Override
    public boolean pause(SubscriptionId id, String actor) {
        return false;
    }

    @Override
    public boolean resume(SubscriptionId id, String actor) {
        return false;
    }

    @Override
    public boolean rotate(SubscriptionId id, WebhookSecret secret, Duration overlap, String actor) {
        return false;
    }

    @Override
    public boolean replay(SubscriptionId id, Instant from, String actor) {
        return false;
    }

    @Override
    public List<Undelivered> undelivered(SubscriptionId id, int limit) {
        return List.of();
    }

    @Override
    public boolean redeliver(SubscriptionId id, long position, String actor) {
        return false;
    }

    @Override
    public int redeliverAll(SubscriptionId id, String actor) {
        resolved.add("redelivered " + id + " by " + actor);
        return 1;
    }

    @Override
    public int discardAll(SubscriptionId id, String actor) {
        resolved.add("discarded " + id + " by " + actor);
        return 1;
    }
}
