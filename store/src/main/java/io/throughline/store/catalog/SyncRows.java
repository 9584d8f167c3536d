package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.CatalogSync;
import io.throughline.store.internal.Columns;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code catalog_sync}. */
final class SyncRows {
    private SyncRows() {}

    static Optional<CatalogSync> find(Handle handle, AccountId account) {
        return select(handle, account, "");
    }

    static Optional<CatalogSync> locked(Handle handle, AccountId account) {
        return select(handle, account, "for no key update");
    }

    private static Optional<CatalogSync> select(Handle handle, AccountId account, String lock) {
        return handle.createQuery("select * from catalog_sync where account = :account " + lock)
                .bind("account", account.value())
                .map((row, context) -> new CatalogSync(
                        AccountId.of(row.getString("account")),
                        Columns.instant(row, "started_at"),
                        Columns.optionalText(row, "export"),
                        Columns.optionalText(row, "cursor"),
                        row.getLong("read"),
                        row.getLong("size"),
                        new CatalogSync.Tally(
                                row.getInt("products"),
                                row.getInt("changed"),
                                row.getInt("refused"),
                                row.getInt("unusable")),
                        Columns.optionalInstant(row, "finished_at")))
                .findOne();
    }

    static CatalogSync put(Handle handle, CatalogSync sync) {
        handle.createUpdate("""
            insert into catalog_sync (account, started_at, export, cursor, read, size, products, changed, refused,
                unusable, finished_at)
            values (:account, :startedAt, :export, :cursor, :read, :size, :products, :changed, :refused,
                :unusable, :finishedAt)
            on conflict (account) do update set started_at = excluded.started_at, export = excluded.export,
                cursor = excluded.cursor, read = excluded.read, size = excluded.size,
                products = excluded.products, changed = excluded.changed, refused = excluded.refused,
                unusable = excluded.unusable, finished_at = excluded.finished_at
            """)
                .bind("account", sync.account().value())
                .bind("startedAt", Columns.at(sync.startedAt()))
                .bind("export", sync.export().orElse(null))
                .bind("cursor", sync.cursor().orElse(null))
                .bind("read", sync.read())
                .bind("size", sync.size())
                .bind("products", sync.tally().products())
                .bind("changed", sync.tally().changed())
                .bind("refused", sync.tally().refused())
                .bind("unusable", sync.tally().unusable())
                .bind("finishedAt", Columns.at(sync.finishedAt()))
                .execute();
        return sync;
    }
}
