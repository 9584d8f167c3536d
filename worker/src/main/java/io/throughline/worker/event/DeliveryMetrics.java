package io.throughline.worker.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.throughline.domain.event.EventDeliveries;
import io.throughline.domain.event.EventDeliveries.Lag;
import io.throughline.domain.event.EventReceiver.Outcome;
import io.throughline.domain.event.SubscriptionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Of each subscription: how old the oldest event is that it does not have, its dead letters, and the deliveries by their outcome. */
public final class DeliveryMetrics {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final MeterRegistry registry;
    private final Clock clock;
    private final MultiGauge lag;
    private final MultiGauge dead;
    private Instant nextLook = Instant.MIN;

    public DeliveryMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.lag = MultiGauge.builder("throughline.events.lag")
                .baseUnit("seconds")
                .description("Age of the oldest event that the subscriber does not have")
                .register(registry);
        this.dead = MultiGauge.builder("throughline.events.dead.letters")
                .description("Deliveries that were given up")
                .register(registry);
    }

    void count(SubscriptionId id, Outcome outcome) {
        String name = switch (outcome) {
            case Outcome.Accepted() -> "accepted";
            case Outcome.Gone() -> "gone";
            case Outcome.Failed(String reason) -> "failed";
        };
        Counter.builder("throughline.events.deliveries")
                .description("Tries to deliver an event")
                .tags("subscription", id.value(), "outcome", name)
                .register(registry)
                .increment();
    }

    /** Looks now and then; only the courier's own thread calls it. */
    void observe(EventDeliveries deliveries) {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(BETWEEN_LOOKS);
        List<Lag> lags = deliveries.lags();
        lag.register(
                lags.stream()
                        .map(each -> Row.of(tags(each), seconds(each, now)))
                        .toList(),
                true);
        dead.register(
                lags.stream()
                        .map(each -> Row.of(tags(each), each.deadLetters()))
                        .toList(),
                true);
    }

    private static Tags tags(Lag lag) {
        return Tags.of("subscription", lag.subscription().value());
    }

    private static double seconds(Lag lag, Instant now) {
        return lag.oldest()
                .map(oldest -> Math.max(0, Duration.between(oldest, now).toMillis()) / 1000.0)
                .orElse(0.0);
    }
}
