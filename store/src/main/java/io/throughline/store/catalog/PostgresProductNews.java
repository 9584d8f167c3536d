package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.ProductNews;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.SystemOfRecord;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** News of products, in PostgreSQL: one row for each product that is to be read. */
public final class PostgresProductNews implements ProductNews {
    /** An export may be a second older than its sync, and a message some time on its way. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final TraceWriter trace;
    private final SystemOfRecord owners;
    private final Clock clock;

    public PostgresProductNews(Transactions transactions, TraceWriter trace, SystemOfRecord owners, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.owners = owners;
        this.clock = clock;
    }

    @Override
    public void heard(AccountId account, String product) {
        transactions.run(handle -> handle.createUpdate("""
                        insert into product_news (account, product, heard_at, last_heard_at)
                        values (:account, :product, :now, :now)
                        on conflict (account, product) do update
                        set told = product_news.told + 1, last_heard_at = excluded.last_heard_at, tries = 0
                        """)
                .bind("account", account.value())
                .bind("product", product)
                .bind("now", Columns.at(clock.instant()))
                .execute());
    }

    @Override
    public void gone(AccountId account, String product) {
        transactions.run(handle -> handle.createUpdate(
                        "delete from product_news where account = :account and product = :product")
                .bind("account", account.value())
                .bind("product", product)
                .execute());
    }

    @Override
    public List<News> next(AccountId account, int atMost) {
        return transactions.with(handle -> handle.createQuery("""
                        select product, told from product_news where account = :account
                        order by tries, heard_at, product limit :limit
                        """)
                .bind("account", account.value())
                .bind("limit", atMost)
                .map((row, context) -> new News(account, row.getString("product"), row.getLong("told")))
                .list());
    }

    @Override
    public void take(News read, List<ProductRecord> products) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        transactions.run(handle -> {
            handle.createUpdate(
                            "delete from product_news where account = :account and product = :product and told = :told")
                    .bind("account", read.account().value())
                    .bind("product", read.product())
                    .bind("told", read.told())
                    .execute();
            new PageIntake(owners, read.account(), now).take(handle, products, trace);
        });
    }

    @Override
    public void putOff(News unread) {
        transactions.run(handle -> handle.createUpdate(
                        "update product_news set tries = tries + 1 where account = :account and product = :product")
                .bind("account", unread.account().value())
                .bind("product", unread.product())
                .execute());
    }

    /** A sync that began so late has read all that was told before. */
    static void forgetBefore(Handle handle, AccountId account, Instant syncBegan) {
        handle.createUpdate("delete from product_news where account = :account and last_heard_at < :before")
                .bind("account", account.value())
                .bind("before", Columns.at(syncBegan.minus(MARGIN)))
                .execute();
    }
}
