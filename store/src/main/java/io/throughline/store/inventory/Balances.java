package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Movement;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code stock_balance} and {@code stock_movement}. Whoever raises what is reserved anywhere holds the lock of the SKU's
 * virtual row, so that what was found to be free stays free until the end of the transaction.
 */
final class Balances {
    private static final String COLUMNS = "sku, facility, on_hand, reserved, safety_stock, held, shortfall";

    private Balances() {}

    /** Locks the rows in the one order; rows that don't exist yet are made. */
    static Map<Place, Balance> lock(Handle handle, Set<Place> places) {
        Map<Place, Balance> locked = lockPresent(handle, places);
        if (locked.size() < places.size()) {
            handle.createUpdate("""
                            insert into stock_balance (sku, facility)
                            select sku, facility from unnest(cast(:skus as text[]), cast(:facilities as text[]))
                                as wanted (sku, facility)
                            order by sku, facility
                            on conflict do nothing
                            """)
                    .bindArray("skus", String.class, skus(places))
                    .bindArray("facilities", String.class, facilities(places))
                    .execute();
            locked = lockPresent(handle, places);
        }
        return locked;
    }

    private static Map<Place, Balance> lockPresent(Handle handle, Set<Place> places) {
        Map<Place, Balance> locked = new HashMap<>();
        handle.createQuery("""
                        select b.sku, b.facility, b.on_hand, b.reserved, b.safety_stock, b.held, b.shortfall
                        from stock_balance b
                        join unnest(cast(:skus as text[]), cast(:facilities as text[])) as wanted (sku, facility)
                            on wanted.sku = b.sku and wanted.facility = b.facility
                        order by b.sku, b.facility
                        for no key update of b
                        """)
                .bindArray("skus", String.class, skus(places))
                .bindArray("facilities", String.class, facilities(places))
                .map((row, context) -> map(row))
                .forEach(balance -> locked.put(new Place(balance.sku(), balance.facility()), balance));
        return locked;
    }

    static List<Balance> of(Handle handle, Collection<Sku> skus) {
        return handle.createQuery("select " + COLUMNS + """
                         from stock_balance where sku = any(cast(:skus as text[])) order by sku, facility
                        """)
                .bindArray(
                        "skus",
                        String.class,
                        skus.stream().map(Sku::value).distinct().toList())
                .map((row, context) -> map(row))
                .list();
    }

    /** Adds to what is reserved; the rows are locked already. */
    static void reserve(Handle handle, Map<Place, Integer> changes) {
        handle.createUpdate("""
                        update stock_balance b set reserved = b.reserved + change.quantity
                        from unnest(cast(:skus as text[]), cast(:facilities as text[]), cast(:quantities as integer[]))
                            as change (sku, facility, quantity)
                        where b.sku = change.sku and b.facility = change.facility and change.quantity <> 0
                        """)
                .bindArray("skus", String.class, skus(changes.keySet()))
                .bindArray("facilities", String.class, facilities(changes.keySet()))
                .bindArray("quantities", Integer.class, List.copyOf(changes.values()))
                .execute();
    }

    /** Books a movement with the balance that it changes. False: it was booked before. What is sold beyond the stock is a shortfall. */
    static boolean book(Handle handle, Movement movement, Instant now) {
        boolean first = handle.createUpdate("""
                        insert into stock_movement
                            (sku, facility, quantity, reason, source, source_id, occurred_at, recorded_at)
                        values (:sku, :facility, :quantity, :reason, :source, :sourceId, :occurredAt, :now)
                        on conflict (source, source_id) do nothing
                        """)
                        .bind("sku", movement.sku().value())
                        .bind("facility", movement.facility().value())
                        .bind("quantity", movement.quantity())
                        .bind("reason", movement.reason())
                        .bind("source", movement.source())
                        .bind("sourceId", movement.sourceId())
                        .bind("occurredAt", Columns.at(movement.occurredAt()))
                        .bind("now", Columns.at(now))
                        .execute()
                == 1;
        if (first) {
            handle.createUpdate("""
                            insert into stock_balance as b (sku, facility, on_hand, shortfall)
                            values (:sku, :facility, greatest(0, :quantity), greatest(0, - :quantity))
                            on conflict (sku, facility) do update set
                                on_hand = greatest(0, b.on_hand - b.shortfall + :quantity),
                                shortfall = greatest(0, b.shortfall - b.on_hand - :quantity)
                            """)
                    .bind("sku", movement.sku().value())
                    .bind("facility", movement.facility().value())
                    .bind("quantity", movement.quantity())
                    .execute();
        }
        return first;
    }

    private static Balance map(ResultSet row) throws SQLException {
        return new Balance(
                new FacilityId(row.getString("facility")),
                Sku.of(row.getString("sku")),
                row.getInt("on_hand"),
                row.getInt("reserved"),
                row.getInt("safety_stock"),
                row.getInt("held"),
                row.getInt("shortfall"));
    }

    private static List<String> skus(Set<Place> places) {
        return places.stream().map(place -> place.sku().value()).toList();
    }

    private static List<String> facilities(Set<Place> places) {
        return places.stream().map(place -> place.facility().value()).toList();
    }
}
