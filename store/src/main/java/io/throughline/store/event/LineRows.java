package io.throughline.store.event;

import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.Subscription;
import io.throughline.domain.event.SubscriptionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The rows of {@code event_line}: the subjects of which a subscriber may not have everything yet. */
final class LineRows {
    private static final int SCANNED = 1_000;
    private static final String CLAIMED =
            " where subscription = :subscription and lane = :lane and token = :token and lease_until is not null ";

    private LineRows() {}

    /** A line in the hands of one process. {@code until}: empty as far as the subscription has come. */
    record Line(String lane, String subject, long after, Optional<Long> until, int attempts, long token) {}

    /** How many lines there are, and how many of them are in somebody's hands. */
    record Load(int open, int leased) {}

    static Load load(Handle handle, SubscriptionId id) {
        return handle.createQuery("""
                        select count(*) as open, count(*) filter (where lease_until > clock_timestamp()) as leased
                        from event_line where subscription = :subscription
                        """)
                .bind("subscription", id.value())
                .map((row, context) -> new Load(row.getInt("open"), row.getInt("leased")))
                .one();
    }

    /**
     * Takes up what has happened since, for at most {@code room} more subjects, and says how far that is. What is not taken up stays
     * where it is, so that a subscriber who never answers costs a bounded number of rows.
     */
    static long open(Handle handle, Subscription subscription, long position, int room) {
        return EventRows.bind(handle.createQuery("""
                                with seen as (
                                    select e.position, e.subject, e.type, e.account from public_event e
                                    where e.position > :position order by e.position limit :scanned),
                                wanted as (
                                    select e.subject, min(e.position) as first, row_number() over (order by min(e.position)) as n
                                    from seen e where\s""" + EventRows.WANTED + """
                                    group by e.subject),
                                opened as (
                                    insert into event_line (subscription, lane, subject, after_position)
                                    select :subscription, subject, subject, first - 1 from wanted where n <= :room order by first
                                    on conflict do nothing)
                                select coalesce(
                                    (select first - 1 from wanted where n = :room + 1),
                                    (select max(position) from seen),
                                    :position)
                                """), subscription)
                .bind("subscription", subscription.id().value())
                .bind("position", position)
                .bind("scanned", SCANNED)
                .bind("room", room)
                .mapTo(Long.class)
                .one();
    }

    static List<Line> claim(Handle handle, SubscriptionId id, int limit, Duration lease) {
        return handle.createQuery("""
                        update event_line l set token = nextval('event_token'),
                            lease_until = clock_timestamp() + make_interval(secs => :lease)
                        from (select lane from event_line
                            where subscription = :subscription and due_at <= clock_timestamp()
                                and (lease_until is null or lease_until <= clock_timestamp())
                            order by due_at limit :limit for no key update skip locked) due
                        where l.subscription = :subscription and l.lane = due.lane
                        returning l.lane, l.subject, l.after_position, l.until_position, l.attempts, l.token
                        """)
                .bind("subscription", id.value())
                .bind("limit", limit)
                .bind("lease", seconds(lease))
                .map((row, context) -> map(row))
                .list();
    }

    /** Goes on behind what was delivered. Empty when somebody else has taken the line over. */
    static Optional<Line> advance(Handle handle, Claim claim, Duration lease) {
        return handle.createQuery("""
                        update event_line set after_position = :position, attempts = 0, last_error = null, tried_at = null,
                            due_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => :lease)
                        """ + CLAIMED + """
                        returning lane, subject, after_position, until_position, attempts, token
                        """)
                .bind("position", claim.event().position())
                .bind("lease", seconds(lease))
                .bind("subscription", claim.subscription().value())
                .bind("lane", claim.lane())
                .bind("token", claim.token())
                .map((row, context) -> map(row))
                .findOne();
    }

    /** False: somebody else has taken the line over. */
    static boolean putOff(Handle handle, Claim claim, String reason, Duration after) {
        return bind(handle.createUpdate("""
                                update event_line set attempts = attempts + 1, last_error = :reason, tried_at = clock_timestamp(),
                                    due_at = clock_timestamp() + make_interval(secs => :after), lease_until = null
                                """ + CLAIMED), claim)
                        .bind("reason", reason)
                        .bind("after", seconds(after))
                        .execute()
                == 1;
    }

    static void release(Handle handle, Claim claim) {
        bind(handle.createUpdate("update event_line set lease_until = null" + CLAIMED), claim)
                .execute();
    }

    /** What waits for its next try is tried now. */
    static void hurry(Handle handle, SubscriptionId id) {
        handle.createUpdate("update event_line set due_at = clock_timestamp() where subscription = :subscription")
                .bind("subscription", id.value())
                .execute();
    }

    /** Nothing is left to be delivered. The caller holds the lock of the subscription, so that nothing can come up meanwhile. */
    static void close(Handle handle, SubscriptionId id, String lane) {
        handle.createUpdate("delete from event_line where subscription = :subscription and lane = :lane")
                .bind("subscription", id.value())
                .bind("lane", lane)
                .execute();
    }

    /** Lines that are ahead of a position from which everything is delivered again. What is behind it goes on as before. */
    static void closeAhead(Handle handle, SubscriptionId id, long position) {
        handle.createUpdate("""
                        delete from event_line
                        where subscription = :subscription and until_position is null and after_position >= :position
                        """)
                .bind("subscription", id.value())
                .bind("position", position)
                .execute();
    }

    private static Update bind(Update update, Claim claim) {
        return update.bind("subscription", claim.subscription().value())
                .bind("lane", claim.lane())
                .bind("token", claim.token());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Line map(ResultSet row) throws SQLException {
        return new Line(
                row.getString("lane"),
                row.getString("subject"),
                row.getLong("after_position"),
                Optional.ofNullable(row.getObject("until_position", Long.class)),
                row.getInt("attempts"),
                row.getLong("token"));
    }
}
