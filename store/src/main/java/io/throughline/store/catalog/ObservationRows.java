package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Product.Contradiction;
import io.throughline.domain.catalog.Sku;
import io.throughline.store.internal.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The rows of {@code product_observation}: what accounts say of what others own. */
final class ObservationRows {
    private ObservationRows() {}

    /** What one account says. */
    record Observed(Sku sku, Contradiction word) {}

    static Map<Sku, List<Contradiction>> of(Handle handle, Collection<Sku> skus) {
        Map<Sku, List<Contradiction>> found = new HashMap<>();
        handle.createQuery("""
            select sku, about, value, source, version, at from product_observation
            where sku = any(cast(:skus as text[])) order by sku, about, source
            """)
                .bindArray("skus", String.class, Skus.texts(skus))
                .map((row, context) -> new Observed(
                        Sku.of(row.getString("sku")),
                        new Contradiction(
                                row.getString("about"),
                                Columns.optionalText(row, "value"),
                                AccountId.of(row.getString("source")),
                                Columns.instant(row, "version"),
                                Columns.instant(row, "at"))))
                .forEach(seen -> found.computeIfAbsent(seen.sku(), sku -> new ArrayList<>())
                        .add(seen.word()));
        return found;
    }

    static void put(Handle handle, List<Observed> observed) {
        if (observed.isEmpty()) {
            return;
        }
        handle.createUpdate("""
            insert into product_observation (sku, about, value, source, version, at)
            select * from unnest(cast(:skus as text[]), cast(:abouts as text[]), cast(:values as text[]),
                cast(:sources as text[]), cast(:versions as timestamptz[]), cast(:ats as timestamptz[]))
            on conflict (sku, about, source) do update set value = excluded.value,
                version = excluded.version, at = excluded.at
            """)
                .bindArray(
                        "skus",
                        String.class,
                        Skus.column(observed, seen -> seen.sku().value()))
                .bindArray(
                        "abouts",
                        String.class,
                        Skus.column(observed, seen -> seen.word().about()))
                .bindArray(
                        "values",
                        String.class,
                        Skus.column(observed, seen -> seen.word().value().orElse(null)))
                .bindArray(
                        "sources",
                        String.class,
                        Skus.column(observed, seen -> seen.word().source().value()))
                .bindArray(
                        "versions",
                        String.class,
                        Skus.column(observed, seen -> seen.word().version().toString()))
                .bindArray(
                        "ats",
                        String.class,
                        Skus.column(observed, seen -> seen.word().at().toString()))
                .execute();
    }
}
