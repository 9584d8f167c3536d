package io.throughline.store.measure;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventDeliveries;
import io.throughline.domain.event.EventDeliveries.Lag;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.measure.Backlog;
import io.throughline.domain.measure.BusinessProcess;
import io.throughline.domain.measure.CaseLoad;
import io.throughline.domain.measure.FeedProgress;
import io.throughline.domain.measure.Workload;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What waits, in PostgreSQL: each look is answered from an index of what has not ended. */
public final class PostgresWorkload implements Workload {
    private final Transactions transactions;
    private final EventDeliveries deliveries;
    private final Clock clock;

    public PostgresWorkload(Transactions transactions, EventDeliveries deliveries, Clock clock) {
        this.transactions = transactions;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Override
    public List<Backlog> backlogs() {
        return Arrays.stream(BusinessProcess.values()).map(this::backlog).toList();
    }

    private Backlog backlog(BusinessProcess process) {
        return switch (process) {
            case MESSAGE_INTAKE -> read(process, """
                    select count(*) as waiting, min(m.received_at) as oldest
                    from inbox_message m join inbox_subject s on s.subject = m.subject
                    where m.state = 'PENDING' and not s.parked
                    """);
            case ORDERS -> read(process, """
                    select count(*) as waiting, min(received_at) as oldest from customer_order
                    where status not in ('COMPLETED', 'CANCELLED', 'REJECTED')
                    """);
            // What was adjusted waits for the end of its day.
            case POSTING -> read(process, """
                    select count(*) as waiting, min(stored_at) as oldest from journal
                    where status not in ('CONFIRMED', 'REVERSED') and status <> 'POSTED' and kind <> 'STOCK_ADJUSTMENT'
                    """);
            case REFUNDS -> read(process, """
                    select count(*) as waiting, min(stored_at) as oldest from journal
                    where status not in ('CONFIRMED', 'REVERSED') and kind = 'REVERSAL'
                    """);
            case RETURNS -> read(process, """
                    select count(*) as waiting, min(authorised_at) as oldest from goods_return where closed_at is null
                    """);
            case STORE_DAYS -> read(process, """
                    select count(*) as waiting, min(closed_at) as oldest from store_day_summary where settled_at is null
                    """);
            // Work that is begun and not heard of, and what was prepared and is not settled.
            case STOCK_PUBLICATION -> read(process, """
                    select count(*) as waiting, min(began) as oldest from (
                        select least(s.woken_at, t.made_at) as began
                        from stock_sync s left join stock_telling t on t.account = s.account) telling
                    where began is not null
                    """);
            case EVENT_DELIVERY -> undelivered();
        };
    }

    private Backlog read(BusinessProcess process, String statement) {
        return transactions.with(handle -> handle.createQuery(statement)
                .map((row, context) ->
                        new Backlog(process, row.getLong("waiting"), Columns.optionalInstant(row, "oldest")))
                .one());
    }

    private Backlog undelivered() {
        List<Instant> oldest = deliveries.lags().stream()
                .map(Lag::oldest)
                .flatMap(Optional::stream)
                .sorted(Comparator.naturalOrder())
                .toList();
        return new Backlog(
                BusinessProcess.EVENT_DELIVERY, oldest.size(), oldest.stream().findFirst());
    }

    @Override
    public List<CaseLoad> cases() {
        return transactions.with(handle -> handle.createQuery("""
                        select code, count(*) as open, count(*) filter (where due_at <= :now) as overdue,
                            min(opened_at) as oldest
                        from support_case where status <> 'CLOSED' group by code order by code
                        """)
                .bind("now", Columns.at(clock.instant()))
                .map((row, context) -> new CaseLoad(
                        FailureCode.valueOf(row.getString("code")),
                        row.getLong("open"),
                        row.getLong("overdue"),
                        Columns.instant(row, "oldest")))
                .list());
    }

    @Override
    public List<FeedProgress> feeds() {
        return transactions.with(handle -> handle.createQuery(
                        "select account, feed, complete_up_to from watermark order by account, feed")
                .map((row, context) -> new FeedProgress(
                        AccountId.of(row.getString("account")),
                        row.getString("feed"),
                        Columns.instant(row, "complete_up_to")))
                .list());
    }

    @Override
    public long deadLetters() {
        return transactions.with(PostgresWorkload::dead);
    }

    private static long dead(Handle handle) {
        return handle.createQuery("select count(*) from inbox_message where state = 'DEAD'")
                .mapTo(Long.class)
                .one();
    }
}
