package io.throughline.store.returns;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.HeldGoods.Held;
import io.throughline.store.internal.Columns;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What returns have brought that is held, and what of it is held still. A source is one inspection, decision or line of theirs. */
final class HeldRows {
    private static final String STILL_HELD = """
            select name, of_return, sku, disposition, since, units - coalesce((
                select sum(p.units) from held_release_part p where p.source = name), 0) as units
            from (
                select 'return/' || i.return_id || '/' || i.number as name, i.return_id as of_return, l.sku, i.disposition,
                    i.quantity as units, i.inspected_at as since
                from return_inspection i join return_line l on l.return_id = i.return_id and l.number = i.line
                where i.facility = :facility and i.disposition in ('REFURBISH', 'RETURN_TO_VENDOR') and i.booked_at is not null
                union all
                select 'unexpected/' || number, return_id, sku, disposition, quantity, decided_at
                from return_unexpected_decision
                where facility = :facility and disposition in ('REFURBISH', 'RETURN_TO_VENDOR')
                union all
                select 'counter/' || l.return_id || '/' || l.number, l.return_id, l.sku, l.disposition, l.quantity, r.taken_at
                from counter_return r join counter_return_line l on l.return_id = r.id
                where r.store = :facility and l.disposition in ('REFURBISH', 'RETURN_TO_VENDOR') and r.booked > 0) source
            """;

    private HeldRows() {}

    /** Some units that are held since then, by what brought them. */
    record Source(String name, Held held) {}

    /** The oldest first. */
    static List<Source> at(Handle handle, FacilityId facility) {
        return handle.createQuery("select * from (" + STILL_HELD + ") held where units > 0 order by since, name")
                .bind("facility", facility.value())
                .map((row, context) -> new Source(
                        row.getString("name"),
                        new Held(
                                Sku.of(row.getString("sku")),
                                row.getInt("units"),
                                Optional.of(Disposition.valueOf(row.getString("disposition"))),
                                Optional.of(row.getString("of_return")),
                                Optional.of(Columns.instant(row, "since")))))
                .list();
    }

    /** All that is held of a SKU, whoever holds it. */
    static int balance(Handle handle, FacilityId facility, Sku sku) {
        return handle.createQuery("select held from stock_balance where facility = :facility and sku = :sku")
                .bind("facility", facility.value())
                .bind("sku", sku.value())
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    }

    /** What is still to be taken out, because it goes back to its customer: nobody else may take it. */
    static int promisedAway(Handle handle, FacilityId facility, Sku sku) {
        return handle.createQuery("""
            select coalesce(sum(i.quantity), 0) from return_inspection i
            join return_line l on l.return_id = i.return_id and l.number = i.line
            where i.facility = :facility and l.sku = :sku and i.stocked_as in ('REFURBISH', 'RETURN_TO_VENDOR')
                and i.booked_at is null
            """)
                .bind("facility", facility.value())
                .bind("sku", sku.value())
                .mapTo(Integer.class)
                .one();
    }

    /** One lock for the place, and not for each SKU: of a bundle and its component one would miss the other. */
    static void lock(Handle handle, FacilityId facility) {
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended('held/' || :facility, 0))")
                .bind("facility", facility.value())
                .mapToMap()
                .list();
    }

    /** SKUs of which anything is held. */
    static List<Sku> skus(Handle handle, FacilityId facility) {
        return handle.createQuery("select sku from stock_balance where facility = :facility and held > 0 order by sku")
                .bind("facility", facility.value())
                .mapTo(String.class)
                .map(Sku::of)
                .list();
    }
}
