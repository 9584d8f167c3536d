package io.throughline.store.account;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemHealth;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.util.Collection;
import java.util.List;

/**
 * Reads from effects, inbox and watermarks how systems are doing; each number from an index, so that it costs little at any size. What was heard
 * last is looked for in the order of accounts: of one that was never heard of, by number alone, all messages of the others would be read.
 */
public final class PostgresSystemHealth implements SystemHealth {
    private final Transactions transactions;

    public PostgresSystemHealth(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Health> of(Collection<AccountId> accounts) {
        return transactions.with(handle -> handle.createQuery("""
            select a.account,
                (select max(changed_at) from effect e where e.account = a.account and e.state = 'SUCCEEDED')
                    as last_success,
                (select case when m.account = a.account then m.received_at end from inbox_message m
                    where (m.account, m.id) <= (a.account, :last)
                    order by m.account desc, m.id desc limit 1) as last_heard,
                (select count(*) from effect e where e.account = a.account
                    and e.state in ('PENDING', 'LEASED') and e.first_failed_at is null) as queued,
                (select count(*) from effect e where e.account = a.account and e.state = 'PENDING'
                    and e.first_failed_at is not null) as failing,
                (select count(*) from effect e where e.account = a.account and e.state = 'PENDING'
                    and e.first_failed_at is not null and e.code = 'RATE_LIMITED') as throttled,
                (select count(*) from effect e where e.account = a.account and e.state = 'UNKNOWN') as unknown,
                (select count(*) from effect e where e.account = a.account and e.state = 'REFUSED') as refused,
                (select count(*) from inbox_message m where m.account = a.account and m.state = 'PENDING')
                    as waiting,
                (select count(*) from inbox_message m where m.account = a.account and m.state = 'DEAD') as dead,
                (select min(complete_up_to) from watermark w where w.account = a.account) as complete
            from unnest(cast(:accounts as text[])) with ordinality as a (account, ordinal)
            order by a.ordinal
            """)
                .bind("last", Long.MAX_VALUE)
                .bindArray(
                        "accounts",
                        String.class,
                        accounts.stream().map(AccountId::value).toList())
                .map((row, context) -> new Health(
                        AccountId.of(row.getString("account")),
                        Columns.optionalInstant(row, "last_success"),
                        Columns.optionalInstant(row, "last_heard"),
                        row.getInt("queued"),
                        row.getInt("failing"),
                        row.getInt("throttled"),
                        row.getInt("unknown"),
                        row.getInt("refused"),
                        row.getInt("waiting"),
                        row.getInt("dead"),
                        Columns.optionalInstant(row, "complete")))
                .list());
    }
}
