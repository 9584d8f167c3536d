package io.throughline.store.event;

import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.SubscriptionId;
import org.jdbi.v3.core.Handle;

/** The rows of {@code event_dead_letter}: deliveries that were given up. */
final class DeadLetterRows {
    private DeadLetterRows() {}

    static void insert(Handle handle, Claim claim, String reason) {
        handle.createUpdate("""
                        insert into event_dead_letter (subscription, position, attempts, last_error, tried_at)
                        values (:subscription, :position, :attempts, :reason, clock_timestamp())
                        on conflict (subscription, position)
                            do update set attempts = excluded.attempts, last_error = excluded.last_error,
                                tried_at = excluded.tried_at
                        """)
                .bind("subscription", claim.subscription().value())
                .bind("position", claim.event().position())
                .bind("attempts", claim.attempts() + 1)
                .bind("reason", reason)
                .execute();
    }

    static int count(Handle handle, SubscriptionId id) {
        return handle.createQuery("select count(*) from event_dead_letter where subscription = :subscription")
                .bind("subscription", id.value())
                .mapTo(Integer.class)
                .one();
    }

    /**
     * Tries one, or all where the position is 0, again, beside what is delivered meanwhile. Of one subject everything from the first to
     * the last of them is told once more, in its order. Gives how many dead letters there were.
     */
    static int redeliver(Handle handle, SubscriptionId id, long position) {
        return handle.createQuery("""
                        with revived as (
                            delete from event_dead_letter
                            where subscription = :subscription and (:position = 0 or position = :position)
                            returning position),
                        opened as (
                            insert into event_line (subscription, lane, subject, after_position, until_position)
                            select :subscription, 'redelivery/' || e.subject, e.subject, min(e.position) - 1, max(e.position)
                            from public_event e join revived on revived.position = e.position
                            group by e.subject
                            on conflict (subscription, lane) do update
                                set after_position = least(event_line.after_position, excluded.after_position),
                                    until_position = greatest(event_line.until_position, excluded.until_position),
                                    attempts = 0, due_at = clock_timestamp(), lease_until = null)
                        select count(*) from revived
                        """)
                .bind("subscription", id.value())
                .bind("position", position)
                .mapTo(Integer.class)
                .one();
    }

    static int discard(Handle handle, SubscriptionId id) {
        return handle.createUpdate("delete from event_dead_letter where subscription = :subscription")
                .bind("subscription", id.value())
                .execute();
    }
}
