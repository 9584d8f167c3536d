package io.throughline.store.payment;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.payment.Dispute;
import io.throughline.domain.payment.Disputes;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of the disputes about orders' payments, in PostgreSQL. */
public final class PostgresDisputes implements Disputes {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresDisputes(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public void heard(OrderId order, Dispute dispute) {
        transactions.run(handle -> {
            boolean news = handle.createUpdate("""
                            insert into dispute (order_id, id, begun_as, status, amount_minor, currency, heard_at, changed_at)
                            values (:order, :id, :begunAs, :status, cast(:minor as bigint), cast(:currency as text), :now, :now)
                            on conflict (order_id, id) do update set status = excluded.status,
                                amount_minor = coalesce(excluded.amount_minor, dispute.amount_minor),
                                currency = coalesce(excluded.currency, dispute.currency),
                                changed_at = excluded.changed_at
                                where dispute.status <> excluded.status
                                    or (excluded.amount_minor is not null
                                        and (dispute.amount_minor, dispute.currency)
                                            is distinct from (excluded.amount_minor, excluded.currency))
                            """)
                            .bind("order", order.value())
                            .bind("id", dispute.id())
                            .bind("begunAs", dispute.begunAs())
                            .bind("status", dispute.status())
                            .bind("minor", dispute.amount().map(Money::minor).orElse(null))
                            .bind(
                                    "currency",
                                    dispute.amount()
                                            .map(amount -> amount.currency().code())
                                            .orElse(null))
                            .bind("now", Columns.at(clock.instant()))
                            .execute()
                    == 1;
            if (news) {
                trace.append(
                        handle,
                        order.value(),
                        "payment.disputed",
                        dispute.words() + ", is " + dispute.status() + ": " + dispute.amountWords(),
                        Map.of(
                                "dispute", dispute.id(),
                                "begunAs", dispute.begunAs().name(),
                                "status", dispute.status().name(),
                                "amount", dispute.amountWords()),
                        List.of(dispute.id()));
            }
        });
    }

    @Override
    public List<Dispute> of(OrderId order) {
        return transactions.with(handle -> handle.createQuery("""
                        select id, begun_as, status, amount_minor, currency from dispute
                        where order_id = :order order by id
                        """)
                .bind("order", order.value())
                .map((row, context) -> new Dispute(
                        row.getString("id"),
                        Dispute.Kind.valueOf(row.getString("begun_as")),
                        Dispute.Status.valueOf(row.getString("status")),
                        amount(row)))
                .list());
    }

    private static Optional<Money> amount(ResultSet row) throws SQLException {
        long minor = row.getLong("amount_minor");
        return Columns.optionalText(row, "currency").map(currency -> Money.ofMinor(minor, CurrencyCode.of(currency)));
    }
}
