package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.Product.Known;
import io.throughline.domain.catalog.Sku;
import io.throughline.store.internal.Columns;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The rows of {@code product_attribute}. */
final class AttributeRows {
    private AttributeRows() {}

    /** One attribute of one product. */
    record Cell(Sku sku, Known known) {}

    static Map<Sku, Map<Attribute, Known>> of(Handle handle, Collection<Sku> skus) {
        Map<Sku, Map<Attribute, Known>> found = new HashMap<>();
        handle.createQuery("""
            select sku, attribute, value, source, version, at from product_attribute
            where sku = any(cast(:skus as text[])) order by sku, attribute
            """)
                .bindArray("skus", String.class, Skus.texts(skus))
                .map((row, context) -> new Cell(
                        Sku.of(row.getString("sku")),
                        new Known(
                                Attribute.valueOf(row.getString("attribute")),
                                Columns.optionalText(row, "value"),
                                AccountId.of(row.getString("source")),
                                Columns.instant(row, "version"),
                                Columns.instant(row, "at"))))
                .forEach(cell -> found.computeIfAbsent(cell.sku(), sku -> new EnumMap<>(Attribute.class))
                        .put(cell.known().attribute(), cell.known()));
        return found;
    }

    static void put(Handle handle, List<Cell> cells) {
        if (cells.isEmpty()) {
            return;
        }
        handle.createUpdate("""
            insert into product_attribute (sku, attribute, value, source, version, at)
            select * from unnest(cast(:skus as text[]), cast(:attributes as text[]), cast(:values as text[]),
                cast(:sources as text[]), cast(:versions as timestamptz[]), cast(:ats as timestamptz[]))
            on conflict (sku, attribute) do update set value = excluded.value, source = excluded.source,
                version = excluded.version, at = excluded.at
            """)
                .bindArray(
                        "skus",
                        String.class,
                        Skus.column(cells, cell -> cell.sku().value()))
                .bindArray(
                        "attributes",
                        String.class,
                        Skus.column(cells, cell -> cell.known().attribute().name()))
                .bindArray(
                        "values",
                        String.class,
                        Skus.column(cells, cell -> cell.known().value().orElse(null)))
                .bindArray(
                        "sources",
                        String.class,
                        Skus.column(cells, cell -> cell.known().source().value()))
                .bindArray(
                        "versions",
                        String.class,
                        Skus.column(cells, cell -> cell.known().version().toString()))
                .bindArray(
                        "ats",
                        String.class,
                        Skus.column(cells, cell -> cell.known().at().toString()))
                .execute();
    }
}
