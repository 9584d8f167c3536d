package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking.Freed;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.IncomingSupply.Repromised;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Preorders;
import io.throughline.domain.inventory.PriorClaims;
import io.throughline.domain.inventory.Promises;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** The reservations that wait for supply. They change under the lock of the SKU's virtual balance only. */
final class Backorders {
    static final int MOST_AT_ONCE = 100;

    private static final String TOPIC = "throughline/offer";

    private final Balances balances;
    private final Preorders preorders;

    Backorders(Balances balances, Preorders preorders) {
        this.balances = balances;
        this.preorders = preorders;
    }

    /** One row. */
    record Row(
            long id,
            String holder,
            String lineId,
            Sku sku,
            int quantity,
            Set<FacilityId> among,
            Optional<Instant> promisedAt) {
        Row {
            among = Set.copyOf(among);
        }

        Promises.Demand demand() {
            return new Promises.Demand(id, quantity, among);
        }

        Commitment.Waiting waiting() {
            return new Commitment.Waiting(lineId, sku, quantity, promisedAt.orElse(Instant.MAX));
        }
    }

    static List<Row> ofSku(Handle handle, Sku sku) {
        return handle.createQuery("""
            select id, coalesce(order_id, basket_id) as holder, line_id, sku, quantity, among, promised_at
            from reservation where sku = :sku and state = 'BACKORDERED' order by id
            """)
                .bind("sku", sku.value())
                .map((row, context) -> map(row))
                .list();
    }

    static Set<Sku> skus(Handle handle) {
        return handle.createQuery("select distinct sku from reservation where state = 'BACKORDERED'")
                .mapTo(String.class)
                .map(Sku::of)
                .set();
    }

    static List<Row> of(Handle handle, Holder holder) {
        return handle.createQuery("""
            select id, coalesce(order_id, basket_id) as holder, line_id, sku, quantity, among, promised_at
            from reservation where %s = :holder and state = 'BACKORDERED' order by id
            """.formatted(holder.column()))
                .bind("holder", holder.id())
                .map((row, context) -> map(row))
                .list();
    }

    /** Who got what had become free, and whose promise moved with that. */
    record Offer(List<Freed> freed, List<Repromised> repromised) {
        static final Offer NOBODY = new Offer(List.of(), List.of());

        Offer {
            freed = List.copyOf(freed);
            repromised = List.copyOf(repromised);
        }
    }

    /**
     * Reserves what has become free for whoever waits, the oldest first. Each row that is served is summed up at the commit, under the lock
     * that everybody waits for, so there are not more of them than {@link #MOST_AT_ONCE}; the next transaction goes on.
     */
    Offer free(Handle handle, Sku sku, Instant now) {
        if (preorders.open(sku, now).isPresent()) {
            return Offer.NOBODY;
        }
        List<Row> waiting = ofSku(handle, sku);
        if (waiting.isEmpty()) {
            return Offer.NOBODY;
        }
        Unpromised unpromised = Unpromised.of(handle, sku, balances.of(handle, Set.of(sku)));
        List<Freed> freed = new ArrayList<>();
        int taken = 0;
        Optional<Row> next = Optional.empty();
        for (Row row : waiting) {
            int units = Math.min(row.quantity(), unpromised.free(row.among()));
            if (units > 0 && freed.size() == MOST_AT_ONCE) {
                next = Optional.of(row);
                break;
            }
            if (units > 0) {
                hold(handle, row, units);
                unpromised.take(row.among(), units);
                freed.add(new Freed(row.holder(), row.lineId(), sku, units));
                taken += units;
            }
        }
        if (taken == 0) {
            return Offer.NOBODY;
        }
        Balances.reserve(handle, Map.of(Place.unrouted(sku), taken));
        if (next.isPresent()) {
            // Whoever is served next needs no other promise.
            askForMore(handle, next.get(), now);
            return new Offer(freed, List.of());
        }
        return new Offer(freed, promise(handle, sku, now));
    }

    /** Offers what has become free at some places to whoever waits, and tells it. */
    void offer(Handle handle, Set<Place> places, String cause, Instant now, Telling telling) {
        places.stream()
                .map(Place::sku)
                .distinct()
                .sorted()
                .forEach(sku -> telling.offered(free(handle, sku, now), cause));
    }

    /** Goes on where a transaction had enough to do. */
    void goOn(Handle handle, Sku sku, String cause, Instant now, Telling telling) {
        Offer offer = free(handle, sku, now);
        if (offer.freed().isEmpty()) {
            telling.repromised(promise(handle, sku, now), "what was expected is late, or others have a claim to it");
        } else {
            telling.offered(offer, cause);
        }
    }

    private static void askForMore(Handle handle, Row next, Instant now) {
        String account = handle.createQuery("""
            select coalesce(o.account, split_part(r.basket_id, '/', 1))
            from reservation r left join customer_order o on o.id = r.order_id where r.id = :id
            """)
                .bind("id", next.id())
                .mapTo(String.class)
                .one();
        InboxRows.insert(
                handle,
                AccountId.of(account),
                TOPIC,
                UUID.randomUUID().toString(),
                InventoryLedger.goOn(next.sku()),
                "{}",
                now);
    }

    private static void hold(Handle handle, Row row, int units) {
        if (units == row.quantity()) {
            handle.createUpdate("update reservation set state = 'HELD', promised_at = null where id = :id")
                    .bind("id", row.id())
                    .execute();
            return;
        }
        handle.createUpdate("""
            with rest as (
                update reservation set quantity = quantity - :units where id = :id
                returning order_id, basket_id, line_id, sku, facility, among)
            insert into reservation (order_id, basket_id, line_id, sku, facility, quantity, state, among)
            select order_id, basket_id, line_id, sku, facility, :units, 'HELD', among from rest
            """).bind("units", units).bind("id", row.id()).execute();
    }

    /** Ends the wait for some units of a row. */
    static void giveUp(Handle handle, Row row, int units) {
        handle.createUpdate("""
            update reservation set
                state = case when quantity = :units then 'RELEASED' else state end,
                quantity = case when quantity = :units then quantity else quantity - :units end
            where id = :id
            """).bind("units", units).bind("id", row.id()).execute();
    }

    /**
     * Gives the demand that waits the dates that follow from the supply; gives those whose date became another one, of which there are not
     * more than {@link #MOST_AT_ONCE}: the next transaction goes on.
     */
    List<Repromised> promise(Handle handle, Sku sku, Instant now) {
        List<Row> waiting = ofSku(handle, sku);
        Reckoning reckoning = reckon(handle, sku, waiting, now);
        Map<Long, Optional<Instant>> promises = Promises.of(reckoning.demands(), reckoning.supplies());
        List<Repromised> changed = new ArrayList<>();
        for (Row row : waiting) {
            Optional<Instant> promise = Objects.requireNonNull(promises.get(row.id()));
            if (promise.equals(row.promisedAt())) {
                continue;
            }
            if (changed.size() == MOST_AT_ONCE) {
                askForMore(handle, row, now);
                break;
            }
            handle.createUpdate("update reservation set promised_at = :at where id = :id")
                    .bind("at", Columns.at(promise))
                    .bind("id", row.id())
                    .execute();
            changed.add(new Repromised(row.holder(), row.lineId(), sku, row.promisedAt(), promise));
        }
        return changed;
    }

    /** Whether nothing of a SKU may be reserved yet, whatever is there. */
    boolean isKeptBack(Sku sku, Instant now) {
        return preorders.open(sku, now).isPresent();
    }

    /** The dates that new lines of a SKU would get, behind all that waits already; empty: not covered, or beyond what may be preordered. */
    List<Optional<Instant>> promisesFor(Handle handle, Sku sku, List<LineQuantity> lines, Terms terms, Instant now) {
        List<Row> waiting = ofSku(handle, sku);
        if (isBeyondLimit(sku, waiting, lines, now)) {
            return lines.stream().map(none -> Optional.<Instant>empty()).toList();
        }
        Reckoning reckoning = reckon(handle, sku, waiting, now);
        List<Promises.Demand> demands = new ArrayList<>(reckoning.demands());
        long first = Long.MAX_VALUE - lines.size();
        for (int i = 0; i < lines.size(); i++) {
            LineQuantity line = lines.get(i);
            demands.add(new Promises.Demand(first + i, line.quantity(), terms.among(line.lineId())));
        }
        Map<Long, Optional<Instant>> promises = Promises.of(demands, reckoning.supplies());
        return LongStream.range(first, Long.MAX_VALUE)
                .mapToObj(id -> Objects.requireNonNull(promises.get(id)))
                .toList();
    }

    private boolean isBeyondLimit(Sku sku, List<Row> waiting, List<LineQuantity> more, Instant now) {
        OptionalInt limit =
                preorders.open(sku, now).map(Preorders.Preorder::limit).orElseGet(OptionalInt::empty);
        long units = waiting.stream().mapToLong(Row::quantity).sum()
                + more.stream().mapToLong(LineQuantity::quantity).sum();
        return limit.isPresent() && units > limit.getAsInt();
    }

    /** What demand can be promised of, and who has a claim to it, the first in line first. */
    private record Reckoning(List<Promises.Demand> demands, List<Expected> supplies) {}

    private Reckoning reckon(Handle handle, Sku sku, List<Row> waiting, Instant now) {
        Optional<Preorders.Preorder> kept = preorders.open(sku, now);
        List<Balance> there = balances.of(handle, Set.of(sku));
        List<Expected> coming = Supplies.promising(handle, sku, now);
        List<Expected> supplies =
                kept.map(preorder -> preorder.supplies(there, coming)).orElse(coming);
        List<Promises.Demand> demands = new ArrayList<>(PriorClaims.of(there, supplies, kept.isPresent()));
        waiting.forEach(row -> demands.add(row.demand()));
        return new Reckoning(demands, supplies);
    }

    private static Row map(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("holder"),
                row.getString("line_id"),
                Sku.of(row.getString("sku")),
                row.getInt("quantity"),
                Reservations.among(row),
                Columns.optionalInstant(row, "promised_at"));
    }
}
