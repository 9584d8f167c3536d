package io.throughline.store.inventory;

import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Verdict;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** A page of levels as a system tells them, kept with one statement. */
final class ToldLevels {
    /** Versions of publications count from one. */
    private static final long NONE = 0;

    private ToldLevels() {}

    /** {@code moves}: it is booked as a count, unless it is our own publication. */
    record Told(Level level, boolean moves) {}

    /** {@code counts}: it is still to be booked, and what is kept says nothing. */
    record Kept(boolean counts, Booking booking) {}

    /**
     * Cuts a page, by the positions of its levels, so that no part tells twice of one cell or under one name: what is said of a cell first
     * decides what the next word about it is taken for. One part, but for pages that repeat themselves.
     */
    static List<List<Integer>> waves(List<Level> levels) {
        List<List<Integer>> waves = new ArrayList<>();
        Map<Object, Integer> next = new HashMap<>();
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            Subject subject = new Subject(level.source().system(), cell(level));
            int wave = Math.max(next.getOrDefault(subject, 0), next.getOrDefault(level.source(), 0));
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(i);
            next.put(subject, wave + 1);
            next.put(level.source(), wave + 1);
        }
        return waves;
    }

    private record Subject(String system, Cell cell) {}

    private static Cell cell(Level level) {
        return new Cell(new Place(level.sku(), level.facility()), level.measure());
    }

    /**
     * Finds out which of them are publications of ours that have come back, and remembers that: told as the version that the system gives
     * back, or else no earlier than what has come back before. Keeps these, and those that don't move stock.
     */
    static List<Kept> keep(Handle handle, List<Told> told, Instant now) {
        Kept[] kept = new Kept[told.size()];
        handle.createQuery("""
                        with told as (
                            select * from unnest(cast(:sources as text[]), cast(:ids as text[]), cast(:versions as bigint[]),
                                cast(:skus as text[]), cast(:facilities as text[]), cast(:measures as text[]),
                                cast(:units as integer[]), cast(:observed as timestamptz[]),
                                cast(:publications as bigint[]), cast(:moves as boolean[]))
                                with ordinality as t (source, source_id, version, sku, facility, measure, units,
                                    observed_at, publication, moves, n)),
                        echoed as (
                            update stock_publication p set echoed_at = coalesce(p.echoed_at, :now)
                            from told t
                            where p.account = t.source and p.sku = t.sku and p.facility = t.facility
                                and p.measure = t.measure and p.units = t.units and p.published_at <= t.observed_at
                                -- What it has told of its own since then is the truth there, also if it comes to our number again.
                                and not exists (select 1 from stock_movement m
                                    where m.sku = p.sku and m.facility = p.facility and m.measure = p.measure
                                        and m.source = p.account and m.kind = 'COUNT'
                                        and m.occurred_at > p.published_at and m.occurred_at <= t.observed_at)
                                and p.version = coalesce(nullif(t.publication, 0), (
                                    select max(c.version) from stock_publication c
                                    where c.account = p.account and c.sku = p.sku and c.facility = p.facility
                                        and c.measure = p.measure and c.units = p.units
                                        and c.published_at <= t.observed_at
                                        and c.version >= coalesce((
                                            select max(e.version) from stock_publication e
                                            where e.account = p.account and e.sku = p.sku and e.facility = p.facility
                                                and e.measure = p.measure and e.echoed_at is not null), 0)))
                            returning t.n),
                        kept as (
                            insert into stock_observation (source, source_id, version, sku, facility, measure, absolute,
                                units, observed_at, recorded_at, echo)
                            select t.source, t.source_id, t.version, t.sku, t.facility, t.measure, true,
                                t.units, t.observed_at, :now, e.n is not null
                            from told t left join echoed e on e.n = t.n
                            where e.n is not null or not t.moves
                            order by t.n
                            on conflict (source, source_id, version) do nothing
                            returning source, source_id, version)
                        select t.n, e.n is not null as echo, k.source is not null as first
                        from told t
                        left join echoed e on e.n = t.n
                        left join kept k on k.source = t.source and k.source_id = t.source_id and k.version = t.version
                        """)
                .bindArray(
                        "sources",
                        String.class,
                        each(told, level -> level.source().system()))
                .bindArray(
                        "ids", String.class, each(told, level -> level.source().id()))
                .bindArray(
                        "versions",
                        Long.class,
                        each(told, level -> level.source().version()))
                .bindArray("skus", String.class, each(told, level -> level.sku().value()))
                .bindArray(
                        "facilities",
                        String.class,
                        each(told, level -> level.facility().value()))
                .bindArray(
                        "measures",
                        String.class,
                        each(told, level -> level.measure().name()))
                .bindArray("units", Integer.class, each(told, Level::units))
                .bindArray(
                        "observed",
                        String.class,
                        each(told, level -> Columns.at(level.observedAt()).toString()))
                .bindArray(
                        "publications",
                        Long.class,
                        each(told, level -> level.publication().orElse(NONE)))
                .bindArray(
                        "moves", Boolean.class, told.stream().map(Told::moves).toList())
                .bind("now", Columns.at(now))
                .map((row, context) ->
                        new Verdicts(row.getInt("n") - 1, row.getBoolean("echo"), row.getBoolean("first")))
                .forEach(row -> kept[row.index()] = row.of(told.get(row.index())));
        return List.of(kept);
    }

    private record Verdicts(int index, boolean echo, boolean first) {
        Kept of(Told told) {
            return new Kept(
                    told.moves() && !echo,
                    Booking.without(first ? (echo ? Verdict.ECHO : Verdict.OBSERVED) : Verdict.KNOWN));
        }
    }

    private static <T> List<T> each(List<Told> told, Function<Level, T> part) {
        return told.stream().map(Told::level).map(part).toList();
    }
}
