package io.throughline.store.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.EventDeliveries.Lag;
import io.throughline.domain.event.EventType;
import io.throughline.domain.event.PublicEvent;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.WebhookSecret;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.Together;
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
import org.junit.jupiter.api.Test;

/** Subscribers are told what happens from when they subscribed on, in the order of each subject. */
class DeliveriesTest extends DeliveriesFixture {
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
}
