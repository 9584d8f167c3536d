package io.throughline.store.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.EventSubscriptions.Undelivered;
import io.throughline.domain.event.PublicEvent;
import io.throughline.domain.event.Subscription;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What cannot be delivered, and workers that die. */
class DeliveryFaultsTest extends DeliveriesFixture {
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

    private List<Case> cases(CaseStatus status) {
        return POSTGRES.database().cases().ofSubject(id.subject()).stream()
                .filter(one -> one.status() == status)
                .toList();
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
