package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.fulfillment.WorkHolds;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The holds of work, in PostgreSQL. Decided under the lock of the order's row, which whoever reports of work takes too: a store's report comes
 * before the hold or is refused because of it.
 */
public final class PostgresWorkHolds implements WorkHolds {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresWorkHolds(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public boolean place(OrderId order, WorkHold hold) {
        boolean placed = transactions.in(handle -> {
            OrderKey key = lock(handle, order);
            Instant now = clock.instant();
            boolean news = handle.createUpdate("""
                            insert into work_hold (order_id, source, reference, reason, since)
                            values (:order, :source, :reference, :reason, :now)
                            on conflict (order_id, source, reference) do update
                                set reason = excluded.reason, since = excluded.since, ended_at = null
                                where work_hold.source = 'CHANNEL' and work_hold.ended_at is not null
                            """)
                            .bind("order", order.value())
                            .bind("source", hold.source())
                            .bind("reference", hold.reference())
                            .bind("reason", hold.reason())
                            .bind("now", Columns.at(now))
                            .execute()
                    == 1;
            if (news) {
                open(handle, order, hold.source(), hold.reference())
                        .forEach(work -> WorkNews.tell(handle, key, work, "held/" + name(hold, now), now));
                tell(handle, order, "work.held", "its work is held: " + hold.reason(), hold);
            }
            return news;
        });
        if (placed) {
            bell.ring();
        }
        return placed;
    }

    @Override
    public boolean isKnown(OrderId order, WorkHold.Source source, String reference) {
        return transactions.with(handle -> handle.createQuery("""
                        select exists (select from work_hold
                            where order_id = :order and source = :source and reference = :reference)
                        """)
                .bind("order", order.value())
                .bind("source", source)
                .bind("reference", reference)
                .mapTo(Boolean.class)
                .one());
    }

    private static String name(WorkHold hold, Instant at) {
        return hold.reference() + "@" + at;
    }

    @Override
    public void end(OrderId order, WorkHold.Source source, String reference, String why) {
        boolean ended = transactions.in(handle -> {
            OrderKey key = lock(handle, order);
            Instant now = clock.instant();
            Optional<OffsetDateTime> since = handle.createQuery("""
                            update work_hold set ended_at = greatest(since, :now)
                            where order_id = :order and source = :source and reference = :reference and ended_at is null
                            returning since
                            """)
                    .bind("order", order.value())
                    .bind("source", source)
                    .bind("reference", reference)
                    .bind("now", Columns.at(now))
                    .mapTo(OffsetDateTime.class)
                    .findOne();
            if (since.isEmpty()) {
                return false;
            }
            for (FulfillmentOrderId work : open(handle, order, source, reference)) {
                giveBackTime(handle, work, since.get(), now);
                WorkNews.tell(handle, key, work, "let-go/" + reference + "@" + now, now);
            }
            tell(handle, order, "work.let-go", "its work goes on: " + why, new WorkHold(source, reference, why));
            return true;
        });
        if (ended) {
            bell.ring();
        }
    }

    /**
     * What two holds stop at once is given back once: by the one that ends last, up to then by the other. What a pause of its facility has stopped is given back
     * by that.
     */
    private static void giveBackTime(Handle handle, FulfillmentOrderId work, OffsetDateTime since, Instant now) {
        PostgresFulfillmentOrders.change(handle, work, """
                        deadline = deadline + (seconds_between(stopped.since, stopped.until)
                            - paused_within(facility, awaited_from, stopped.since, stopped.until)),
                        time_left = time_left + (seconds_between(stopped.since, stopped.until)
                            - paused_within(facility, awaited_from, stopped.since, stopped.until))
                        from (select greatest(cast(:since as timestamptz), w.allocated_at) as since,
                                least(:now, (select min(h.since) from work_hold h
                                    where h.order_id = w.order_id and h.ended_at is null
                                        and (h.source <> 'CHANNEL' or h.reference = w.channel_work))) as until
                            from fulfillment_order w where w.id = :id) as stopped
                        """)
                .bind("now", Columns.at(now))
                .bind("since", since)
                .execute();
    }

    @Override
    public List<WorkHold> standing(OrderId order) {
        return transactions.with(handle -> handle.createQuery("""
                        select source, reference, reason from work_hold
                        where order_id = :order and ended_at is null order by source, reference
                        """)
                .bind("order", order.value())
                .map((row, context) -> new WorkHold(
                        WorkHold.Source.valueOf(row.getString("source")),
                        row.getString("reference"),
                        row.getString("reason")))
                .list());
    }

    private static OrderKey lock(Handle handle, OrderId order) {
        return handle.createQuery("select account, external_id from customer_order where id = :order for no key update")
                .bind("order", order.value())
                .map((row, context) ->
                        new OrderKey(new AccountId(row.getString("account")), row.getString("external_id")))
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException("no order " + order));
    }

    private static List<FulfillmentOrderId> open(
            Handle handle, OrderId order, WorkHold.Source source, String reference) {
        return handle.createQuery("""
                        select id from fulfillment_order
                        where order_id = :order and not status = any(cast(:terminal as text[]))
                            and (:source <> 'CHANNEL' or channel_work = :reference)
                        order by id for no key update
                        """)
                .bind("order", order.value())
                .bindArray("terminal", String.class, FulfillmentRows.TERMINAL)
                .bind("source", source)
                .bind("reference", reference)
                .map((row, context) -> new FulfillmentOrderId(row.getString("id")))
                .list();
    }

    private void tell(Handle handle, OrderId order, String kind, String words, WorkHold hold) {
        trace.append(
                handle,
                order.value(),
                kind,
                words,
                Map.of("source", hold.source().name(), "reference", hold.reference(), "reason", hold.reason()),
                List.of(hold.reference()));
    }
}
