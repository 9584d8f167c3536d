package io.throughline.store.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.InboxMessage;
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
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbox, in PostgreSQL. A message is handled while its subject's row is locked; a process that dies lets the lock go, and the
 * message is handled again, so handlers may see a message twice but never two messages of one subject at once.
 */
public final class PostgresInbox implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresInbox.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(30);

    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;
    private final Semaphore dispatches;

    /** At most {@code dispatches} messages are handled at once. */
    public PostgresInbox(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock, int dispatches) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
        this.dispatches = new Semaphore(dispatches);
    }

    @Override
    public boolean store(AccountId account, String topic, String eventId, String subject, String body) {
        boolean first = transactions.with(
                handle -> InboxRows.insert(handle, account, topic, eventId, subject, body, clock.instant()));
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
        // Gone already: another dispatcher had it while this one chose. Something else may be due.
        subject.flatMap(found -> InboxRows.head(handle, found))
                .ifPresent(message -> settle(handle, message, ask(handler, message)));
        return subject.isPresent();
    }

    private static Handling ask(Handler handler, InboxMessage message) {
        try {
            return handler.handle(message);
        } catch (RuntimeException failed) {
            LOG.warn("message {} of {} is put off", message.id(), message.subject(), failed);
            return new Handling.Later(
                    backoff(message.attempts()), failed.getClass().getSimpleName());
        }
    }

    private void settle(Handle handle, InboxMessage message, Handling handling) {
        switch (handling) {
            case Handling.Done() -> {
                InboxRows.done(handle, message);
                append(handle, message, "inbox.handled", message.topic() + " was taken in", "");
            }
            case Handling.Later(Duration after, String reason) -> {
                InboxRows.later(handle, message, after, reason);
                if (message.attempts() == 0) {
                    append(handle, message, "inbox.put-off", message.topic() + " could not be taken in yet", reason);
                }
            }
            case Handling.Unreadable(String reason) -> {
                InboxRows.dead(handle, message, reason);
                append(handle, message, "inbox.unreadable", message.topic() + " can't be read", reason);
            }
        }
    }

    @Override
    public void awaitNews(Duration atMost) throws InterruptedException {
        long count = bell.count();
        boolean due = transactions.with(InboxRows::lockDueSubject).isPresent();
        if (!due) {
            bell.await(count, atMost);
        }
    }

    @Override
    public List<InboxMessage> deadLetters(int limit) {
        return transactions.with(handle -> InboxRows.dead(handle, limit));
    }

    @Override
    public boolean replay(long id) {
        boolean revived = transactions.in(handle -> {
            boolean found = InboxRows.revive(handle, id).isPresent();
            if (found) {
                InboxMessage message = InboxRows.find(handle, id).orElseThrow();
                append(handle, message, "inbox.replayed", message.topic() + " shall be read again", "");
            }
            return found;
        });
        if (revived) {
            bell.ring();
        }
        return revived;
    }

    @Override
    public Optional<InboxMessage> find(long id) {
        return transactions.with(handle -> InboxRows.find(handle, id));
    }

    /** What comes in about a piece of work or a case is told in the line of the order that it belongs to. */
    private void append(Handle handle, InboxMessage message, String kind, String summary, String reason) {
        Map<String, String> detail = new HashMap<>();
        detail.put("message", Long.toString(message.id()));
        detail.put("account", message.account().value());
        detail.put("event", message.eventId());
        detail.put("receivedAt", message.receivedAt().toString());
        if (!reason.isEmpty()) {
            detail.put("reason", reason);
        }
        String subject = TraceRows.lookup(handle, message.subject()).orElse(message.subject());
        trace.append(handle, subject, kind, summary, detail);
    }

    private static Duration backoff(int attempts) {
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(attempts, 10));
        return doubled.compareTo(SLOWEST_RETRY) < 0 ? doubled : SLOWEST_RETRY;
    }
}
