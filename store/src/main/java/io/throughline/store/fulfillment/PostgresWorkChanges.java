package io.throughline.store.fulfillment;

import com.fasterxml.jackson.core.type.TypeReference;
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
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What has changed at a channel of work that is given out, in PostgreSQL. A move is decided under the lock of the work's row. */
public final class PostgresWorkChanges implements WorkChanges {
    private static final TypeReference<List<MovedPart>> PARTS = new TypeReference<>() {};

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
        return goes(work, given -> new Move(target, item, List.of()));
    }

    @Override
    public boolean parted(FulfillmentOrderId work, List<MovedPart> parts) {
        return goes(
                work,
                given -> parts.stream()
                        .filter(part -> !part.facility().equals(given.facility()))
                        .findFirst()
                        .map(other -> new Move(other.facility(), other.item(), parts))
                        .orElseThrow(() -> new IllegalArgumentException("nothing of " + work + " was moved")));
    }

    /** Of what was cut up, {@code target} and {@code item} are those of the first part that lies elsewhere. */
    private record Move(FacilityId target, String item, List<MovedPart> parts) {
        boolean isOf(FulfillmentOrder given) {
            return target.equals(given.facility());
        }

        String words(FulfillmentOrder given) {
            return given.id() + " was moved from " + given.facility() + " to "
                    + (parts.isEmpty()
                            ? target + " at its channel"
                            : "several places at its channel: "
                                    + parts.stream().map(MovedPart::words).collect(Collectors.joining("; ")));
        }

        List<String> items() {
            return parts.isEmpty()
                    ? List.of(item)
                    : parts.stream().map(MovedPart::item).distinct().toList();
        }
    }

    private boolean goes(FulfillmentOrderId work, Function<FulfillmentOrder, Move> told) {
        boolean goes = transactions.in(handle -> {
            FulfillmentOrder given = PostgresFulfillmentOrders.read(handle, work, "for no key update")
                    .orElseThrow(() -> new IllegalArgumentException("no fulfillment order " + work));
            Move move = told.apply(given);
            // One that its facility keeps is not asked for again because it still lies there.
            boolean asked = RerouteRows.latest(handle, work)
                    .filter(one -> !one.ended()
                            || one.leftItsFacility()
                            || (target(handle, work).equals(Optional.of(move.target()))
                                    && parts(handle, work).equals(move.parts())))
                    .isPresent();
            if (given.status().terminal() || asked || move.isOf(given)) {
                return false;
            }
            Instant now = clock.instant();
            keep(handle, work, move, now);
            Opening opening = new Opening(given, RerouteCause.MOVED, Optional.empty());
            RerouteId id = RerouteRows.open(handle, key(handle, work.order()), opening, now);
            trace.append(
                    handle,
                    work.value(),
                    "moved " + id,
                    "work.moved",
                    move.words(given),
                    Map.of(
                            "work", work.value(),
                            "facility", given.facility().value(),
                            "target", move.target().value(),
                            "item", move.item()),
                    move.items());
            RerouteRows.tellOpened(handle, trace, id, opening);
            return true;
        });
        if (goes) {
            bell.ring();
        }
        return goes;
    }

    private static void keep(Handle handle, FulfillmentOrderId work, Move move, Instant now) {
        handle.createUpdate("""
                        insert into work_moved (work_id, target, item, parts, heard_at)
                        values (:work, :target, :item, cast(:parts as jsonb), :now)
                        on conflict (work_id) do update set
                            target = excluded.target, item = excluded.item, parts = excluded.parts,
                            heard_at = excluded.heard_at
                        """)
                .bind("work", work.value())
                .bind("target", move.target().value())
                .bind("item", move.item())
                .bind("parts", CanonicalJson.write(move.parts()))
                .bind("now", Columns.at(now))
                .execute();
    }

    @Override
    public Optional<FacilityId> movedTo(FulfillmentOrderId work) {
        return transactions.with(handle -> target(handle, work));
    }

    @Override
    public List<MovedPart> parts(FulfillmentOrderId work) {
        return transactions.with(handle -> parts(handle, work));
    }

    private static List<MovedPart> parts(Handle handle, FulfillmentOrderId work) {
        return handle.createQuery("select parts from work_moved where work_id = :work")
                .bind("work", work.value())
                .mapTo(String.class)
                .findOne()
                .map(parts -> CanonicalJson.read(parts, PARTS))
                .orElse(List.of());
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
