package io.throughline.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that cannot be read or taken in, and handlers that die. */
@Timeout(60)
class InboxFaultsTest extends InboxFixture {
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
}
