package io.throughline.store.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.tracing.Span;
import io.throughline.domain.tracing.TraceParent;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code inbox_message} and {@code inbox_subject}. */
public final class InboxRows {
    private static final String SELECT =
            "select id, account, topic, event_id, subject, body, received_at, attempts, traceparent"
                    + " from inbox_message ";

    private InboxRows() {}

    public static boolean insert(
            Handle handle, AccountId account, String topic, String eventId, String subject, String body, Instant now) {
        return insert(handle, account, topic, eventId, subject, body, now, new Wait(Duration.ZERO, false));
    }

    /** How long a message waits for others; the first about its subject does so only if {@code evenFirst}. */
    record Wait(Duration time, boolean evenFirst) {}

    /** One statement, which waits for nobody but another store of the same event. False: it was there. */
    static boolean insert(
            Handle handle,
            AccountId account,
            String topic,
            String eventId,
            String subject,
            String body,
            Instant now,
            Wait wait) {
        return handle.createQuery("""
                        with stored as (
                            insert into inbox_message (account, topic, event_id, subject, body, received_at, traceparent, due_at)
                            values (:account, :topic, :eventId, :subject, :body, :now, :storedBy, clock_timestamp() + case
                                when :evenFirst or exists (select from inbox_subject where subject = :subject)
                                then make_interval(secs => :wait) else interval '0' end)
                            on conflict (account, topic, event_id) do nothing
                            returning subject),
                        subject as (
                            insert into inbox_subject (subject) select subject from stored on conflict do nothing)
                        select count(*) > 0 from stored
                        """)
                .bind("account", account.value())
                .bind("topic", topic)
                .bind("eventId", eventId)
                .bind("subject", subject)
                .bind("body", body)
                .bind("now", Columns.at(now))
                .bind("storedBy", Span.current().map(TraceParent::toString))
                .bind("evenFirst", wait.evenFirst())
                .bind("wait", wait.time().toMillis() / 1000.0)
                .mapTo(Boolean.class)
                .one();
    }

    /** Locks the subject of the oldest message that is due and that nobody works on. */
    static Optional<String> lockDueSubject(Handle handle) {
        return handle.createQuery("""
                        select s.subject from inbox_message m join inbox_subject s on s.subject = m.subject
                        where m.state = 'PENDING' and not s.parked and s.due_at <= clock_timestamp()
                            and m.due_at <= clock_timestamp()
                        order by m.id limit 1 for no key update of s skip locked
                        """).mapTo(String.class).findOne();
    }

    /** How long until a message is due that nobody works on; zero or less when one is. */
    static Optional<Duration> untilDue(Handle handle) {
        return handle.createQuery("""
                        select extract(epoch from greatest(m.due_at, s.due_at) - clock_timestamp())
                        from inbox_message m join inbox_subject s on s.subject = m.subject
                        where m.state = 'PENDING' and not s.parked
                        order by greatest(m.due_at, s.due_at) limit 1 for no key update of s skip locked
                        """)
                .mapTo(Double.class)
                .findOne()
                .map(seconds -> Duration.ofMillis((long) Math.ceil(seconds * 1000)));
    }

    /** What waits about a subject, the oldest first. */
    static List<InboxMessage> waiting(Handle handle, String subject, int limit) {
        return handle.createQuery(SELECT + "where subject = :subject and state = 'PENDING' order by id limit :limit")
                .bind("subject", subject)
                .bind("limit", limit)
                .map((row, context) -> map(row))
                .list();
    }

    static void done(Handle handle, List<InboxMessage> messages) {
        handle.createUpdate("""
                        update inbox_message set state = 'DONE', attempts = attempts + 1, reason = null
                        where id = any(cast(:ids as bigint[]))
                        """)
                .bindArray(
                        "ids",
                        Long.class,
                        messages.stream().map(InboxMessage::id).toList())
                .execute();
    }

    static void later(Handle handle, InboxMessage message, Duration after, String reason) {
        handle.createUpdate("""
                        with put_off as (
                            update inbox_subject set due_at = clock_timestamp() + make_interval(secs => :after)
                            where subject = :subject)
                        update inbox_message set attempts = attempts + 1, reason = :reason where id = :id
                        """)
                .bind("after", after.toMillis() / 1000.0)
                .bind("subject", message.subject())
                .bind("reason", reason)
                .bind("id", message.id())
                .execute();
    }

    static void dead(Handle handle, InboxMessage message, String reason) {
        handle.createUpdate("""
                        with parked as (update inbox_subject set parked = true where subject = :subject)
                        update inbox_message set state = 'DEAD', attempts = attempts + 1, reason = :reason where id = :id
                        """)
                .bind("subject", message.subject())
                .bind("reason", reason)
                .bind("id", message.id())
                .execute();
    }

    /** A dead letter is older than all that waits behind it, so it is the next again. */
    static Optional<String> revive(Handle handle, long id) {
        return handle.createQuery("""
                        with revived as (
                            update inbox_message set state = 'PENDING' where id = :id and state = 'DEAD' returning subject)
                        update inbox_subject s set parked = false, due_at = clock_timestamp()
                        from revived where s.subject = revived.subject returning s.subject
                        """).bind("id", id).mapTo(String.class).findOne();
    }

    /** Handled ones are handled again, in the order in which they came. */
    static int again(Handle handle, List<Long> ids) {
        return handle.createQuery("""
                        with again as (
                            update inbox_message set state = 'PENDING', attempts = 0
                            where id = any(cast(:ids as bigint[])) and state = 'DONE' returning subject),
                        subject as (
                            insert into inbox_subject (subject) select distinct subject from again on conflict do nothing)
                        select count(*) from again
                        """)
                .bindArray("ids", Long.class, ids)
                .mapTo(Integer.class)
                .one();
    }

    /** Its subject goes on with what waits behind it. */
    static boolean discard(Handle handle, long id) {
        return handle.createQuery("""
                        with discarded as (
                            update inbox_message set state = 'DONE' where id = :id and state = 'DEAD' returning subject)
                        update inbox_subject s set parked = false, due_at = clock_timestamp()
                        from discarded where s.subject = discarded.subject returning s.subject
                        """)
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    static List<InboxMessage> dead(Handle handle, int limit) {
        return handle.createQuery(SELECT + "where state = 'DEAD' order by id desc limit :limit")
                .bind("limit", limit)
                .map((row, context) -> map(row))
                .list();
    }

    static Optional<InboxMessage> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map((row, context) -> map(row))
                .findOne();
    }

    private static InboxMessage map(ResultSet row) throws SQLException {
        return new InboxMessage(
                row.getLong("id"),
                AccountId.of(row.getString("account")),
                row.getString("topic"),
                row.getString("event_id"),
                row.getString("subject"),
                row.getString("body"),
                Columns.instant(row, "received_at"),
                row.getInt("attempts"),
                TraceParent.parse(row.getString("traceparent")));
    }
}
