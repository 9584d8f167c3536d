package io.throughline.store.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.store.inbox.InboxRows.Wait;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceLine;
import io.throughline.store.internal.TraceRows;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbox, in PostgreSQL. A message is handled while its subject's row is locked; a process that dies lets the lock go, and the
 * message is handled again, so handlers may see a message twice but never two messages of one subject at once.
 */
public final class PostgresInbox implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresInbox.class);
    private static final String READING = "inbox.read";
    private static final String HANDLING = "inbox.handle";
    private static final String STOCK = "stock/";
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(30);
    private static final Duration BURST = Duration.ofMillis(200);
    private static final Duration STREAM = Duration.ofMillis(330);
    private static final Duration UNHURRIED = Duration.ofSeconds(2);

    /** After as many tries, which take some three minutes, a fault of ours is no passing one. */
    private static final int QUIET_TRIES = 10;

    private static final int MOST_GATHERED = 50;

    private final Transactions transactions;
    private final TraceWriter trace;
    private final CaseWriter cases;
    private final InboxBell bell;
    private final Clock clock;
    private final Semaphore dispatches;

    /** At most {@code dispatches} messages are handled at once. */
    public PostgresInbox(
            Transactions transactions,
            TraceWriter trace,
            CaseWriter cases,
            InboxBell bell,
            Clock clock,
            int dispatches) {
        this.transactions = transactions;
        this.trace = trace;
        this.cases = cases;
        this.bell = bell;
        this.clock = clock;
        this.dispatches = new Semaphore(dispatches);
    }

    @Override
    public boolean store(AccountId account, String topic, String eventId, String subject, String body) {
        return rung(transactions.with(
                handle -> InboxRows.insert(handle, account, topic, eventId, subject, body, clock.instant())));
    }

    @Override
    public boolean storeHint(
            AccountId account, String topic, String eventId, String subject, String body, Gathering gathering) {
        Wait wait = switch (gathering) {
            case BURST -> new Wait(BURST, false);
            case STREAM -> new Wait(STREAM, false);
            case UNHURRIED -> new Wait(UNHURRIED, true);
        };
        return rung(transactions.with(
                handle -> InboxRows.insert(handle, account, topic, eventId, subject, body, clock.instant(), wait)));
    }

    private boolean rung(boolean first) {
        if (first) {
            bell.ring();
        }
        return first;
    }

    @Override
    public boolean dispatchNext(Handler handler) {
        dispatches.acquireUninterruptibly();
        try {
            return transactions.apart(handle -> dispatch(handle, handler));
        } finally {
            dispatches.release();
        }
    }

    private boolean dispatch(Handle handle, Handler handler) {
        Optional<String> subject = InboxRows.lockDueSubject(handle);
        List<InboxMessage> waiting = subject.map(found -> InboxRows.waiting(handle, found, MOST_GATHERED))
                .orElseGet(List::of);
        // Gone already: another dispatcher had it while this one chose. Something else may be due.
        if (!waiting.isEmpty()) {
            dispatch(handle, handler, waiting);
        }
        return subject.isPresent();
    }

    /** What could not be taken in before is tried alone, so that one message never holds up those that are handled with it. */
    private void dispatch(Handle handle, Handler handler, List<InboxMessage> waiting) {
        InboxMessage first = waiting.getFirst();
        Optional<Answer> together = waiting.size() > 1 && first.attempts() == 0
                ? ask(first, () -> handler.handleTogether(waiting))
                : Optional.empty();
        if (together.map(Answer::handling)
                .filter(Handling.Done.class::isInstance)
                .isPresent()) {
            taken(handle, waiting);
        } else {
            Answer answer = together.or(() -> ask(first, () -> Optional.of(handler.handle(first))))
                    .orElseThrow();
            settle(handle, first, answer.handling());
            showOrRelieve(handle, first, answer);
        }
    }

    /** What a handler said, or what is made of its failure, which is our own fault or an outage. */
    private record Answer(Handling handling, Optional<RuntimeException> fault) {
        static Answer of(Handling handling) {
            return new Answer(handling, Optional.empty());
        }
    }

    private static Optional<Answer> ask(InboxMessage message, Supplier<Optional<Handling>> handler) {
        try {
            return handler.get().map(Answer::of);
        } catch (RuntimeException failed) {
            LOG.warn("message {} of {} is put off", message.id(), message.subject(), Wordless.of(failed));
            return Optional.of(new Answer(
                    new Handling.Later(
                            backoff(message.attempts()), failed.getClass().getSimpleName()),
                    Optional.of(failed).filter(PostgresInbox::isFault)));
        }
    }

    private static boolean isFault(RuntimeException failed) {
        return !(failed instanceof SystemFailure failure) || failure.code().category() != FailureCategory.TRANSIENT;
    }

    /** What fails again and again is shown, and goes on being tried; whatever becomes of it ends that. */
    private void showOrRelieve(Handle handle, InboxMessage message, Answer answer) {
        if (message.attempts() < QUIET_TRIES) {
            return;
        }
        String subject = Inbox.caseSubject(message.id());
        if (answer.fault().isPresent()) {
            cases.open(
                    handle,
                    message.account(),
                    subject,
                    HANDLING,
                    FailureCode.INTERNAL_ERROR,
                    message.topic() + " about " + message.subject() + " can't be taken in: "
                            + Wordless.words(answer.fault().orElseThrow()));
        } else if (!(answer.handling() instanceof Handling.Later)) {
            CaseRows.current(handle, subject, HANDLING)
                    .ifPresent(open -> cases.close(handle, open.id(), "the message was dealt with"));
        }
    }

    private void settle(Handle handle, InboxMessage message, Handling handling) {
        switch (handling) {
            case Handling.Done() -> taken(handle, List.of(message));
            case Handling.Later(Duration after, String reason) -> {
                InboxRows.later(handle, message, after, reason);
                if (message.attempts() == 0) {
                    append(handle, message, "inbox.put-off", message.topic() + " could not be taken in yet", reason);
                }
            }
            case Handling.Unreadable(String reason) -> {
                InboxRows.dead(handle, message, reason);
                cases.open(
                        handle,
                        message.account(),
                        Inbox.caseSubject(message.id()),
                        READING,
                        FailureCode.INBOX_UNREADABLE,
                        words(message, reason));
                append(handle, message, "inbox.unreadable", message.topic() + " can't be read", reason);
            }
        }
    }

    /** Of what could not be read when it came in the subject is no more than a digest. */
    private static String words(InboxMessage message, String reason) {
        return message.subject().startsWith("unreadable/")
                ? reason
                : message.topic() + " about " + message.subject() + ": " + reason;
    }

    private void taken(Handle handle, List<InboxMessage> messages) {
        InboxRows.done(handle, messages);
        // What wakes the hearing of stock comes many times a second; what was heard is in the ledger.
        messages.stream()
                .filter(message -> !message.subject().startsWith(STOCK))
                .forEach(message -> append(handle, message, "inbox.handled", message.topic() + " was taken in", ""));
    }

    @Override
    public void awaitNews(Duration atMost) throws InterruptedException {
        long count = bell.count();
        Duration untilDue = transactions.with(InboxRows::untilDue).orElse(atMost);
        if (untilDue.isPositive()) {
            bell.await(count, untilDue.compareTo(atMost) < 0 ? untilDue : atMost);
        }
    }

    @Override
    public List<InboxMessage> deadLetters(int limit) {
        return transactions.with(handle -> InboxRows.dead(handle, limit));
    }

    @Override
    public boolean replay(long id) {
        return replay(id, Optional.empty());
    }

    /** Who wants it stands in the message's own entry, which is written with it. */
    boolean replay(long id, Optional<String> actor) {
        return resolve(
                id,
                handle -> InboxRows.revive(handle, id).isPresent(),
                "inbox.replayed",
                "shall be read again",
                actor.map(who -> Map.of("actor", who)).orElseGet(Map::of));
    }

    @Override
    public boolean discard(long id) {
        return resolve(id, handle -> InboxRows.discard(handle, id), "inbox.discarded", "is given up", Map.of());
    }

    private boolean resolve(long id, Predicate<Handle> change, String kind, String what, Map<String, String> more) {
        boolean resolved = transactions.in(handle -> {
            boolean found = change.test(handle);
            if (found) {
                InboxMessage message = InboxRows.find(handle, id).orElseThrow();
                CaseRows.current(handle, Inbox.caseSubject(id), READING)
                        .ifPresent(open -> cases.close(handle, open.id(), "the message " + what));
                append(handle, message, kind, message.topic() + " " + what, more);
            }
            return found;
        });
        if (resolved) {
            bell.ring();
        }
        return resolved;
    }

    @Override
    public Optional<InboxMessage> find(long id) {
        return transactions.with(handle -> InboxRows.find(handle, id));
    }

    private void append(Handle handle, InboxMessage message, String kind, String summary, String reason) {
        append(handle, message, kind, summary, reason.isEmpty() ? Map.of() : Map.of("reason", reason));
    }

    /** What comes in about a piece of work or a case is told in the line of the order that it belongs to. */
    private void append(Handle handle, InboxMessage message, String kind, String summary, Map<String, String> more) {
        Map<String, String> detail = new HashMap<>(more);
        detail.put("message", Long.toString(message.id()));
        detail.put("account", message.account().value());
        detail.put("event", message.eventId());
        detail.put("receivedAt", message.receivedAt().toString());
        message.storedBy().ifPresent(span -> detail.put("traceId", span.traceId()));
        trace.append(handle, line(handle, message.subject()), kind, summary, detail);
    }

    private static String line(Handle handle, String subject) {
        return TraceLine.known(subject)
                ? subject
                : TraceRows.lookup(handle, subject).orElse(subject);
    }

    private static Duration backoff(int attempts) {
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(attempts, 10));
        return doubled.compareTo(SLOWEST_RETRY) < 0 ? doubled : SLOWEST_RETRY;
    }
}
