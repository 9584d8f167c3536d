package io.throughline.store.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventDeliveries;
import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.EventDeliveries.Lag;
import io.throughline.domain.event.EventSubscriptions;
import io.throughline.domain.event.EventSubscriptions.Undelivered;
import io.throughline.domain.event.EventType;
import io.throughline.domain.event.PublicEvent;
import io.throughline.domain.event.Subscription;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.WebhookSecret;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveriesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(24);

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int LANES = 4;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<EventType> STOCK = Set.of(EventType.INVENTORY_ADJUSTED, EventType.INVENTORY_SHORTFALL);
    private static final String ADMIN = "ADMIN (key x)";
    private static final String A = "stock/ST-HARBOR/A";
    private static final String B = "stock/ST-HARBOR/B";

    private final Trace trace = POSTGRES.database().trace();
    private final EventDeliveries deliveries = POSTGRES.database().eventDeliveries();
    private final EventSubscriptions subscriptions = POSTGRES.database().eventSubscriptions();
    private SubscriptionId id = subscribe(STOCK, Optional.empty());

    @BeforeEach
    void nobodyElseWaits() {
        deliveries.place();
        drain(Set.of());
    }

    @AfterEach
    void end() {
        subscriptions.delete(id, ADMIN);
    }

    @Test
    void whatEverySubscriberHasIsForgottenOnceItIsOld() {
        shortfall(A, 1);
        deliveries.place();
        Instant later = POSTGRES.clock().instant().plusSeconds(1);
        POSTGRES.database().toldEvents().forget(later, 10_000);

        assertThat(told(drain(Set.of()), A)).as("nobody had it").containsExactly(1L);
        assertThat(POSTGRES.database().toldEvents().forget(later, 10_000)).isPositive();
        assertThat(events()).isZero();

        shortfall(A, 2);
        assertThat(told(drain(Set.of()), A)).containsExactly(2L);
    }

    @Test
    void tellsWhatHappensFromNowOnInOrder() {
        shortfall(A, 1);
        shortfall(B, 2);
        shortfall(A, 3);
        note(A);

        assertThat(told(drain(Set.of()), A)).containsExactly(1L, 3L);
        assertThat(drain(Set.of())).isEmpty();
        assertThat(deliveries.due()).as("nothing more").doesNotContain(id);
        assertThat(lag()).isEqualTo(new Lag(id, Optional.empty(), 0));
    }

    @Test
    void aSubjectThatFailsHoldsBackItsOwnEventsOnly() {
        shortfall(A, 1);
        shortfall(B, 2);
        shortfall(A, 3);
        shortfall(B, 4);

        List<PublicEvent> taken = drain(Set.of(A));

        assertThat(told(taken, A)).isEmpty();
        assertThat(told(taken, B)).containsExactly(2L, 4L);
        assertThat(subscriptions.undelivered(id, 10)).singleElement().satisfies(waiting -> {
            assertThat(waiting.dead()).isFalse();
            assertThat(waiting.attempts()).isEqualTo(1);
            assertThat(waiting.lastError()).isEqualTo("answered 500");
            assertThat(waiting.nextTry()).isPresent();
        });
        assertThat(lag().oldest()).isPresent();

        subscriptions.resume(id, ADMIN);

        assertThat(told(drain(Set.of()), A)).containsExactly(1L, 3L);
    }

    @Test
    void ofStockThatWaitsOnlyTheLatestStateIsTold() {
        moved(A, 1);
        moved(A, 2);
        shortfall(A, 7);
        moved(A, 3);
        moved(A, 4);

        List<PublicEvent> taken = drain(Set.of());

        assertThat(taken.stream().map(event -> event.type() + " " + event.data().getOrDefault("onHand", "")))
                .containsExactly("INVENTORY_ADJUSTED 2", "INVENTORY_SHORTFALL ", "INVENTORY_ADJUSTED 4");
    }

    @Test
    void whatIsGivenUpBecomesADeadLetterWithOneCaseAndIsTriedAgainOnRequest() {
        shortfall(A, 1);
        shortfall(A, 2);
        shortfall(B, 3);

        claimAll().forEach(claim -> deliveries.giveUp(claim, "answered 500"));

        assertThat(cases(CaseStatus.OPEN)).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(FailureCode.EVENT_UNDELIVERABLE);
            assertThat(one.account()).isEqualTo(AccountId.OWN);
        });
        assertThat(subscriptions.undelivered(id, 10)).hasSize(2).allMatch(Undelivered::dead);
        assertThat(told(drain(Set.of()), A)).as("later events go on").containsExactly(2L);

        assertThat(subscriptions.redeliverAll(id, ADMIN)).isEqualTo(2);

        assertThat(cases(CaseStatus.OPEN)).isEmpty();
        List<PublicEvent> again = drain(Set.of());
        assertThat(told(again, A)).containsExactly(1L);
        assertThat(told(again, B)).containsExactly(3L);
        assertThat(subscriptions.undelivered(id, 10)).isEmpty();
    }

    @Test
    void theLastDeadLetterThatIsTriedAgainClosesTheCase() {
        shortfall(A, 1);
        shortfall(B, 2);
        claimAll().forEach(claim -> deliveries.giveUp(claim, "answered 500"));
        List<Undelivered> dead = subscriptions.undelivered(id, 10);

        assertThat(subscriptions.redeliver(id, dead.getFirst().event().position(), ADMIN))
                .isTrue();
        assertThat(cases(CaseStatus.OPEN)).hasSize(1);
        assertThat(subscriptions.redeliver(id, dead.getLast().event().position(), ADMIN))
                .isTrue();
        assertThat(cases(CaseStatus.OPEN)).isEmpty();
        assertThat(subscriptions.redeliver(id, dead.getLast().event().position(), ADMIN))
                .isFalse();
        assertThat(drain(Set.of())).hasSize(2);
    }

    @Test
    void deadLettersCanBeForgotten() {
        shortfall(A, 1);
        claimAll().forEach(claim -> deliveries.giveUp(claim, "answered 500"));

        assertThat(subscriptions.discardAll(id, ADMIN)).isEqualTo(1);

        assertThat(cases(CaseStatus.OPEN)).isEmpty();
        assertThat(drain(Set.of())).isEmpty();
    }

    @Test
    void replayTellsTheSameEventsUnderTheSameIds() {
        shortfall(A, 1);
        drain(Set.of());
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        Instant from = POSTGRES.clock().instant();
        shortfall(A, 2);
        shortfall(B, 3);
        List<PublicEvent> first = drain(Set.of());

        assertThat(subscriptions.replay(id, from, ADMIN)).isTrue();

        assertThat(drain(Set.of())).containsExactlyInAnyOrderElementsOf(first);
        assertThat(subscriptions.replay(id, POSTGRES.clock().instant().plusSeconds(1), ADMIN))
                .isTrue();
        assertThat(drain(Set.of())).isEmpty();
    }

    @Test
    void replayLosesNothingThatStillWaits() {
        shortfall(A, 1);
        drain(Set.of(A));
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        Instant from = POSTGRES.clock().instant();
        shortfall(A, 2);
        shortfall(B, 3);
        drain(Set.of(A));

        subscriptions.replay(id, from, ADMIN);
        subscriptions.resume(id, ADMIN);
        List<PublicEvent> taken = drain(Set.of());

        assertThat(told(taken, A)).containsExactly(1L, 2L);
        assertThat(told(taken, B)).containsExactly(3L);
    }

    @Test
    void aPausedSubscriptionGoesOnWhereItStopped() {
        subscriptions.pause(id, ADMIN);
        shortfall(A, 1);

        deliveries.place();
        assertThat(deliveries.due()).doesNotContain(id);
        assertThat(drain(Set.of())).isEmpty();
        subscriptions.resume(id, ADMIN);
        assertThat(deliveries.due()).contains(id);
        assertThat(told(drain(Set.of()), A)).containsExactly(1L);
    }

    @Test
    void whoWantsNothingMoreIsDisabledWithACase() {
        shortfall(A, 1);
        deliveries.disable(claimAll().getFirst(), "answered 410");

        assertThat(subscriptions.find(id).map(Subscription::state)).contains(Subscription.State.DISABLED);
        assertThat(subscriptions.find(id).flatMap(Subscription::stateReason)).contains("answered 410");
        assertThat(cases(CaseStatus.OPEN)).hasSize(1);
        subscriptions.resume(id, ADMIN);
        assertThat(cases(CaseStatus.OPEN)).isEmpty();
        assertThat(told(drain(Set.of()), A)).containsExactly(1L);
    }

    @Test
    void tellsOnlyWhatIsWanted() {
        SubscriptionId other = subscribe(Set.of(EventType.CASE_OPENED), Optional.of(AccountId.of("northwind-jp")));
        shortfall(A, 1);
        opened("northwind");
        opened("northwind-jp");

        List<PublicEvent> taken = drain(other, Set.of());

        assertThat(taken)
                .singleElement()
                .satisfies(event -> assertThat(event.data()).containsEntry("case", "C-northwind-jp"));
        subscriptions.delete(other, ADMIN);
    }

    @Test
    void aDeadSubscriberCostsABoundedNumberOfRows() {
        for (int i = 0; i < 600; i++) {
            shortfall("stock/ST-HARBOR/MANY-" + i, i);
        }
        deliveries.place();
        while (!deliveries.claim(id, 1_000, 1_000, LEASE).isEmpty()) {}

        assertThat(lines()).isEqualTo(500);
    }

    /** A worker that dies lets its leases run out. */
    @Test
    void whatWasOnItsWayWhenItsWorkerDiedIsDeliveredAgain() {
        shortfall(A, 1);
        shortfall(A, 2);
        deliveries.place();
        Claim lost = deliveries.claim(id, LANES, 10, Duration.ofMillis(50)).getFirst();
        assertThat(deliveries.claim(id, LANES, 10, LEASE)).isEmpty();

        Claim again = await(() -> deliveries.claim(id, LANES, 10, LEASE));

        assertThat(again.event()).isEqualTo(lost.event());
        assertThat(deliveries.delivered(lost, LEASE)).as("overtaken").isEmpty();
        assertThat(deliveries.delivered(again, LEASE))
                .get()
                .extracting(claim -> claim.event().seq())
                .isEqualTo(again.event().seq() + 1);
    }

    @Test
    void allProcessesTogetherKeepToTheLanesOfASubscription() {
        for (int i = 0; i < 10; i++) {
            shortfall("stock/ST-HARBOR/LANE-" + i, i);
        }
        deliveries.place();

        assertThat(deliveries.claim(id, LANES, 3, LEASE)).hasSize(3);
        assertThat(deliveries.claim(id, LANES, 3, LEASE)).hasSize(1);
        assertThat(deliveries.claim(id, LANES, 3, LEASE)).isEmpty();
    }

    @Test
    void deliveriesAreSignedWithBothSecretsWhileTheyOverlap() {
        WebhookSecret next = WebhookSecret.random(RANDOM);
        subscriptions.rotate(id, next, Duration.ofHours(1), ADMIN);
        shortfall(A, 1);
        Claim overlapping = claimAll().getFirst();
        assertThat(overlapping.secrets()).hasSize(2).startsWith(next);

        POSTGRES.clock().advance(Duration.ofHours(1));
        deliveries.putOff(overlapping, "answered 500", Duration.ZERO);

        assertThat(claimAll().getFirst().secrets()).containsExactly(next);
    }

    @Test
    void theTraceTellsWhoDidWhat() {
        subscriptions.pause(id, ADMIN);
        subscriptions.resume(id, ADMIN);

        assertThat(trace.of(id.subject()))
                .extracting(TraceEntry::kind)
                .containsSubsequence("subscription.created", "subscription.paused", "subscription.resumed");
        assertThat(trace.of(id.subject()))
                .last()
                .satisfies(entry -> assertThat(entry.detail()).containsEntry("actor", ADMIN));
    }

    /** Many write, many give positions, many deliver, and one in five deliveries fails: nobody loses, doubles or turns round anything. */
    @Test
    void nothingIsLostAndNothingOvertakesHoweverTheyInterleave() throws Exception {
        long seed = Seeds.next();
        List<PublicEvent> taken = new ArrayList<>();
        AtomicBoolean written = new AtomicBoolean();
        Thread writers = Thread.ofVirtual().start(() -> {
            try {
                Together.run(6, writer -> {
                    Random random = new Random(seed + writer);
                    for (int n = 0; n < 60; n++) {
                        shortfall("stock/ST-HARBOR/RACE-" + random.nextInt(8), n);
                    }
                    return true;
                });
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            } finally {
                written.set(true);
            }
        });
        Together.run(4, worker -> {
            Random random = new Random(seed - worker);
            while (true) {
                boolean last = written.get();
                deliveries.place();
                List<Claim> claims = deliveries.claim(id, 8, 3, LEASE);
                if (last && claims.isEmpty() && lines() == 0) {
                    return true;
                }
                claims.forEach(claim -> deliverSometimes(claim, random, taken));
            }
        });
        writers.join();

        Map<String, List<Long>> bySubject = new HashMap<>();
        taken.forEach(event -> bySubject
                .computeIfAbsent(event.subject(), any -> new ArrayList<>())
                .add(event.seq()));
        bySubject.forEach((subject, seqs) -> assertThat(seqs)
                .as(subject + " seed " + seed)
                .containsExactlyElementsOf(
                        trace.of(subject).stream().map(TraceEntry::seq).toList()));
        assertThat(taken).hasSize(6 * 60);
    }

    private void deliverSometimes(Claim first, Random random, List<PublicEvent> taken) {
        Optional<Claim> next = Optional.of(first);
        while (next.isPresent()) {
            Claim claim = next.get();
            if (random.nextInt(5) == 0) {
                deliveries.putOff(claim, "answered 500", Duration.ofMillis(random.nextInt(20)));
                return;
            }
            synchronized (taken) {
                taken.add(claim.event());
            }
            next = deliveries.delivered(claim, LEASE);
        }
    }

    private SubscriptionId subscribe(Set<EventType> types, Optional<AccountId> account) {
        return subscriptions
                .create(
                        new EventSubscriptions.Wish("https://hooks.example/events", types, account),
                        WebhookSecret.random(RANDOM),
                        ADMIN)
                .id();
    }

    private static long events() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select("select count(*) from public_event")
                        .mapTo(Long.class)
                        .one());
    }

    private void shortfall(String subject, int units) {
        trace.append(
                subject,
                "key-" + RANDOM.nextLong(),
                "stock.short",
                "short",
                Map.of("shortfall", Integer.toString(units), "uncovered", "0"));
    }

    private void moved(String subject, int onHand) {
        trace.append(
                subject,
                "key-" + RANDOM.nextLong(),
                "stock.moved",
                "moved",
                Map.of("onHand", Integer.toString(onHand)));
    }

    private void opened(String account) {
        trace.append(
                "stock/ST-HARBOR/" + account,
                "key-" + RANDOM.nextLong(),
                "case.opened",
                "opened",
                Map.of("account", account, "case", "C-" + account));
    }

    /** Nobody's business. */
    private void note(String subject) {
        trace.append(subject, "key-" + RANDOM.nextLong(), "test.noted", "noted", Map.of());
    }

    private List<Claim> claimAll() {
        deliveries.place();
        return deliveries.claim(id, LANES, 10, LEASE);
    }

    private List<PublicEvent> drain(Set<String> failing) {
        return drain(id, failing);
    }

    /** What a subscriber takes who answers 500 about some subjects. */
    private List<PublicEvent> drain(SubscriptionId subscription, Set<String> failing) {
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
    private static List<Long> told(List<PublicEvent> events, String subject) {
        return events.stream()
                .filter(event -> event.subject().equals(subject))
                .map(event -> (Long) event.data().get("shortfall"))
                .toList();
    }

    private List<Case> cases(CaseStatus status) {
        return POSTGRES.database().cases().ofSubject(id.subject()).stream()
                .filter(one -> one.status() == status)
                .toList();
    }

    private Lag lag() {
        return deliveries.lags().stream()
                .filter(lag -> lag.subscription().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private int lines() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("select count(*) from event_line where subscription = :id")
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one());
    }

    private static Claim await(Supplier<List<Claim>> look) {
        Instant until = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(until)) {
            List<Claim> found = look.get();
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        }
        throw new AssertionError("nothing came");
    }
}
