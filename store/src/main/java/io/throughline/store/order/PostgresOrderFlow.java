package io.throughline.store.order;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.order.OrderFlow;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Counts orders by where they stand. */
public final class PostgresOrderFlow implements OrderFlow {
    private final Transactions transactions;

    public PostgresOrderFlow(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Standing> receivedSince(Instant since) {
        return transactions.with(handle -> handle.createQuery("""
                        select status, payment, posting, count(*) as orders
                        from customer_order where received_at >= :since
                        group by status, payment, posting order by status, payment, posting
                        """)
                .bind("since", Columns.at(since))
                .map((row, context) -> new Standing(
                        OrderStatus.valueOf(row.getString("status")),
                        PaymentStatus.valueOf(row.getString("payment")),
                        PostingStatus.valueOf(row.getString("posting")),
                        row.getInt("orders")))
                .list());
    }

    @Override
    public Passed passed(Instant from, Instant until) {
        return transactions.with(handle -> handle.createQuery("""
                        select (select count(*) from customer_order
                                where received_at >= :from and received_at < :until) as received,
                            (select count(*) from fulfillment_order
                                where allocated_at >= :from and allocated_at < :until) as given_out,
                            (select count(*) from fulfillment_order
                                where handed_over_at >= :from and handed_over_at < :until) as handed_over,
                            (select count(*) from journal
                                where kind = 'PAYMENT' and order_id is not null
                                    and stored_at >= :from and stored_at < :until) as paid,
                            (select count(*) from journal
                                where kind = 'INVOICE' and order_id is not null
                                    and stored_at >= :from and stored_at < :until) as invoiced,
                            (select count(*) from customer_order
                                where completed_at >= :from and completed_at < :until) as completed
                        """)
                .bind("from", Columns.at(from))
                .bind("until", Columns.at(until))
                .map((row, context) -> new Passed(
                        row.getLong("received"),
                        row.getLong("given_out"),
                        row.getLong("handed_over"),
                        row.getLong("paid"),
                        row.getLong("invoiced"),
                        row.getLong("completed")))
                .one());
    }

    @Override
    public Optional<Instant> firstReceived() {
        return transactions.with(
                handle -> handle.createQuery("select received_at from customer_order order by received_at limit 1")
                        .map((row, context) -> Columns.instant(row, "received_at"))
                        .findOne());
    }
}
