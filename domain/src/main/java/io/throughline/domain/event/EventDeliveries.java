package io.throughline.domain.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be delivered next. The events of one subject go to a subscriber one after the other, those of different subjects side by
 * side. Whoever claims has the subject for itself until the lease is over; then anybody may deliver the same event again.
 */
public interface EventDeliveries {
    /** Gives new public entries their positions; how many. Only one process does so at a time, the others get 0. */
    int place();

    /** Those to whom something may be delivered just now. */
    List<SubscriptionId> due();

    /** {@code lanes} bounds how many subjects of the subscription are delivered side by side by all processes together. */
    List<Claim> claim(SubscriptionId id, int lanes, int atMost, Duration lease);

    /** {@code attempts} have failed before. {@code secrets}: the newest first. */
    record Claim(
            SubscriptionId subscription,
            String lane,
            long token,
            int attempts,
            String url,
            List<WebhookSecret> secrets,
            PublicEvent event) {
        public Claim {
            secrets = List.copyOf(secrets);
        }
    }

    /** Gives the next one about the same subject, if it may be delivered at once. A claim that was overtaken changes nothing. */
    Optional<Claim> delivered(Claim claim, Duration lease);

    /** Tries it again after a while; later events about its subject wait for it. */
    void putOff(Claim claim, String reason, Duration after);

    /** Makes it a dead letter, so that later events about its subject go on, and opens the subscription's case. */
    void giveUp(Claim claim, String reason);

    /** The subscriber wants nothing more: the subscription is disabled, with a case. */
    void disable(Claim claim, String reason);

    /** Of each subscription, however it stands. */
    List<Lag> lags();

    /** {@code oldest}: when the first event happened that is not delivered yet. */
    record Lag(SubscriptionId subscription, Optional<Instant> oldest, int deadLetters) {}
}
