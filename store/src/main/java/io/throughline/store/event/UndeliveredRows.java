package io.throughline.store.event;

import io.throughline.domain.event.EventSubscriptions.Undelivered;
import io.throughline.domain.event.PublicEvent;
import io.throughline.store.event.SubscriptionRows.Stored;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What could not be delivered, given up or not. */
final class UndeliveredRows {
    private UndeliveredRows() {}

    static List<Undelivered> of(Handle handle, Stored stored, int limit) {
        return Stream.concat(dead(handle, stored, limit).stream(), failing(handle, stored, limit).stream())
                .limit(limit)
                .toList();
    }

    private record Dead(long position, int attempts, String lastError, Instant triedAt) {}

    private static List<Undelivered> dead(Handle handle, Stored stored, int limit) {
        return handle
                .createQuery("""
                        select position, attempts, last_error, tried_at from event_dead_letter
                        where subscription = :subscription order by position desc limit :limit
                        """)
                .bind("subscription", stored.subscription().id().value())
                .bind("limit", limit)
                .map((row, context) -> new Dead(
                        row.getLong("position"),
                        row.getInt("attempts"),
                        row.getString("last_error"),
                        Columns.instant(row, "tried_at")))
                .list()
                .stream()
                .map(dead -> new Undelivered(
                        EventRows.at(handle, dead.position()),
                        true,
                        dead.attempts(),
                        dead.lastError(),
                        dead.triedAt(),
                        Optional.empty()))
                .toList();
    }

    private record Failing(
            String subject, long after, long until, int attempts, String lastError, Instant triedAt, Instant dueAt) {}

    private static List<Undelivered> failing(Handle handle, Stored stored, int limit) {
        return handle
                .createQuery("""
                        select subject, after_position, coalesce(until_position, :position) as until, attempts, last_error,
                            tried_at, due_at
                        from event_line where subscription = :subscription and attempts > 0
                        order by tried_at desc limit :limit
                        """)
                .bind("subscription", stored.subscription().id().value())
                .bind("position", stored.position())
                .bind("limit", limit)
                .map((row, context) -> new Failing(
                        row.getString("subject"),
                        row.getLong("after_position"),
                        row.getLong("until"),
                        row.getInt("attempts"),
                        row.getString("last_error"),
                        Columns.instant(row, "tried_at"),
                        Columns.instant(row, "due_at")))
                .list()
                .stream()
                .flatMap(failing -> undelivered(handle, stored, failing).stream())
                .toList();
    }

    private static Optional<Undelivered> undelivered(Handle handle, Stored stored, Failing failing) {
        List<PublicEvent> next =
                EventRows.next(handle, stored.subscription(), failing.subject(), failing.after(), failing.until());
        return next.isEmpty()
                ? Optional.empty()
                : Optional.of(new Undelivered(
                        next.getLast(),
                        false,
                        failing.attempts(),
                        failing.lastError(),
                        failing.triedAt(),
                        Optional.of(failing.dueAt())));
    }
}
