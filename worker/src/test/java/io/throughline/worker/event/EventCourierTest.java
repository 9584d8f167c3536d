package io.throughline.worker.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.util.Duration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.domain.event.EventDeliveries;
import io.throughline.domain.event.EventReceiver;
import io.throughline.domain.event.EventType;
import io.throughline.domain.event.PublicEvent;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.WebhookSecret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of each outcome; how deliveries are shared and ordered is tested where they are kept. */
class EventCourierTest {
    private static final SubscriptionId ID = SubscriptionId.random(new SecureRandom());
    private static final WebhookSecret SECRET = WebhookSecret.random(new SecureRandom());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final NotingDeliveries deliveries = new NotingDeliveries();
    private final NotingReceiver receiver = new NotingReceiver();
    private final EventCourier courier = new EventCourier(
            deliveries,
            receiver,
            new EventSettings(4, 2, List.of(Duration.seconds(5), Duration.hours(1))),
            new DeliveryMetrics(registry, Clock.systemUTC()));

    @AfterEach
    void stop() throws InterruptedException {
        courier.stop();
    }

    @Test
    void whatIsAcceptedIsFollowedByTheNextOfItsSubject() throws InterruptedException {
        deliveries.waiting.add(claim(1, 0));
        deliveries.following.add(claim(2, 0));
        courier.start();

        assertThat(deliveries.next()).isEqualTo("delivered evt_1");
        assertThat(deliveries.next()).isEqualTo("delivered evt_2");
        assertThat(registry.counter("throughline.events.deliveries", "subscription", ID.value(), "outcome", "accepted")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void whatFailsIsTriedAgainLaterAndLaterAndThenGivenUp() throws InterruptedException {
        receiver.outcome = claim -> new EventReceiver.Outcome.Failed("answered 500");
        courier.start();

        deliveries.waiting.add(claim(1, 0));
        assertThat(deliveries.next()).isEqualTo("put off evt_1 for PT5S: answered 500");
        deliveries.waiting.add(claim(1, 1));
        assertThat(deliveries.next()).isEqualTo("put off evt_1 for PT1H: answered 500");
        deliveries.waiting.add(claim(1, 2));
        assertThat(deliveries.next()).isEqualTo("gave up evt_1: answered 500");
    }

    @Test
    void whoIsGoneIsDisabled() throws InterruptedException {
        receiver.outcome = claim -> new EventReceiver.Outcome.Gone();
        deliveries.waiting.add(claim(1, 0));
        courier.start();

        assertThat(deliveries.next()).isEqualTo("disabled by evt_1: answered 410");
    }

    @Test
    void goesOnWhenTheDatabaseWasAway() throws InterruptedException {
        deliveries.failures.set(1);
        deliveries.waiting.add(claim(1, 0));
        courier.start();

        assertThat(deliveries.next()).isEqualTo("delivered evt_1");
    }

    private static EventDeliveries.Claim claim(long position, int attempts) {
        PublicEvent event =
                new PublicEvent(position, EventType.ORDER_PAID, "O-7K2M9Q4XTA", position, Instant.EPOCH, Map.of());
        return new EventDeliveries.Claim(
                ID, event.subject(), 1, attempts, "https://hooks.example/", List.of(SECRET), event);
    }

    private static final class NotingReceiver implements EventReceiver {
        private volatile Function<EventDeliveries.Claim, Outcome> outcome = claim -> new Outcome.Accepted();

        @Override
        public Optional<String> objection(String url) {
            return Optional.empty();
        }

        @Override
        public Outcome deliver(EventDeliveries.Claim claim) {
            return outcome.apply(claim);
        }
    }

    private static final class NotingDeliveries implements EventDeliveries {
        private final BlockingQueue<Claim> waiting = new LinkedBlockingQueue<>();
        private final BlockingQueue<Claim> following = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
        private final AtomicInteger failures = new AtomicInteger();

        String next() throws InterruptedException {
            return String.valueOf(notes.poll(30, TimeUnit.SECONDS));
        }

        @Override
        public int place() {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("PostgreSQL is away");
            }
            return 0;
        }

        @Override
        public List<SubscriptionId> due() {
            return List.of(ID);
        }

        @Override
        public List<Claim> claim(SubscriptionId id, int lanes, int atMost, java.time.Duration lease) {
            return Optional.ofNullable(waiting.poll()).stream().toList();
        }

        @Override
        public Optional<Claim> delivered(Claim claim, java.time.Duration lease) {
            notes.add("delivered " + claim.event().id());
            return Optional.ofNullable(following.poll());
        }

        @Override
        public void putOff(Claim claim, String reason, java.time.Duration after) {
            notes.add("put off " + claim.event().id() + " for " + after + ": " + reason);
        }

        @Override
        public void giveUp(Claim claim, String reason) {
            notes.add("gave up " + claim.event().id() + ": " + reason);
        }

        @Override
        public void disable(Claim claim, String reason) {
            notes.add("disabled by " + claim.event().id() + ": " + reason);
        }

        @Override
        public List<Lag> lags() {
            return List.of(new Lag(ID, Optional.empty(), 0));
        }
    }
}
