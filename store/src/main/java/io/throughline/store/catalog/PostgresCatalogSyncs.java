package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.catalog.CatalogSync;
import io.throughline.domain.catalog.CatalogSync.Tally;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.catalog.SystemOfRecord;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes catalogues in, in PostgreSQL. */
public final class PostgresCatalogSyncs implements CatalogSyncs {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final SystemOfRecord owners;
    private final Clock clock;

    public PostgresCatalogSyncs(Transactions transactions, TraceWriter trace, SystemOfRecord owners, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.owners = owners;
        this.clock = clock;
    }

    @Override
    public CatalogSync begin(AccountId account) {
        return transactions.in(handle -> SyncRows.locked(handle, account)
                .filter(sync -> !sync.finished())
                .orElseGet(() -> SyncRows.put(handle, anew(account))));
    }

    private CatalogSync anew(AccountId account) {
        return new CatalogSync(account, now(), Optional.empty(), Optional.empty(), 0, 0, Tally.NONE, Optional.empty());
    }

    @Override
    public CatalogSync exported(AccountId account, String export) {
        return transactions.in(handle -> {
            CatalogSync sync = underWay(handle, account);
            return SyncRows.put(
                    handle,
                    new CatalogSync(
                            account,
                            sync.startedAt(),
                            Optional.of(export),
                            Optional.empty(),
                            0,
                            0,
                            sync.tally(),
                            Optional.empty()));
        });
    }

    @Override
    public CatalogSync take(CatalogSync before, CatalogSource.Page page, long size) {
        return transactions.in(handle -> {
            CatalogSync current = underWay(handle, before.account());
            if (!current.export().equals(before.export())
                    || !current.cursor().equals(before.cursor())
                    || current.read() != before.read()) {
                return current;
            }
            Tally tally = new PageIntake(owners, before.account(), now())
                    .take(handle, page.products(), trace)
                    .plus(new Tally(0, 0, 0, page.unusable()));
            return SyncRows.put(
                    handle,
                    new CatalogSync(
                            current.account(),
                            current.startedAt(),
                            current.export(),
                            page.next(),
                            page.read(),
                            size,
                            current.tally().plus(tally),
                            Optional.empty()));
        });
    }

    @Override
    public void startOver(AccountId account, String reason) {
        transactions.run(handle -> {
            SyncRows.put(handle, anew(account));
            trace.append(handle, subject(account), "catalog.lost", "the export is lost: " + reason, Map.of());
        });
    }

    @Override
    public CatalogSync finish(AccountId account) {
        return transactions.in(handle -> {
            CatalogSync sync = underWay(handle, account);
            if (sync.finished()) {
                return sync;
            }
            CatalogSync finished = SyncRows.put(
                    handle,
                    new CatalogSync(
                            account,
                            sync.startedAt(),
                            sync.export(),
                            Optional.empty(),
                            sync.read(),
                            sync.size(),
                            sync.tally(),
                            Optional.of(now())));
            PostgresProductNews.forgetBefore(handle, account, sync.startedAt());
            Tally tally = sync.tally();
            trace.append(
                    handle,
                    subject(account),
                    "catalog.synced",
                    tally.products() + " products of " + account + " taken in",
                    Map.of(
                            "products", Integer.toString(tally.products()),
                            "changed", Integer.toString(tally.changed()),
                            "refused", Integer.toString(tally.refused()),
                            "unusable", Integer.toString(tally.unusable())));
            return finished;
        });
    }

    @Override
    public Optional<CatalogSync> latest(AccountId account) {
        return transactions.with(handle -> SyncRows.find(handle, account));
    }

    private static CatalogSync underWay(Handle handle, AccountId account) {
        return SyncRows.locked(handle, account)
                .orElseThrow(() -> new IllegalStateException("no catalogue of " + account + " is being taken in"));
    }

    private static String subject(AccountId account) {
        return "catalog/" + account;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
