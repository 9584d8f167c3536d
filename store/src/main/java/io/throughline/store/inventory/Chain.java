package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The rows of {@code stock_movement} of one cell, as far as one statement about it needs them: the end of the chain, the absolute
 * statement in force, and what the statement's own source said before. Read under the lock of the cell's balance.
 */
record Chain(Cell cell, long ordinal, long net, Optional<Stated> count, Optional<Stated> before) {
    private static final String SUPERSEDED = """
            exists (select 1 from stock_movement n
                where n.source = m.source and n.source_id = m.source_id and n.corrects = m.version)
            """;
    private static final String HERE = "m.sku = :sku and m.facility = :facility and m.measure = :measure";

    static Chain of(Handle handle, Cell cell, StockSource source) {
        return at(handle.createQuery("""
                        select coalesce(head.ordinal, 0) as ordinal, coalesce(head.net, 0) as net,
                            counted.source as c_source, counted.source_id as c_source_id, counted.version as c_version,
                            counted.sku as c_sku, counted.facility as c_facility, counted.measure as c_measure,
                            counted.kind as c_kind, counted.stated as c_stated, counted.occurred_at as c_occurred_at,
                            latest.source as l_source, latest.source_id as l_source_id, latest.version as l_version,
                            latest.sku as l_sku, latest.facility as l_facility, latest.measure as l_measure,
                            latest.kind as l_kind, latest.stated as l_stated, latest.occurred_at as l_occurred_at
                        from (select 1) one
                        left join lateral (select m.ordinal, m.net from stock_movement m
                            where %1$s order by m.ordinal desc limit 1) head on true
                        left join lateral (select m.* from stock_movement m
                            where %1$s and m.kind in ('OPENING', 'COUNT') and m.part = 0
                                and (m.source <> :source or m.source_id <> :sourceId) and not %2$s
                            order by m.occurred_at desc, m.source collate "C" desc, m.source_id collate "C" desc
                            limit 1) counted on true
                        left join lateral (select m.* from stock_movement m
                            where m.source = :source and m.source_id = :sourceId and m.part = 0
                            order by m.corrects desc limit 1) latest on true
                        """.formatted(HERE, SUPERSEDED)), cell)
                .bind("source", source.system())
                .bind("sourceId", source.id())
                .map((row, context) -> new Chain(
                        cell, row.getLong("ordinal"), row.getLong("net"), stated(row, "c_"), stated(row, "l_")))
                .one();
    }

    /** The place of which the latest version so far speaks. */
    static Optional<Place> placeBefore(Handle handle, StockSource source) {
        return handle.createQuery("""
                        select sku, facility from stock_movement
                        where source = :source and source_id = :sourceId and part = 0 order by corrects desc limit 1
                        """)
                .bind("source", source.system())
                .bind("sourceId", source.id())
                .map((row, context) ->
                        new Place(Sku.of(row.getString("sku")), new FacilityId(row.getString("facility"))))
                .findOne();
    }

    /** Whether anybody had told of stock there before that link. */
    static boolean isBegun(Handle handle, Cell cell, long ordinal) {
        return at(handle.createQuery("""
                        select exists (select from stock_movement m
                            where %s and m.ordinal < :ordinal and (m.kind in ('OPENING', 'COUNT') or m.stated > 0))
                        """.formatted(HERE)), cell)
                .bind("ordinal", ordinal)
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether stock there begins with a count of a later instant: that has seen what occurred before, and has lost nothing by it. */
    static boolean isBegunAfter(Handle handle, Cell cell, Instant instant) {
        return at(handle.createQuery("""
                        select coalesce((
                            select m.kind in ('OPENING', 'COUNT') and m.occurred_at > :instant from stock_movement m
                            where %s and (m.kind in ('OPENING', 'COUNT') or m.stated > 0)
                            order by m.ordinal limit 1), false)
                        """.formatted(HERE)), cell)
                .bind("instant", Columns.at(instant))
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * The net that follows when the source says {@code now} (nothing: it doesn't speak of this cell any more) instead of {@code was}.
     * Without absolute statements in play it is a plain difference; with them, everything since the one in force is added up.
     */
    long netWith(Handle handle, StockSource source, Optional<Stated> was, Optional<Stated> now) {
        if (was.filter(Stated::absolute).isEmpty()
                && now.filter(Stated::absolute).isEmpty()) {
            return net - counting(was) + counting(now);
        }
        Optional<Stated> inForce = inForce(now);
        return inForce.map(Stated::units).orElse(0)
                + since(handle, source, inForce.map(Stated::occurredAt))
                + counting(now.filter(stated -> !stated.absolute()));
    }

    /** Whether a later absolute statement tells already what this one says. */
    boolean covers(Stated stated) {
        return stated.absolute()
                ? count.filter(other -> other.compareTo(stated) > 0).isPresent()
                : count.filter(other -> stated.occurredAt().isBefore(other.occurredAt()))
                        .isPresent();
    }

    private long counting(Optional<Stated> stated) {
        return stated.filter(there -> !covers(there)).map(Stated::units).orElse(0);
    }

    private Optional<Stated> inForce(Optional<Stated> now) {
        Optional<Stated> mine = now.filter(Stated::absolute);
        return mine.filter(stated -> !covers(stated)).or(() -> count);
    }

    private long since(Handle handle, StockSource source, Optional<Instant> from) {
        return at(handle.createQuery("""
                        select coalesce(sum(m.stated), 0) from stock_movement m
                        where %s and m.part = 0 and m.kind not in ('OPENING', 'COUNT')
                            and m.occurred_at >= coalesce(cast(:from as timestamptz), '-infinity')
                            and (m.source <> :source or m.source_id <> :sourceId) and not %s
                        """.formatted(HERE, SUPERSEDED)), cell)
                .bind("from", Columns.at(from))
                .bind("source", source.system())
                .bind("sourceId", source.id())
                .mapTo(Long.class)
                .one();
    }

    private static <S extends SqlStatement<S>> S at(S statement, Cell cell) {
        return statement
                .bind("sku", cell.place().sku().value())
                .bind("facility", cell.place().facility().value())
                .bind("measure", cell.measure());
    }

    static Optional<Stated> stated(ResultSet row, String prefix) throws SQLException {
        String system = row.getString(prefix + "source");
        if (system == null) {
            return Optional.empty();
        }
        return Optional.of(new Stated(
                new StockSource(system, row.getString(prefix + "source_id"), row.getLong(prefix + "version")),
                new Cell(
                        new Place(
                                Sku.of(row.getString(prefix + "sku")),
                                new FacilityId(row.getString(prefix + "facility"))),
                        Measure.valueOf(row.getString(prefix + "measure"))),
                Movement.Kind.valueOf(row.getString(prefix + "kind")),
                row.getInt(prefix + "stated"),
                Columns.instant(row, prefix + "occurred_at")));
    }
}
