package io.throughline.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.Inbox.Gathering;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.domain.tracing.SpanKind;
import io.throughline.domain.tracing.TestingSpans;
import io.throughline.store.Database;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class InboxTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(16);

    private static final AccountId SHOP = SampleAccounts.SHOP;

    private final Inbox inbox = POSTGRES.database().inbox();
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void empty() {
        POSTGRES.tables().useHandle(handle -> handle.execute("truncate inbox_message, inbox_subject"));
    }

    @Test
    void anEventIsStoredOncePerAccountAndTopic() {
        assertThat(store("e1", "order/northwind/1")).isTrue();
        assertThat(store("e1", "order/northwind/1")).isFalse();
        assertThat(inbox.store(SHOP, "orders/paid", "e1", "order/northwind/1", "{}"))
                .isTrue();
        assertThat(inbox.store(SampleAccounts.SHOP_JP, "orders/updated", "e1", "order/northwind-jp/1", "{}"))
                .isTrue();
    }

    @Test
    void oneEventThatComesManyTimesAtOnceIsStoredOnce() throws Exception {
        assertThat(Together.run(12, i -> store("same", "order/northwind/1"))).containsOnlyOnce(true);
    }

    @Test
    void messagesComeInTheirOrderAndOnce() {
        store("e1", "order/northwind/1");
        store("e2", "order/northwind/2");
        store("e3", "order/northwind/1");

        drain(inbox, message -> done(message));

        assertThat(handled).containsExactly("e1", "e2", "e3");
        assertThat(inbox.dispatchNext(message -> done(message))).isFalse();
    }

    @Test
    void aMessageTellsWithinWhichSpanItWasStored() {
        TestingSpans spans = new TestingSpans();
        spans.tracer().begin("webhook", SpanKind.SERVER, Optional.empty(), () -> store("traced", "order/northwind/8"));

        inbox.dispatchNext(message -> {
            assertThat(message.storedBy()).contains(spans.named("webhook").self());
            return done(message);
        });

        assertThat(handled).containsExactly("traced");
        assertThat(POSTGRES.database()
                        .trace()
                        .of(OrderId.of(new OrderKey(SHOP, "8")).value()))
                .singleElement()
                .extracting(entry -> entry.detail().get("traceId"))
                .isEqualTo(spans.named("webhook").self().traceId());
    }

    @Test
    void aMessageTellsWhatWasStored() {
        inbox.store(SHOP, "orders/create", "e9", "order/northwind/9", "{\"id\": 9}");

        inbox.dispatchNext(message -> {
            assertThat(message)
                    .usingRecursiveComparison()
                    .ignoringFields("id")
                    .isEqualTo(new InboxMessage(
                            0,
                            SHOP,
                            "orders/create",
                            "e9",
                            "order/northwind/9",
                            "{\"id\": 9}",
                            POSTGRES.clock().instant(),
                            0));
            assertThat(inbox.find(message.id())).contains(message);
            return done(message);
        });

        assertThat(handled).containsExactly("e9");
    }

    @Test
    void storingNeverWaitsForAMessageThatIsBeingHandled() {
        store("e1", "order/northwind/1");

        inbox.dispatchNext(message -> {
            assertThat(store("e2", "order/northwind/1")).isTrue();
            assertThat(inbox.dispatchNext(other -> done(other)))
                    .as("its subject is locked")
                    .isFalse();
            return done(message);
        });

        assertThat(inbox.dispatchNext(message -> done(message))).isTrue();
        assertThat(handled).containsExactly("e1", "e2");
    }

    @Test
    void manyDispatchersKeepEachSubjectsOrderAcrossProcesses() throws Exception {
        Map<String, List<String>> bySubject = new ConcurrentHashMap<>();
        Set<String> busy = ConcurrentHashMap.newKeySet();
        List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
        Inbox.Handler handler = message -> {
            if (!busy.add(message.subject())) {
                overlaps.add(message.subject());
            }
            bySubject
                    .computeIfAbsent(message.subject(), subject -> Collections.synchronizedList(new ArrayList<>()))
                    .add(message.eventId());
            assertThat(inbox.find(message.id())).isPresent();
            busy.remove(message.subject());
            return new Handling.Done();
        };

        try (Database other = POSTGRES.open()) {
            Together.run(12, i -> {
                if (i < 4) {
                    for (int n = 0; n < 30; n++) {
                        store("s" + i + "/" + n, "order/northwind/" + i);
                    }
                } else {
                    drain(i % 2 == 0 ? inbox : other.inbox(), handler);
                }
                return true;
            });
            drain(inbox, handler);
        }

        assertThat(overlaps).isEmpty();
        for (int i = 0; i < 4; i++) {
            String prefix = "s" + i + "/";
            assertThat(bySubject.get("order/northwind/" + i))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 30).mapToObj(n -> prefix + n).toList());
        }
    }

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
    void anExceptionMeansLater() {
        store("e1", "order/northwind/1");

        assertThat(inbox.dispatchNext(message -> {
                    throw new IllegalStateException("boom");
                }))
                .isTrue();
        assertThat(inbox.dispatchNext(message -> done(message))).isFalse();

        makeDue();
        assertThat(inbox.dispatchNext(message -> done(message))).isTrue();
        assertThat(inbox.deadLetters(10)).isEmpty();
    }

    @Test
    void whatCantBeReadParksItsSubjectUntilItIsReplayed() {
        store("bad", "order/northwind/1");
        store("next", "order/northwind/1");
        store("other", "order/northwind/2");

        inbox.dispatchNext(message -> new Handling.Unreadable("not JSON"));
        drain(inbox, message -> done(message));

        assertThat(handled).containsExactly("other");
        InboxMessage dead = inbox.deadLetters(10).getFirst();
        assertThat(dead.eventId()).isEqualTo("bad");
        assertThat(inbox.replay(dead.id())).isTrue();
        assertThat(inbox.replay(dead.id())).isFalse();
        assertThat(inbox.deadLetters(10)).isEmpty();
        drain(inbox, message -> done(message));
        assertThat(handled).containsExactly("other", "bad", "next");
    }

    /** Its subject is a digest, which tells nobody anything. */
    @Test
    void theCaseOfWhatCouldNotBeReadHasTheReasonAlone() {
        store("torn", "unreadable/northwind/sha256:0a1b");
        inbox.dispatchNext(message -> new Handling.Unreadable("the body is not JSON"));

        assertThat(caseOf(inbox.deadLetters(10).getFirst().id()).orElseThrow().detail())
                .isEqualTo("the body is not JSON");
    }

    @Test
    void aDeadLetterHasACaseUntilItIsReplayed() {
        store("bad", "order/northwind/1");
        inbox.dispatchNext(message -> new Handling.Unreadable("not JSON"));
        long dead = inbox.deadLetters(10).getFirst().id();

        Case open = caseOf(dead).orElseThrow();
        assertThat(open.code()).isEqualTo(FailureCode.INBOX_UNREADABLE);
        assertThat(open.account()).isEqualTo(SHOP);
        assertThat(open.detail()).isEqualTo("orders/updated about order/northwind/1: not JSON");

        inbox.replay(dead);
        assertThat(caseOf(dead)).isEmpty();
        inbox.dispatchNext(message -> new Handling.Unreadable("still not JSON"));
        assertThat(caseOf(dead).map(Case::id)).isPresent().isNotEqualTo(Optional.of(open.id()));
    }

    @Test
    void whatIsGivenUpHasNoCaseAndHoldsUpNobody() {
        store("bad", "order/northwind/1");
        store("next", "order/northwind/1");
        inbox.dispatchNext(message -> new Handling.Unreadable("not JSON"));
        long dead = inbox.deadLetters(10).getFirst().id();

        assertThat(inbox.discard(dead)).isTrue();

        assertThat(inbox.discard(dead)).isFalse();
        assertThat(inbox.replay(dead)).isFalse();
        assertThat(inbox.deadLetters(10)).isEmpty();
        assertThat(caseOf(dead)).isEmpty();
        drain(inbox, message -> done(message));
        assertThat(handled).containsExactly("next");
    }

    @Test
    void aDeadLetterAndItsCaseAreOneTransaction() {
        store("bad", "order/northwind/1");
        POSTGRES.tables().useHandle(handle -> handle.execute("""
                create function refuse_case() returns trigger language plpgsql as
                    $$ begin raise exception 'no case today'; end $$;
                create trigger no_case before insert on support_case for each row execute function refuse_case();
                """));
        try {
            assertThatThrownBy(() -> inbox.dispatchNext(message -> new Handling.Unreadable("not JSON")))
                    .hasMessageContaining("P0001");
        } finally {
            POSTGRES.tables()
                    .useHandle(handle ->
                            handle.execute("drop trigger no_case on support_case; drop function refuse_case()"));
        }

        assertThat(inbox.deadLetters(10)).as("a dead letter without a case").isEmpty();
        assertThat(inbox.dispatchNext(message -> done(message))).isTrue();
    }

    private static Optional<Case> caseOf(long message) {
        return POSTGRES.database().cases().current(Inbox.caseSubject(message), "inbox.read");
    }

    @Test
    void whatAlwaysFailsHasACaseAndIsTriedUntilItIsTakenIn() {
        store("bad", "order/northwind/1");
        long bad = fail(10, () -> new IllegalStateException("a fault of ours"));
        assertThat(faultOf(bad)).as("it may pass").isEmpty();

        fail(1, () -> SystemFailure.withoutEffect(FailureCode.STORE_UNREACHABLE, "away", null));
        assertThat(faultOf(bad)).as("an outage is over by itself").isEmpty();

        fail(2, () -> new IllegalStateException("a fault of ours"));
        assertThat(faultOf(bad).orElseThrow()).satisfies(open -> {
            assertThat(open.code()).isEqualTo(FailureCode.INTERNAL_ERROR);
            assertThat(open.detail())
                    .isEqualTo("orders/updated about order/northwind/1 can't be taken in: IllegalStateException");
        });

        makeDue();
        assertThat(inbox.dispatchNext(message -> done(message))).isTrue();
        assertThat(handled).containsExactly("bad");
        assertThat(faultOf(bad)).isEmpty();
    }

    private long fail(int times, Supplier<RuntimeException> failure) {
        AtomicLong failed = new AtomicLong();
        for (int i = 0; i < times; i++) {
            makeDue();
            inbox.dispatchNext(message -> {
                failed.set(message.id());
                throw failure.get();
            });
        }
        return failed.get();
    }

    private static Optional<Case> faultOf(long message) {
        return POSTGRES.database().cases().current(Inbox.caseSubject(message), "inbox.handle");
    }

    @Test
    void aHandlerThatDiesLeavesItsMessage() {
        store("e1", "order/northwind/1");

        try {
            inbox.dispatchNext(message -> {
                throw new OutOfMemoryError("killed");
            });
        } catch (OutOfMemoryError killed) {
            handled.add("killed");
        }

        assertThat(inbox.dispatchNext(message -> done(message))).isTrue();
        assertThat(handled).containsExactly("killed", "e1");
    }

    @Test
    void thatTheDatabaseWentAwayIsToldAsSuchAndTheMessageStays() {
        store("e1", "order/northwind/1");

        assertThatThrownBy(() -> inbox.dispatchNext(message -> {
                    POSTGRES.tables().useHandle(handle -> handle.execute("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where datname = current_database() and state = 'idle in transaction'
                            """));
                    return done(message);
                }))
                .isInstanceOfSatisfying(SystemFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.STORE_UNREACHABLE);
                    assertThat(failure.effectPossible()).isTrue();
                    assertThat(failure.getMessage()).matches("PostgreSQL does not answer \\(SQLSTATE [0-9A-Z]{5}\\)");
                });

        drain(inbox, message -> done(message));
        assertThat(handled).containsExactly("e1", "e1");
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

    @Test
    void aBurstThatCantBeTakenInIsTriedOneByOne() {
        hint("e1", "order/northwind/1");
        hint("e2", "order/northwind/1");
        Burst burst = new Burst();
        inbox.dispatchNext(new Inbox.Handler() {
            @Override
            public Handling handle(InboxMessage message) {
                return new Handling.Unreadable("a burst was expected");
            }

            @Override
            public Optional<Handling> handleTogether(List<InboxMessage> gathered) {
                throw new IllegalStateException("Temporal is down");
            }
        });
        makeDue();

        assertThat(inbox.dispatchNext(burst)).isTrue();

        assertThat(burst.seen).containsExactly("e1");
        assertThat(inbox.deadLetters(10)).isEmpty();
    }

    @Test
    void handlersMayUseTheDatabaseAllAtOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            store("e" + i, "order/northwind/5" + i);
        }

        Together.run(20, i -> {
            drain(inbox, message -> {
                POSTGRES.database().orders().hint(keyOf(message), Channel.ONLINE, SamplePolicies.RULES);
                return done(message);
            });
            return true;
        });

        assertThat(handled).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void whatCameInIsToldInTheOrdersLine() {
        OrderKey key = SampleOrder.freshKey();
        store("e-" + key.externalId(), key.workflowId());

        inbox.dispatchNext(message -> {
            POSTGRES.database().orders().hint(key, Channel.ONLINE, SamplePolicies.RULES);
            assertThat(orderIsSeenByOthers(key))
                    .as("the process that is woken must find it")
                    .isTrue();
            return done(message);
        });

        assertThat(POSTGRES.database().trace().of(OrderId.of(key).value()))
                .extracting(TraceEntry::kind)
                .containsExactly("order.received", "inbox.handled");
    }

    private static boolean orderIsSeenByOthers(OrderKey key) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select true from customer_order where external_id = ?", key.externalId())
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false));
    }

    private static OrderKey keyOf(InboxMessage message) {
        return new OrderKey(message.account(), message.subject().substring("order/northwind/".length()));
    }

    private boolean store(String eventId, String subject) {
        return inbox.store(SHOP, "orders/updated", eventId, subject, "{}");
    }

    private void hint(String eventId, String subject) {
        assertThat(inbox.storeHint(SHOP, "orders/updated", eventId, subject, "{}", Gathering.BURST))
                .isTrue();
    }

    /** Takes in what has gathered, and remembers it. */
    private static final class Burst implements Inbox.Handler {
        private final List<String> seen = new ArrayList<>();
        private int calls;

        @Override
        public Handling handle(InboxMessage message) {
            return handleTogether(List.of(message)).orElseThrow();
        }

        @Override
        public Optional<Handling> handleTogether(List<InboxMessage> gathered) {
            calls++;
            gathered.forEach(message -> seen.add(message.eventId()));
            return Optional.of(new Handling.Done());
        }
    }

    private Handling done(InboxMessage message) {
        handled.add(message.eventId());
        return new Handling.Done();
    }

    private static void drain(Inbox inbox, Inbox.Handler handler) {
        boolean more = true;
        while (more) {
            more = inbox.dispatchNext(handler);
        }
    }

    private static void makeDue() {
        POSTGRES.tables().useHandle(handle -> handle.execute("update inbox_subject set due_at = clock_timestamp()"));
    }
}
