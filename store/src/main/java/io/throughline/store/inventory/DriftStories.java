package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.DriftHistories;
import io.throughline.domain.inventory.DriftHistories.Moved;
import io.throughline.domain.inventory.DriftHistories.Told;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What the ledger and others have told of a place, the newest first. Of a bundle the ledger has what has moved of its parts. */
final class DriftStories {
    private static final int LONGEST = 20;

    private final Function<Sku, Collection<Sku>> parts;

    /** {@code parts}: of a SKU that is no bundle, that one. */
    DriftStories(Function<Sku, Collection<Sku>> parts) {
        this.parts = parts;
    }

    /** Where nothing is a bundle. */
    static DriftStories plain() {
        return new DriftStories(List::of);
    }

    String story(Handle handle, Discrepancy apart) {
        StockSubject place = apart.place();
        Instant since = since(handle, apart.system(), place, apart.measure()).orElse(Instant.EPOCH);
        return DriftHistories.STORY_BEGINS + since + ": "
                + orNothing(moved(handle, place, apart.measure(), since).stream()
                        .map(DriftStories::words)
                        .collect(Collectors.joining("; ")))
                + ". " + apart.system() + " since then: "
                + orNothing(told(handle, apart.system(), place, apart.measure(), since).stream()
                        .map(DriftStories::words)
                        .collect(Collectors.joining("; ")))
                + ".";
    }

    private static String orNothing(String told) {
        return told.isEmpty() ? "nothing" : told;
    }

    private static String words(Moved moved) {
        return "%s %+d %s/%s at %s"
                .formatted(
                        moved.kind(),
                        moved.units(),
                        moved.source(),
                        moved.sourceId(),
                        moved.at().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String words(Told told) {
        return told.units() + (told.absolute() ? " there " : " moved ") + told.sourceId() + " at "
                + told.at().truncatedTo(ChronoUnit.SECONDS);
    }

    /** When both last agreed; where the system was told again and again, when it was so first: it may have agreed each time. */
    Optional<Instant> since(Handle handle, String source, StockSubject place, Measure measure) {
        Optional<Instant> agreed = agreed(handle, source, place, measure);
        Optional<Instant> first =
                measure == Measure.ON_HAND ? ToldAgain.first(handle, source, place) : Optional.empty();
        return agreed.flatMap(at -> first.filter(at::isAfter)).or(() -> agreed);
    }

    /** When the ledger's net was last what had just been told. Nobody keeps how many bundles there were. */
    private Optional<Instant> agreed(Handle handle, String source, StockSubject place, Measure measure) {
        if (!parts.apply(place.sku()).contains(place.sku())) {
            return Optional.empty();
        }
        return ToldWords.at(handle.createQuery("""
                        select max(o.recorded_at) as agreed
                        from stock_observation o
                        where o.source = :source and o.absolute and %s
                            and o.units = greatest(0, coalesce((
                                select m.net from stock_movement m
                                where m.sku = o.sku and m.facility = o.facility and m.measure = o.measure
                                    and m.recorded_at <= o.recorded_at
                                order by m.ordinal desc limit 1), 0))
                        """.formatted(ToldWords.HERE)), place, measure)
                .bind("source", source)
                .map((row, context) -> Columns.optionalInstant(row, "agreed"))
                .one();
    }

    List<Moved> moved(Handle handle, StockSubject place, Measure measure, Instant after) {
        return handle.createQuery("""
                        select last.* from unnest(cast(:skus as text[])) as part (sku) cross join lateral (
                            select m.kind, m.sku, m.quantity, m.net, m.source, m.source_id, m.occurred_at, m.recorded_at,
                                m.ordinal
                            from stock_movement m
                            where m.sku = part.sku and m.facility = :facility and m.measure = :measure
                                and m.recorded_at > :after
                            order by m.ordinal desc limit :most) last
                        order by last.recorded_at desc, last.ordinal desc limit :most
                        """)
                .bindArray(
                        "skus",
                        String.class,
                        parts.apply(place.sku()).stream().map(Sku::value).toList())
                .bind("facility", place.facility().value())
                .bind("measure", measure)
                .bind("after", Columns.at(after))
                .bind("most", LONGEST)
                .map((row, context) -> new Moved(
                        Columns.instant(row, "occurred_at"),
                        Movement.Kind.valueOf(row.getString("kind")),
                        row.getString("sku"),
                        row.getInt("quantity"),
                        row.getInt("net"),
                        row.getString("source"),
                        row.getString("source_id")))
                .list();
    }

    List<Told> told(Handle handle, String source, StockSubject place, Measure measure, Instant after) {
        return ToldWords.at(handle.createQuery("""
                        select absolute, units, echo, source_id, observed_at
                        from stock_observation where source = :source and %s and recorded_at > :after
                        order by id desc limit :most
                        """.formatted(ToldWords.HERE)), place, measure)
                .bind("source", source)
                .bind("after", Columns.at(after))
                .bind("most", LONGEST)
                .map((row, context) -> new Told(
                        Columns.instant(row, "observed_at"),
                        row.getBoolean("absolute"),
                        row.getInt("units"),
                        row.getBoolean("echo"),
                        row.getString("source_id")))
                .list();
    }
}
