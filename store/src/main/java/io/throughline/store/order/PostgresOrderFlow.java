package io.throughline.store.order;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.order.OrderFlow;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Instant;
import java.util.List;

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
}
