package io.throughline.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.Inbox.Gathering;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for messages, and messages that wait for others. */
@Timeout(60)
class InboxWaitingTest extends InboxFixture {
    @Test
    void laterHoldsBackItsSubjectOnly() {
        store("e1", "order/northwind/1");
        store("e2", "order/northwind/1");
        store("e3", "order/northwind/2");

        inbox.dispatchNext(message -> new Handling.Later(Duration.ofHours(1), "Temporal is down"));
        drain(inbox, message -> done(message));
        assertThat(handled).containsExactly("e3");

        makeDue();
        drain(inbox, message -> {
            assertThat(message.attempts()).isEqualTo(message.eventId().equals("e1") ? 1 : 0);
            return done(message);
        });
        assertThat(handled).containsExactly("e3", "e1", "e2");
    }

    @Test
    void waitingEndsWhenAMessageComesHereOrInAnotherProcess() throws Exception {
        try (Database other = POSTGRES.open();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            inbox.awaitNews(Duration.ofMillis(1));
            for (Inbox writer : List.of(inbox, other.inbox())) {
                CountDownLatch waiting = new CountDownLatch(1);
                Future<Long> waited = executor.submit(() -> {
                    long began = System.nanoTime();
                    waiting.countDown();
                    while (!inbox.dispatchNext(message -> done(message))) {
                        inbox.awaitNews(Duration.ofSeconds(30));
                    }
                    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                });
                waiting.await();
                writer.store(SHOP, "orders/updated", "wake-" + handled.size(), "order/northwind/1", "{}");
                assertThat(waited.get()).isLessThan(20_000);
            }
        }
        assertThat(handled).containsExactly("wake-0", "wake-1");
    }

    @Test
    void waitingDoesNotMissWhatCameBeforeIt() throws Exception {
        store("e1", "order/northwind/1");

        long began = System.nanoTime();
        inbox.awaitNews(Duration.ofSeconds(30));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void hintsThatComeTogetherAreHandledTogether() {
        hint("e1", "order/northwind/1");
        hint("e2", "order/northwind/1");
        hint("e3", "order/northwind/1");
        hint("e4", "order/northwind/2");

        Burst burst = new Burst();

        drain(inbox, burst);

        assertThat(burst.seen).containsExactly("e1", "e2", "e3", "e4");
        assertThat(burst.calls).isEqualTo(2);
    }

    @Test
    void aHintWaitsForOthersUnlessItsSubjectIsNew() throws Exception {
        hint("e1", "order/northwind/1");
        assertThat(inbox.dispatchNext(message -> done(message))).isTrue();
        hint("e2", "order/northwind/1");
        long began = System.nanoTime();
        assertThat(inbox.dispatchNext(message -> done(message))).isFalse();

        while (!inbox.dispatchNext(message -> done(message))) {
            inbox.awaitNews(Duration.ofSeconds(30));
        }

        assertThat(handled).containsExactly("e1", "e2");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(50), Duration.ofSeconds(20));
    }

    @Test
    void whatIsUnhurriedWaitsEvenIfItIsTheFirst() {
        inbox.storeHint(SHOP, "fulfillment_orders/accepted", "e1", "work/northwind/1", "{}", Gathering.UNHURRIED);
        assertThat(inbox.dispatchNext(message -> done(message))).isFalse();

        store("asked", "work/northwind/1");

        drain(inbox, message -> done(message));
        assertThat(handled).containsExactly("e1", "asked");
    }

    @Test
    void whatAPersonAsksForDoesNotWait() {
        hint("e1", "order/northwind/1");
        hint("e2", "order/northwind/1");
        store("asked", "order/northwind/1");
        Burst burst = new Burst();

        assertThat(inbox.dispatchNext(burst)).isTrue();

        assertThat(burst.seen).containsExactly("e1", "e2", "asked");
    }
}
