package io.throughline.store.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventType;
import io.throughline.domain.event.PublicEvent;
import io.throughline.domain.event.Subscription;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The rows of {@code public_event}, with what the trace says of each. */
final class EventRows {
    private static final int MOST_PLACED = 5_000;
    private static final int LONGEST_RUN = 100;

    private static final String SELECT = """
            select e.position, e.type, e.subject, e.seq, t.body
            from public_event e join trace_entry t on t.subject = e.subject and t.seq = e.seq
            """;

    /** What a subscription is about; bound by {@link #bind}. */
    static final String WANTED =
            " e.type = any(cast(:types as text[])) and (cast(:account as text) is null or e.account = :account) ";

    /** Those that every subscriber has, or has given up. */
    static final String FORGET = """
            delete from public_event where id in (
                select e.id from public_event e
                where e.at < :before and e.position <= least(
                    (select position from public_event_head),
                    (select min(position) from event_subscription),
                    (select min(after_position) from event_line),
                    (select min(position) - 1 from event_dead_letter))
                order by e.at limit :most for update skip locked)
            """;

    private EventRows() {}

    /** The details of an entry, as the trace keeps it. */
    @JsonIgnoreProperties({"subject", "seq", "key", "kind", "summary"})
    private record Entry(Instant at, Map<String, String> detail) {}

    /**
     * Of each subject the entries that are seen are the first ones that are missing, and ids follow their order; so positions do, too.
     * Whoever finds the head locked leaves it to the one that has it.
     */
    static int place(Handle handle) {
        return handle.createQuery("""
                        select position from public_event_head
                        where exists (select from public_event where position is null)
                        for no key update skip locked
                        """)
                .mapTo(Long.class)
                .findOne()
                .map(head -> placeAfter(handle, head))
                .orElse(0);
    }

    private static int placeAfter(Handle handle, long head) {
        int placed = handle.createUpdate("""
                        update public_event e set position = :head + fresh.ordinal
                        from (select id, row_number() over (order by id) as ordinal from (
                            select id from public_event where position is null order by id limit :most) waiting) fresh
                        where e.id = fresh.id
                        """)
                .bind("head", head)
                .bind("most", MOST_PLACED)
                .execute();
        if (placed > 0) {
            handle.createUpdate("update public_event_head set position = :position")
                    .bind("position", head + placed)
                    .execute();
        }
        return placed;
    }

    /**
     * The events of one subject in a stretch of positions that are to be delivered next, the first one first: more than one only where
     * each supersedes the one before.
     */
    static List<PublicEvent> next(Handle handle, Subscription subscription, String subject, long after, long until) {
        List<PublicEvent> found = bind(
                        handle.createQuery(SELECT + "where e.subject = :subject and e.position > :after"
                                + " and e.position <= :until and " + WANTED + "order by e.position limit :limit"),
                        subscription)
                .bind("subject", subject)
                .bind("after", after)
                .bind("until", until)
                .bind("limit", LONGEST_RUN)
                .map((row, context) -> map(row))
                .list();
        int run = 1;
        while (run < found.size()
                && found.get(run).type().supersedes()
                && found.get(run).type() == found.getFirst().type()) {
            run++;
        }
        return found.isEmpty() ? List.of() : found.subList(0, run);
    }

    static Query bind(Query query, Subscription subscription) {
        return query.bindArray("types", String.class, SubscriptionRows.names(subscription.types()))
                .bind("account", subscription.account().map(AccountId::value).orElse(null));
    }

    /** The position before the first event that happened then or later. */
    static long before(Handle handle, Instant instant) {
        return handle.createQuery("""
                        select coalesce(
                            (select min(position) - 1 from public_event where at >= :at and position is not null),
                            (select position from public_event_head))
                        """)
                .bind("at", Columns.at(instant))
                .mapTo(Long.class)
                .one();
    }

    static PublicEvent at(Handle handle, long position) {
        return handle.createQuery(SELECT + "where e.position = :position")
                .bind("position", position)
                .map((row, context) -> map(row))
                .one();
    }

    private static PublicEvent map(ResultSet row) throws SQLException {
        Entry entry = CanonicalJson.read(row.getString("body"), Entry.class);
        EventType type = EventType.named(row.getString("type")).orElseThrow();
        String subject = row.getString("subject");
        return new PublicEvent(
                row.getLong("position"),
                type,
                subject,
                row.getLong("seq"),
                entry.at(),
                type.data(subject, entry.detail()));
    }
}
