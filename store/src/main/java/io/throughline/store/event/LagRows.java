package io.throughline.store.event;

import io.throughline.store.event.SubscriptionRows.Stored;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How far a subscription is behind. */
final class LagRows {
    private LagRows() {}

    /** When the first event happened that is still to be delivered. */
    static Optional<Instant> oldest(Handle handle, Stored stored) {
        return EventRows.bind(
                        handle.createQuery("""
                                select min(at) as oldest from (
                                    (select e.at from public_event e
                                        where e.position > :position and\s""" + EventRows.WANTED + """
                                        order by e.position limit 1)
                                    union all
                                    select first.at from event_line l cross join lateral (
                                        select e.at from public_event e
                                        where e.subject = l.subject and e.position > l.after_position
                                            and e.position <= coalesce(l.until_position, :position) and\s""" + EventRows.WANTED + """
                                        order by e.position limit 1) first
                                    where l.subscription = :subscription) waiting
                                """),
                        stored.subscription())
                .bind("position", stored.position())
                .bind("subscription", stored.subscription().id().value())
                .map((row, context) -> Columns.optionalInstant(row, "oldest"))
                .one();
    }
}
