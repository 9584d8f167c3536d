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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads open orders page by page from the index that holds them alone, and keeps how far sweeps have come. */
public final class PostgresAttention implements Attention {
    private static final String BEGINNING = "";
    private static final String SEPARATOR = " ";

    /** News of an order that waits for its turn begins its process; what waits for longer is shown by the order, too. */
    private static final Duration TAKEN_IN_WITHIN = Duration.ofMinutes(5);

    /** Told of each order that is late, also of one that is passed over: so a page of those alone is not taken for the last one. */
    static final String OVERDUE = """
            with waiting as (
                (select id as order_id, hinted_at as since from customer_order
                    where hinted_at < :until and (hinted_at, id) > (cast(:since as timestamptz), :id)
                        and status not in ('COMPLETED', 'CANCELLED', 'REJECTED')
                    order by hinted_at, id limit :limit)
                union all
                (select order_id, hinted_at from fulfillment_order
                    where hinted_at < :until and (hinted_at, order_id) > (cast(:since as timestamptz), :id)
                        and status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED')
                    order by hinted_at, order_id limit :limit)
                union all
                (select order_id, deadline from fulfillment_order
                    where deadline < :until and (deadline, order_id) > (cast(:since as timestamptz), :id)
                        and status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED')
                    order by deadline, order_id limit :limit)),
            oldest as (select order_id, since from waiting order by since, order_id limit :limit)
            select o.id, o.account, o.external_id, w.since,
                o.status in ('COMPLETED', 'CANCELLED', 'REJECTED') or exists (
                    select from inbox_message m join inbox_subject s on s.subject = m.subject
                    where m.subject = 'order/' || o.account || '/' || o.external_id and m.state = 'PENDING'
                        and m.attempts = 0 and m.received_at > :lately and not s.parked) as passed_over
            from oldest w join customer_order o on o.id = w.order_id
            order by w.since, o.id
            """;

    /** A holder that was never heard of is of another release, or has only just begun. */
    static final String FORSAKEN = """
            select o.id, o.account, o.external_id, e.operation, e.account as asked, e.lease_until
            from effect e join effect_holder h on h.id = e.holder join customer_order o on o.id = e.line
            where e.state = 'LEASED' and e.lease_until > clock_timestamp()
                and h.seen_at < clock_timestamp() - make_interval(secs => :silence)
                and o.status not in ('COMPLETED', 'CANCELLED', 'REJECTED')
            order by e.lease_until limit :limit
            """;

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

    /** Each part of it reads an index that holds nothing else, and no more of that than is asked for. */
    @Override
    public OverduePage overdue(String mark, Instant until, int limit) {
        String[] after = mark.isEmpty() ? new String[] {Instant.EPOCH.toString(), ""} : mark.split(SEPARATOR, 2);
        List<Late> found = transactions.with(handle -> handle.createQuery(OVERDUE)
                .bind("until", Columns.at(until))
                .bind("lately", Columns.at(until.minus(TAKEN_IN_WITHIN)))
                .bind("since", after[0])
                .bind("id", after[1])
                .bind("limit", limit)
                .map((row, context) ->
                        new Late(new Overdue(order(row), Columns.instant(row, "since")), row.getBoolean("passed_over")))
                .list());
        String next = found.size() < limit ? BEGINNING : found.getLast().mark();
        Map<OrderId, Overdue> oldest = new LinkedHashMap<>();
        found.stream()
                .filter(late -> !late.passedOver())
                .map(Late::overdue)
                .forEach(late -> oldest.putIfAbsent(late.order().id(), late));
        return new OverduePage(List.copyOf(oldest.values()), next);
    }

    private record Late(Overdue overdue, boolean passedOver) {
        String mark() {
            return overdue.since() + SEPARATOR + overdue.order().id();
        }
    }

    @Override
    public List<Forsaken> forsaken(Duration silence, int limit) {
        return transactions.with(handle -> handle.createQuery(FORSAKEN)
                .bind("silence", silence.toMillis() / 1000.0)
                .bind("limit", limit)
                .map((row, context) -> new Forsaken(
                        order(row),
                        row.getString("operation"),
                        AccountId.of(row.getString("asked")),
                        Columns.instant(row, "lease_until")))
                .list());
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
