package io.throughline.store.reconciliation;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Instant;
import java.util.Optional;

/** Up to when each feed has been compared, in PostgreSQL. */
public final class PostgresWatermarks implements Watermarks {
    private final Transactions transactions;

    public PostgresWatermarks(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Instant> completeUpTo(AccountId account, String feed) {
        return transactions.with(handle -> handle.createQuery(
                        "select complete_up_to from watermark where account = :account and feed = :feed")
                .bind("account", account.value())
                .bind("feed", feed)
                .map((row, context) -> Columns.instant(row, "complete_up_to"))
                .findOne());
    }

    @Override
    public void advance(AccountId account, String feed, Instant completeUpTo) {
        transactions.with(handle -> handle.createUpdate("""
                        insert into watermark as w (account, feed, complete_up_to) values (:account, :feed, :upTo)
                        on conflict (account, feed) do update
                            set complete_up_to = greatest(w.complete_up_to, excluded.complete_up_to)
                        """)
                .bind("account", account.value())
                .bind("feed", feed)
                .bind("upTo", Columns.at(completeUpTo))
                .execute());
    }
}
