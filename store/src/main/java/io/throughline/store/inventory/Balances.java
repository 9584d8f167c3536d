package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.SafetyStocks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code stock_balance}, with the safety stock that the policy in force asks for. Whoever raises what is reserved anywhere
 * holds the lock of the SKU's virtual row, so that what was found to be free stays free until the end of the transaction.
 */
final class Balances {
    static final String COLUMNS =
            "sku, facility, on_hand, reserved, safety_stock, held, shortfall, damaged, in_transit";

    private final SafetyStocks safetyStocks;

    Balances(SafetyStocks safetyStocks) {
        this.safetyStocks = safetyStocks;
    }

    /** Locks the rows in the one order; rows that don't exist yet are made. */
    Map<Place, Balance> lock(Handle handle, Set<Place> places) {
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

    private Map<Place, Balance> lockPresent(Handle handle, Set<Place> places) {
        Map<Place, Balance> locked = new HashMap<>();
        handle.createQuery("""
                        select b.sku, b.facility, b.on_hand, b.reserved, b.safety_stock, b.held, b.shortfall, b.damaged,
                            b.in_transit
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

    List<Balance> of(Handle handle, Collection<Sku> skus) {
        return handle.createQuery("select " + COLUMNS + """
                         from stock_balance where sku = any(cast(:skus as text[])) order by sku, facility
                        """)
                .bindArray(
                        "skus",
                        String.class,
                        skus.stream().map(Sku::value).distinct().toList())
                .map(new Reader(safetyStocks))
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

    /** The balance after a measure has come to {@code net}, which only for stock on hand can be less than nothing. */
    Balance with(Balance balance, Measure measure, int net) {
        int units = Math.max(0, net);
        return new Balance(
                balance.facility(),
                balance.sku(),
                measure == Measure.ON_HAND ? units : balance.onHand(),
                balance.reserved(),
                measure == Measure.SAFETY_STOCK
                        ? Math.max(units, safetyStocks.of(balance.facility(), balance.sku()))
                        : balance.safetyStock(),
                measure == Measure.HELD ? units : balance.held(),
                measure == Measure.ON_HAND ? units - net : balance.shortfall(),
                measure == Measure.DAMAGED ? units : balance.damaged(),
                measure == Measure.IN_TRANSIT ? units : balance.inTransit());
    }

    /** The balances after so many more units are reserved at each place. */
    static Map<Place, Balance> reserved(Map<Place, Balance> balances, Map<Place, Integer> changes) {
        Map<Place, Balance> after = new HashMap<>(balances);
        changes.forEach((place, change) -> after.computeIfPresent(place, (same, balance) -> reserved(balance, change)));
        return after;
    }

    private static Balance reserved(Balance balance, int change) {
        return new Balance(
                balance.facility(),
                balance.sku(),
                balance.onHand(),
                balance.reserved() + change,
                balance.safetyStock(),
                balance.held(),
                balance.shortfall(),
                balance.damaged(),
                balance.inTransit());
    }

    /**
     * What can still be reserved from the facilities, or at least {@code wanted}: only when the plain sums don't show that, it is asked from
     * where the demand without a facility may be served.
     */
    static int free(Handle handle, Sku sku, Collection<Balance> balances, Set<FacilityId> among, int wanted) {
        List<Balance> ofSku =
                balances.stream().filter(balance -> balance.sku().equals(sku)).toList();
        long atLeast = FreeStock.atLeast(ofSku, among);
        return atLeast >= wanted
                ? Math.clamp(atLeast, 0, Integer.MAX_VALUE)
                : Unpromised.of(handle, sku, ofSku).free(among);
    }

    /**
     * Reads the rows of one answer, whose columns are {@link #COLUMNS} in their order. There may be hundreds of one SKU, and they name the
     * same places as those of any other.
     */
    private static final class Reader implements RowMapper<Balance> {
        private static final Map<String, FacilityId> PLACES = new ConcurrentHashMap<>();

        private final SafetyStocks safetyStocks;
        private @Nullable Sku latest;

        Reader(SafetyStocks safetyStocks) {
            this.safetyStocks = safetyStocks;
        }

        @Override
        public Balance map(ResultSet row, StatementContext context) throws SQLException {
            Sku sku = sku(row.getString(1));
            FacilityId facility = PLACES.computeIfAbsent(row.getString(2), FacilityId::new);
            return new Balance(
                    facility,
                    sku,
                    row.getInt(3),
                    row.getInt(4),
                    Math.max(row.getInt(5), safetyStocks.of(facility, sku)),
                    row.getInt(6),
                    row.getInt(7),
                    row.getInt(8),
                    row.getInt(9));
        }

        private Sku sku(String value) {
            Sku before = latest;
            if (before != null && before.value().equals(value)) {
                return before;
            }
            Sku read = Sku.of(value);
            latest = read;
            return read;
        }
    }

    Balance map(ResultSet row) throws SQLException {
        FacilityId facility = new FacilityId(row.getString("facility"));
        Sku sku = Sku.of(row.getString("sku"));
        return new Balance(
                facility,
                sku,
                row.getInt("on_hand"),
                row.getInt("reserved"),
                Math.max(row.getInt("safety_stock"), safetyStocks.of(facility, sku)),
                row.getInt("held"),
                row.getInt("shortfall"),
                row.getInt("damaged"),
                row.getInt("in_transit"));
    }

    private static List<String> skus(Set<Place> places) {
        return places.stream().map(place -> place.sku().value()).toList();
    }

    private static List<String> facilities(Set<Place> places) {
        return places.stream().map(place -> place.facility().value()).toList();
    }
}
