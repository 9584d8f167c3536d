package io.throughline.store.catalog;

import io.throughline.domain.catalog.Sku;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns of many rows, as PostgreSQL takes them in one statement. */
final class Skus {
    private Skus() {}

    static List<String> texts(Collection<Sku> skus) {
        return skus.stream().map(Sku::value).toList();
    }

    static <T> List<@Nullable String> column(List<T> rows, Function<T, @Nullable String> value) {
        List<@Nullable String> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }
}
