package io.throughline.store.reconciliation;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.reconciliation.Repairs;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Instant;
import java.util.List;

/** Reads from the inbox what comparisons have handed to it. */
public final class PostgresRepairs implements Repairs {
    private final Transactions transactions;

    public PostgresRepairs(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Repair> since(AccountId account, Instant since, int limit) {
        return transactions.with(handle -> handle.createQuery("""
                        select subject, topic, received_at, state = 'DONE' as handled from inbox_message
                        where account = :account and topic = any(cast(:topics as text[])) and received_at >= :since
                        order by id desc limit :limit
                        """)
                .bind("account", account.value())
                .bindArray("topics", String.class, TOPICS)
                .bind("since", Columns.at(since))
                .bind("limit", limit)
                .map((row, context) -> new Repair(
                        row.getString("subject"),
                        row.getString("topic"),
                        Columns.instant(row, "received_at"),
                        row.getBoolean("handled")))
                .list());
    }

    @Override
    public Count count(AccountId account, Instant since) {
        return transactions.with(handle -> handle.createQuery("""
                        select count(*) as found, count(*) filter (where state = 'DONE') as handled from inbox_message
                        where account = :account and topic = any(cast(:topics as text[])) and received_at >= :since
                        """)
                .bind("account", account.value())
                .bindArray("topics", String.class, TOPICS)
                .bind("since", Columns.at(since))
                .map((row, context) -> new Count(row.getInt("found"), row.getInt("handled")))
                .one());
    }
}
