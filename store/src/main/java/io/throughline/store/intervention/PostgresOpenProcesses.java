package io.throughline.store.intervention;

import io.throughline.domain.intervention.OpenProcesses;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads what is open page by page, each kind from an index that holds nothing else. */
public final class PostgresOpenProcesses implements OpenProcesses {
    private static final String BEGINNING = "";
    private static final String SEPARATOR = " ";

    /** As with orders: what waits in the inbox for longer is told of all the same. */
    private static final Duration TAKEN_IN_WITHIN = Duration.ofMinutes(5);

    /** Told of each that is open, also of one that is passed over: so a page of those alone is not taken for the last one. */
    static final String OPEN = """
            with open as (
                (select 'return/' || o.account || '/' || r.id as process, r.authorised_at as since, r.id as id
                    from goods_return r join customer_order o on o.id = r.order_id
                    where r.closed_at is null and r.authorised_at < :until
                        and (r.authorised_at, r.id) > (cast(:since as timestamptz), :id)
                    order by r.authorised_at, r.id limit :limit)
                union all
                (select 'counter-return/' || id, taken_at, id from counter_return
                    where closed_at is null and taken_at < :until
                        and (taken_at, id) > (cast(:since as timestamptz), :id)
                    order by taken_at, id limit :limit)
                union all
                (select 'reroute/' || work_id || '/' || number, opened_at, id from reroute
                    where ended_at is null and opened_at < :until
                        and (opened_at, id) > (cast(:since as timestamptz), :id)
                    order by opened_at, id limit :limit)
                union all
                (select id, waiting_since, id from store_day
                    where waiting_since is not null and waiting_since < :until
                        and (waiting_since, id) > (cast(:since as timestamptz), :id)
                    order by waiting_since, id limit :limit)
                union all
                (select store_day, closed_at, store_day from store_day_summary
                    where settled_at is null and closed_at < :until
                        and (closed_at, store_day) > (cast(:since as timestamptz), :id)
                    order by closed_at, store_day limit :limit)
                union all
                (select 'stock-import/I-' || number, received_at, 'stock-import/I-' || number from stock_import
                    where state = 'BOOKING' and received_at < :until
                        and (received_at, 'stock-import/I-' || number) > (cast(:since as timestamptz), :id)
                    order by received_at, 3 limit :limit)),
            oldest as (select process, since, id from open order by since, id limit :limit)
            select w.process, w.since, w.id, exists (
                select from inbox_message m join inbox_subject s on s.subject = m.subject
                where m.subject = w.process and m.state = 'PENDING' and m.attempts = 0 and m.received_at > :lately
                    and not s.parked) as passed_over
            from oldest w order by w.since, w.id
            """;

    private final Transactions transactions;

    public PostgresOpenProcesses(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Page page(String mark, Instant until, int limit) {
        String[] after = mark.isEmpty() ? new String[] {Instant.EPOCH.toString(), ""} : mark.split(SEPARATOR, 2);
        List<Found> found = transactions.with(handle -> handle.createQuery(OPEN)
                .bind("until", Columns.at(until))
                .bind("lately", Columns.at(until.minus(TAKEN_IN_WITHIN)))
                .bind("since", after[0])
                .bind("id", after[1])
                .bind("limit", limit)
                .map((row, context) -> new Found(
                        row.getString("process"),
                        Columns.instant(row, "since") + SEPARATOR + row.getString("id"),
                        row.getBoolean("passed_over")))
                .list());
        return new Page(
                found.stream()
                        .filter(one -> !one.passedOver())
                        .map(Found::process)
                        .distinct()
                        .toList(),
                found.size() < limit ? BEGINNING : found.getLast().mark());
    }

    private record Found(String process, String mark, boolean passedOver) {}
}
