package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.WorkChanges;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.fulfillment.RerouteRows.Opening;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What has changed at a channel of work that is given out, in PostgreSQL. A move is decided under the lock of the work's row. */
public final class PostgresWorkChanges implements WorkChanges {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresWorkChanges(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public List<Readdressed> readdressed(OrderId order) {
        return transactions.with(handle -> handle.createQuery("""
                        select work_id, number, elsewhere from work_readdressed
                        where order_id = :order and settled_at is null order by work_id
                        """)
                .bind("order", order.value())
                .map((row, context) -> new Readdressed(
                        new FulfillmentOrderId(row.getString("work_id")),
                        row.getInt("number"),
                        row.getBoolean("elsewhere")))
                .list());
    }

    @Override
    public void settled(Readdressed change) {
        transactions.run(handle -> handle.createUpdate("""
                        update work_readdressed set settled_at = :now
                        where work_id = :work and number = :number and settled_at is null
                        """)
                .bind("now", Columns.at(clock.instant()))
                .bind("work", change.work().value())
                .bind("number", change.number())
                .execute());
    }

    @Override
    public boolean moved(FulfillmentOrderId work, FacilityId target, String item) {
        boolean goes = transactions.in(handle -> {
            FulfillmentOrder given = PostgresFulfillmentOrders.read(handle, work, "for no key update")
                    .orElseThrow(() -> new IllegalArgumentException("no fulfillment order " + work));
            // One that its facility keeps is not asked for again because it still lies there.
            boolean asked = RerouteRows.latest(handle, work)
                    .filter(one -> !one.ended()
                            || one.leftItsFacility()
                            || target(handle, work).equals(Optional.of(target)))
                    .isPresent();
            if (given.status().terminal() || asked || given.facility().equals(target)) {
                return false;
            }
            Instant now = clock.instant();
            keep(handle, work, target, item, now);
            Opening opening = new Opening(given, RerouteCause.MOVED, Optional.empty());
            RerouteId id = RerouteRows.open(handle, key(handle, work.order()), opening, now);
            trace.append(
                    handle,
                    work.value(),
                    "moved " + id,
                    "work.moved",
                    work + " was moved from " + given.facility() + " to " + target + " at its channel",
                    Map.of(
                            "work", work.value(),
                            "facility", given.facility().value(),
                            "target", target.value(),
                            "item", item),
                    List.of(item));
            RerouteRows.tellOpened(handle, trace, id, opening);
            return true;
        });
        if (goes) {
            bell.ring();
        }
        return goes;
    }

    private static void keep(Handle handle, FulfillmentOrderId work, FacilityId target, String item, Instant now) {
        handle.createUpdate("""
                        insert into work_moved (work_id, target, item, heard_at) values (:work, :target, :item, :now)
                        on conflict (work_id) do update
                            set target = excluded.target, item = excluded.item, heard_at = excluded.heard_at
                        """)
                .bind("work", work.value())
                .bind("target", target.value())
                .bind("item", item)
                .bind("now", Columns.at(now))
                .execute();
    }

    @Override
    public Optional<FacilityId> movedTo(FulfillmentOrderId work) {
        return transactions.with(handle -> target(handle, work));
    }

    private static Optional<FacilityId> target(Handle handle, FulfillmentOrderId work) {
        return handle.createQuery("select target from work_moved where work_id = :work")
                .bind("work", work.value())
                .mapTo(String.class)
                .map(FacilityId::new)
                .findOne();
    }

    private static OrderKey key(Handle handle, OrderId order) {
        return handle.createQuery("select account, external_id from customer_order where id = :id")
                .bind("id", order.value())
                .map((row, context) ->
                        new OrderKey(new AccountId(row.getString("account")), row.getString("external_id")))
                .one();
    }
}
