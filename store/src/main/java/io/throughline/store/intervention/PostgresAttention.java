package io.throughline.store.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.Attention;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads open orders page by page from the index that holds them alone, and keeps how far sweeps have come. */
public final class PostgresAttention implements Attention {
    private static final String BEGINNING = "";
    private static final String SEPARATOR = " ";

    /** News of an order that waits for its turn begins its process; what waits for longer is shown by the order, too. */
    private static final Duration TAKEN_IN_WITHIN = Duration.ofMinutes(5);

    private final Transactions transactions;

    public PostgresAttention(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<String> take(String sweep, Duration every) {
        return transactions.with(handle -> handle.createQuery("""
                        insert into sweep (name, due_at, mark)
                        values (:name, clock_timestamp() + make_interval(secs => :every), '')
                        on conflict (name) do update set due_at = excluded.due_at where sweep.due_at <= clock_timestamp()
                        returning coalesce(mark, '')
                        """)
                .bind("name", sweep)
                .bind("every", every.toMillis() / 1000.0)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void reached(String sweep, String mark) {
        transactions.run(handle -> handle.createUpdate("update sweep set mark = :mark where name = :name")
                .bind("name", sweep)
                .bind("mark", mark)
                .execute());
    }

    @Override
    public Page openOrders(String mark, Instant until, int limit) {
        String[] after = mark.isEmpty() ? new String[] {Instant.EPOCH.toString(), ""} : mark.split(SEPARATOR, 2);
        List<Found> found = transactions.with(handle -> handle.createQuery("""
                        select id, account, external_id, received_at from customer_order o
                        where status not in ('COMPLETED', 'CANCELLED', 'REJECTED') and received_at < :until
                            and (received_at, id) > (cast(:receivedAt as timestamptz), :id)
                            and not exists (
                                select from inbox_message m join inbox_subject s on s.subject = m.subject
                                where m.subject = 'order/' || o.account || '/' || o.external_id and m.state = 'PENDING'
                                    and m.attempts = 0 and m.received_at > :lately and not s.parked)
                        order by received_at, id limit :limit
                        """)
                .bind("until", Columns.at(until))
                .bind("lately", Columns.at(until.minus(TAKEN_IN_WITHIN)))
                .bind("receivedAt", after[0])
                .bind("id", after[1])
                .bind("limit", limit)
                .map((row, context) -> new Found(order(row), Columns.instant(row, "received_at")))
                .list());
        String next = found.size() < limit
                ? BEGINNING
                : found.getLast().receivedAt()
                        + SEPARATOR
                        + found.getLast().order().id();
        return new Page(found.stream().map(Found::order).toList(), next);
    }

    private record Found(OpenOrder order, Instant receivedAt) {}

    private static OpenOrder order(ResultSet row) throws SQLException {
        return new OpenOrder(
                new OrderId(row.getString("id")),
                new OrderKey(AccountId.of(row.getString("account")), row.getString("external_id")));
    }

    @Override
    public Set<OrderKey> open(Collection<OrderKey> orders) {
        return new HashSet<>(transactions.with(handle -> handle.createQuery("""
                        select id, account, external_id from customer_order
                        where id = any(cast(:ids as text[])) and status not in ('COMPLETED', 'CANCELLED', 'REJECTED')
                        """)
                .bindArray(
                        "ids",
                        String.class,
                        orders.stream().map(key -> OrderId.of(key).value()).toList())
                .map((row, context) -> order(row).key())
                .list()));
    }

    @Override
    public Set<OrderKey> over(Collection<OrderKey> orders, Instant until) {
        Set<OrderKey> over = new HashSet<>(orders);
        transactions
                .with(handle -> handle.createQuery("""
                        select id, account, external_id from customer_order
                        where id = any(cast(:ids as text[]))
                            and (status not in ('COMPLETED', 'CANCELLED', 'REJECTED') or changed_at > :until)
                        """)
                        .bindArray(
                                "ids",
                                String.class,
                                orders.stream()
                                        .map(key -> OrderId.of(key).value())
                                        .toList())
                        .bind("until", Columns.at(until))
                        .map((row, context) -> order(row).key())
                        .list())
                .forEach(over::remove);
        return over;
    }

    @Override
    public Optional<OrderKey> keyOf(OrderId order) {
        return transactions.with(
                handle -> handle.createQuery("select id, account, external_id from customer_order where id = :id")
                        .bind("id", order.value())
                        .map((row, context) -> order(row).key())
                        .findOne());
    }
}
