package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking.Freed;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply.Repromised;
import io.throughline.domain.inventory.Promises;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** The reservations that wait for supply. They change under the lock of the SKU's virtual balance only. */
final class Backorders {
    private final Balances balances;

    Backorders(Balances balances) {
        this.balances = balances;
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

    static List<Row> of(Handle handle, Holder holder) {
        return handle.createQuery("""
                        select id, coalesce(order_id, basket_id) as holder, line_id, sku, quantity, among, promised_at
                        from reservation where %s = :holder and state = 'BACKORDERED' order by id
                        """.formatted(holder.column()))
                .bind("holder", holder.id())
                .map((row, context) -> map(row))
                .list();
    }

    /** Reserves what has become free for whoever waits, the oldest first. */
    List<Freed> free(Handle handle, Sku sku) {
        List<Row> waiting = ofSku(handle, sku);
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Balance> there = balances.of(handle, Set.of(sku));
        List<Freed> freed = new ArrayList<>();
        int taken = 0;
        for (Row row : waiting) {
            int units = Math.min(row.quantity(), Math.max(0, Balances.free(sku, there, row.among()) - taken));
            if (units > 0) {
                hold(handle, row, units);
                freed.add(new Freed(row.holder(), row.lineId(), sku, units));
                taken += units;
            }
        }
        if (taken > 0) {
            Balances.reserve(handle, Map.of(Place.unrouted(sku), taken));
            promise(handle, sku);
        }
        return freed;
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
                            returning order_id, basket_id, line_id, sku, facility)
                        insert into reservation (order_id, basket_id, line_id, sku, facility, quantity, state)
                        select order_id, basket_id, line_id, sku, facility, :units, 'HELD' from rest
                        """).bind("units", units).bind("id", row.id()).execute();
    }

    /** Gives every demand that waits the date that follows from the supply; gives those whose date became another one. */
    static List<Repromised> promise(Handle handle, Sku sku) {
        List<Row> waiting = ofSku(handle, sku);
        Map<Long, Optional<Instant>> promises =
                Promises.of(waiting.stream().map(Row::demand).toList(), Supplies.open(handle, List.of(sku)));
        List<Repromised> changed = new ArrayList<>();
        for (Row row : waiting) {
            Optional<Instant> promise = Objects.requireNonNull(promises.get(row.id()));
            if (!promise.equals(row.promisedAt())) {
                handle.createUpdate("update reservation set promised_at = :at where id = :id")
                        .bind("at", Columns.at(promise))
                        .bind("id", row.id())
                        .execute();
                changed.add(new Repromised(row.holder(), row.lineId(), sku, row.promisedAt(), promise));
            }
        }
        return changed;
    }

    /** The dates that new demands of a SKU would get, behind all that waits already; empty: not covered. */
    static List<Optional<Instant>> promisesFor(Handle handle, Sku sku, List<Integer> units, Set<FacilityId> among) {
        List<Promises.Demand> demands =
                ofSku(handle, sku).stream().map(Row::demand).collect(Collectors.toCollection(ArrayList::new));
        long first = Long.MAX_VALUE - units.size();
        for (int i = 0; i < units.size(); i++) {
            demands.add(new Promises.Demand(first + i, units.get(i), among));
        }
        Map<Long, Optional<Instant>> promises = Promises.of(demands, Supplies.open(handle, List.of(sku)));
        return LongStream.range(first, Long.MAX_VALUE)
                .mapToObj(id -> Objects.requireNonNull(promises.get(id)))
                .toList();
    }

    private static Row map(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("holder"),
                row.getString("line_id"),
                Sku.of(row.getString("sku")),
                row.getInt("quantity"),
                Arrays.stream((String[]) row.getArray("among").getArray())
                        .map(FacilityId::new)
                        .collect(Collectors.toSet()),
                Columns.optionalInstant(row, "promised_at"));
    }
}
