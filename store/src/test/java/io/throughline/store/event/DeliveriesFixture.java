package io.throughline.store.event;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventDeliveries;
import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.EventDeliveries.Lag;
import io.throughline.domain.event.EventSubscriptions;
import io.throughline.domain.event.EventType;
import io.throughline.domain.event.PublicEvent;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.WebhookSecret;
import io.throughline.domain.trace.Trace;
import io.throughline.store.PostgresExtension;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A subscription to what becomes of stock, and who delivers to it. */
@ResourceLock("the database of DeliveriesFixture")
abstract class DeliveriesFixture {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(24);

    static final Duration LEASE = Duration.ofSeconds(30);
    static final int LANES = 4;
    static final SecureRandom RANDOM = new SecureRandom();
    static final Set<EventType> STOCK = Set.of(EventType.INVENTORY_ADJUSTED, EventType.INVENTORY_SHORTFALL);
    static final String ADMIN = "ADMIN (key x)";
    static final String A = "stock/ST-HARBOR/A";
    static final String B = "stock/ST-HARBOR/B";

    final Trace trace = POSTGRES.database().trace();
    final EventDeliveries deliveries = POSTGRES.database().eventDeliveries();
    final EventSubscriptions subscriptions = POSTGRES.database().eventSubscriptions();
    SubscriptionId id = subscribe(STOCK, Optional.empty());

    @BeforeEach
    void nobodyElseWaits() {
        deliveries.place();
        drain(Set.of());
    }

    @AfterEach
    void end() {
        subscriptions.delete(id, ADMIN);
    }

    SubscriptionId subscribe(Set<EventType> types, Optional<AccountId> account) {
        return subscriptions
                .create(
                        new EventSubscriptions.Wish("https://hooks.example/events", types, account),
                        WebhookSecret.random(RANDOM),
                        ADMIN)
                .id();
    }

    static long events() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select("select count(*) from public_event")
                        .mapTo(Long.class)
                        .one());
    }

    void shortfall(String subject, int units) {
        trace.append(
                subject,
                "key-" + RANDOM.nextLong(),
                "stock.short",
                "short",
                Map.of("shortfall", Integer.toString(units), "uncovered", "0"));
    }

    List<Claim> claimAll() {
        deliveries.place();
        return deliveries.claim(id, LANES, 10, LEASE);
    }

    List<PublicEvent> drain(Set<String> failing) {
        return drain(id, failing);
    }

    /** What a subscriber takes who answers 500 about some subjects. */
    List<PublicEvent> drain(SubscriptionId subscription, Set<String> failing) {
        List<PublicEvent> taken = new ArrayList<>();
        deliveries.place();
        List<Claim> claims = deliveries.claim(subscription, LANES, 10, LEASE);
        while (!claims.isEmpty()) {
            for (Claim first : claims) {
                Optional<Claim> next = Optional.of(first);
                while (next.isPresent()) {
                    if (failing.contains(next.get().event().subject())) {
                        deliveries.putOff(next.get(), "answered 500", Duration.ofHours(1));
                        break;
                    }
                    taken.add(next.get().event());
                    next = deliveries.delivered(next.get(), LEASE);
                }
            }
            claims = deliveries.claim(subscription, LANES, 10, LEASE);
        }
        return taken;
    }

    /** By how many units each was short. */
    static List<Long> told(List<PublicEvent> events, String subject) {
        return events.stream()
                .filter(event -> event.subject().equals(subject))
                .map(event -> (Long) event.data().get("shortfall"))
                .toList();
    }

    Lag lag() {
        return deliveries.lags().stream()
                .filter(lag -> lag.subscription().equals(id))
                .findFirst()
                .orElseThrow();
    }

    int lines() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("select count(*) from event_line where subscription = :id")
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one());
    }
}
