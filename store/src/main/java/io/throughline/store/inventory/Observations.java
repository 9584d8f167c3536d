package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Verdict;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The rows of {@code stock_observation} and {@code stock_publication}. */
final class Observations {
    /**
     * The last level that a system told of a place is what it is compared by, however old; since its last count are added up the sales
     * of which an ERP doesn't know.
     */
    static final String FORGET_WORDS = """
            delete from stock_observation where id in (
                select o.id from stock_observation o
                where o.recorded_at < :before and (not o.absolute or exists (
                    select from stock_observation n
                    where n.source = o.source and n.sku = o.sku and n.facility = o.facility and n.measure = o.measure
                        and n.absolute and (n.observed_at, n.id) > (o.observed_at, o.id)
                        and (n.source_id like 'on-hand/%') = (o.source_id like 'on-hand/%')))
                limit :most for update of o skip locked)
            """;

    /** The last one is what the next version is counted from. */
    static final String FORGET_PUBLICATIONS = """
            delete from stock_publication p
            using (select o.account, o.sku, o.facility, o.measure, o.version from stock_publication o
                where o.published_at < :before and exists (
                    select from stock_publication n
                    where n.account = o.account and n.sku = o.sku and n.facility = o.facility and n.measure = o.measure
                        and n.version > o.version)
                limit :most for update of o skip locked) old
            where p.account = old.account and p.sku = old.sku and p.facility = old.facility
                and p.measure = old.measure and p.version = old.version
            """;

    private Observations() {}

    /** Keeps what a system says that doesn't move this stock. */
    static Booking keep(Handle handle, Movement movement, Instant now) {
        boolean first = handle.createUpdate("""
                        insert into stock_observation (source, source_id, version, sku, facility, measure, absolute,
                            units, observed_at, recorded_at, echo)
                        values (:source, :sourceId, :version, :sku, :facility, :measure, :absolute,
                            :units, :observedAt, :now, false)
                        on conflict (source, source_id, version) do nothing
                        """)
                        .bind("source", movement.source().system())
                        .bind("sourceId", movement.source().id())
                        .bind("version", movement.source().version())
                        .bind("sku", movement.sku().value())
                        .bind("facility", movement.facility().value())
                        .bind("measure", movement.measure())
                        .bind("absolute", movement.kind().absolute())
                        .bind("units", movement.quantity())
                        .bind("observedAt", Columns.at(movement.occurredAt()))
                        .bind("now", Columns.at(now))
                        .execute()
                == 1;
        return Booking.without(first ? Verdict.OBSERVED : Verdict.KNOWN);
    }

    /** What neither the ledger nor the observations know, in this version or a later one. */
    static Set<StockSource> unheard(Handle handle, Collection<StockSource> told) {
        List<StockSource> sources = List.copyOf(told);
        return handle.createQuery("""
                        select told.source, told.source_id, told.version
                        from unnest(cast(:sources as text[]), cast(:ids as text[]), cast(:versions as bigint[]))
                            as told (source, source_id, version)
                        where not exists (select from stock_movement m
                                where m.source = told.source and m.source_id = told.source_id and m.version >= told.version)
                            and not exists (select from stock_observation o
                                where o.source = told.source and o.source_id = told.source_id and o.version >= told.version)
                        """)
                .bindArray(
                        "sources",
                        String.class,
                        sources.stream().map(StockSource::system).toList())
                .bindArray(
                        "ids",
                        String.class,
                        sources.stream().map(StockSource::id).toList())
                .bindArray(
                        "versions",
                        Long.class,
                        sources.stream().map(StockSource::version).toList())
                .map((row, context) ->
                        new StockSource(row.getString("source"), row.getString("source_id"), row.getLong("version")))
                .set();
    }

    static long publish(
            Handle handle, AccountId account, FacilityId facility, Sku sku, Measure measure, int units, Instant now) {
        return handle.createQuery("""
                        insert into stock_publication (account, sku, facility, measure, version, units, published_at)
                        select :account, :sku, :facility, :measure, coalesce(max(version), 0) + 1, :units, :now
                        from stock_publication where account = :account and sku = :sku and facility = :facility
                            and measure = :measure
                        returning version
                        """)
                .bind("account", account.value())
                .bind("sku", sku.value())
                .bind("facility", facility.value())
                .bind("measure", measure)
                .bind("units", units)
                .bind("now", Columns.at(now))
                .mapTo(Long.class)
                .one();
    }

    /**
     * Units by SKU at one facility, each beside what others have sold and taken back there by their latest word. A count of the ERP's own
     * has seen what had left by then. What the ledger has adjusted and the ERP is still to be told is there as the ledger has it.
     */
    static void keepBooks(Handle handle, AccountId erp, FacilityId facility, Map<Sku, Integer> units, Instant now) {
        handle.createUpdate("""
                        with told as (
                            select * from unnest(cast(:skus as text[]), cast(:units as integer[])) as t (sku, units)),
                        counted as (
                            select t.sku, greatest(
                                (select max(m.occurred_at) from stock_movement m
                                    where m.sku = t.sku and m.facility = :facility and m.measure = 'ON_HAND'
                                        and m.source = :erp and m.kind = 'COUNT'),
                                (select max(o.observed_at) from stock_observation o
                                    where o.source = :erp and o.sku = t.sku and o.facility = :facility
                                        and o.measure = 'ON_HAND' and o.absolute
                                        and o.source_id not like 'on-hand/%')) as at
                            from told t),
                        sold as (
                            select l.sku, sum(l.stated) as units from (
                                select distinct on (m.sku, m.source, m.source_id) m.sku, m.stated, m.occurred_at
                                from stock_movement m join told t on t.sku = m.sku
                                where m.facility = :facility and m.measure = 'ON_HAND' and m.source <> :erp
                                    and m.kind in ('SALE', 'RETURN')
                                order by m.sku, m.source, m.source_id, m.version desc) l
                            join counted c on c.sku = l.sku and l.occurred_at >= coalesce(c.at, '-infinity')
                            group by l.sku),
                        on_its_way as (
                            select a.sku, sum(a.units) as units from (
                                select adjustment from stock_adjustment_waiting
                                where company = :erp and facility = :facility
                                union all
                                select t.adjustment from stock_adjustment_document d
                                join stock_adjustment_told t on t.document = d.reference
                                where d.company = :erp and d.facility = :facility and d.state in ('OPEN', 'NOT_SENT')) untold
                            join stock_adjustment a on a.number = untold.adjustment
                            join counted c on c.sku = a.sku and a.occurred_at >= coalesce(c.at, '-infinity')
                            group by a.sku),
                        there as (
                            select t.sku,
                                greatest(0, t.units + coalesce(s.units, 0) + coalesce(w.units, 0)) as units
                            from told t left join sold s on s.sku = t.sku left join on_its_way w on w.sku = t.sku)
                        insert into stock_observation (source, source_id, version, sku, facility, measure, absolute,
                            units, observed_at, recorded_at, echo)
                        select :erp, 'on-hand/' || :facility || '/' || sku, :version, sku, :facility, 'ON_HAND', true,
                            units, :now, :now, false
                        from there n
                        where units is distinct from (
                            select o.units from stock_observation o
                            where o.source = :erp and o.sku = n.sku and o.facility = :facility
                                and o.measure = 'ON_HAND' and o.absolute
                            order by o.observed_at desc, o.id desc limit 1)
                        on conflict (source, source_id, version) do nothing
                        """)
                .bindArray(
                        "skus",
                        String.class,
                        units.keySet().stream().map(Sku::value).toList())
                .bindArray("units", Integer.class, List.copyOf(units.values()))
                .bind("facility", facility.value())
                .bind("erp", erp.value())
                .bind("version", ChronoUnit.MICROS.between(Instant.EPOCH, now))
                .bind("now", Columns.at(now))
                .execute();
    }
}
