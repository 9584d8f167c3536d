package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inventory.StockReports.Report.Unplaced;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.UnplacedReports;
import io.throughline.domain.inventory.UnplacedThing;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What nobody can place yet, in PostgreSQL. A thing's case opens and closes with its first and last report. */
public final class PostgresUnplaced implements UnplacedReports {
    private static final String STEP = "stock.place";

    private final Transactions transactions;
    private final CaseWriter cases;
    private final Clock clock;

    public PostgresUnplaced(Transactions transactions, CaseWriter cases, Clock clock) {
        this.transactions = transactions;
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public void keep(AccountId account, Unplaced report) {
        transactions.run(handle -> {
            boolean first = handle.createUpdate("""
                            insert into stock_unplaced (account, source_id, version, thing, raw, told_at)
                            values (:account, :id, :version, :thing, :raw, :now)
                            on conflict (account, source_id, version) do nothing
                            """)
                            .bind("account", account.value())
                            .bind("id", report.source().id())
                            .bind("version", report.source().version())
                            .bind("thing", report.thing())
                            .bind("raw", report.raw())
                            .bind("now", Columns.at(clock.instant()))
                            .execute()
                    == 1;
            if (first) {
                cases.open(
                        handle,
                        account,
                        new UnplacedThing(account, report.thing()).toString(),
                        STEP,
                        FailureCode.STOCK_UNPLACED,
                        account + " tells of stock of " + report.thing() + ", which nobody here knows");
            }
        });
    }

    @Override
    public List<Unplaced> oldest(AccountId account) {
        return transactions.with(handle -> handle.createQuery("""
                        select distinct on (thing) account, source_id, version, thing, raw from stock_unplaced
                        where account = :account and not settled order by thing, id
                        """)
                .bind("account", account.value())
                .map((row, context) -> report(row))
                .list());
    }

    @Override
    public List<Unplaced> about(AccountId account, String thing) {
        return transactions.with(handle -> handle.createQuery("""
                        select account, source_id, version, thing, raw from stock_unplaced
                        where account = :account and thing = :thing and not settled order by id
                        """)
                .bind("account", account.value())
                .bind("thing", thing)
                .map((row, context) -> report(row))
                .list());
    }

    private static Unplaced report(ResultSet row) throws SQLException {
        return new Unplaced(
                new StockSource(row.getString("account"), row.getString("source_id"), row.getLong("version")),
                row.getString("thing"),
                row.getString("raw"));
    }

    @Override
    public void placed(AccountId account, Unplaced report) {
        transactions.run(handle -> {
            handle.createUpdate("""
                            update stock_unplaced set settled = true
                            where account = :account and source_id = :id and version = :version
                            """)
                    .bind("account", account.value())
                    .bind("id", report.source().id())
                    .bind("version", report.source().version())
                    .execute();
            boolean more = handle.createQuery("""
                            select exists (select from stock_unplaced
                                where account = :account and thing = :thing and not settled)
                            """)
                    .bind("account", account.value())
                    .bind("thing", report.thing())
                    .mapTo(Boolean.class)
                    .one();
            if (!more) {
                close(handle, account, report.thing(), "it is known now, and what was told of it is taken in");
            }
        });
    }

    @Override
    public void giveUp(AccountId account, String thing) {
        transactions.run(handle -> {
            int given = handle.createUpdate("""
                            update stock_unplaced set settled = true
                            where account = :account and thing = :thing and not settled
                            """)
                    .bind("account", account.value())
                    .bind("thing", thing)
                    .execute();
            close(handle, account, thing, given + " reports are given up");
        });
    }

    private void close(Handle handle, AccountId account, String thing, String outcome) {
        CaseRows.current(handle, new UnplacedThing(account, thing).toString(), STEP)
                .ifPresent(open -> cases.close(handle, open.id(), outcome));
    }
}
