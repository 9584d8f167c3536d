package io.throughline.store.marketplace;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.marketplace.CancellationReason;
import io.throughline.domain.marketplace.MarketplaceDeadlines.Kind;
import io.throughline.domain.marketplace.MarketplaceOrder;
import io.throughline.domain.marketplace.MarketplaceOrders;
import io.throughline.domain.marketplace.MarketplaceRefund;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The orders of marketplaces, in PostgreSQL. An update that finds its column written changes nothing and leaves no trace. */
public final class PostgresMarketplaceOrders implements MarketplaceOrders {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresMarketplaceOrders(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Optional<MarketplaceOrder> find(OrderId order) {
        return transactions.with(handle -> MarketplaceRows.find(handle, order));
    }

    @Override
    public void acknowledged(OrderId order) {
        once(order, """
                update marketplace_order set acknowledged_at = :now
                where order_id = :order and acknowledged_at is null
                """, "marketplace.acknowledged", "its marketplace knows that it is taken on");
    }

    @Override
    public void shipped(OrderId order) {
        once(order, """
                update marketplace_order set shipped_at = :now
                where order_id = :order and shipped_at is null
                """, "marketplace.shipped", "its marketplace knows that all of it has left");
    }

    @Override
    public void cancellationAsked(OrderId order) {
        once(order, """
                update marketplace_order set cancellation_asked_at = :now
                where order_id = :order and cancellation_asked_at is null
                """, "marketplace.cancellation-asked", "its marketplace asks for its cancellation");
    }

    private void once(OrderId order, String update, String kind, String summary) {
        transactions.run(handle -> {
            if (handle.createUpdate(update)
                            .bind("now", now())
                            .bind("order", order.value())
                            .execute()
                    == 1) {
                tell(handle, order, kind, summary, Map.of());
            }
        });
    }

    @Override
    public void calledOff(OrderId order, CancellationReason reason, String reference) {
        transactions.run(handle -> {
            if (handle.createUpdate("""
                            update marketplace_order set called_off_at = :now, called_off_reason = :reason,
                                called_off_reference = :reference
                            where order_id = :order and called_off_at is null
                            """)
                            .bind("now", now())
                            .bind("reason", reason.name())
                            .bind("reference", reference)
                            .bind("order", order.value())
                            .execute()
                    == 1) {
                tell(
                        handle,
                        order,
                        "marketplace.called-off",
                        "its marketplace knows that it is not carried out, and gives the money back",
                        Map.of("reason", reason.name(), "reference", reference));
            }
        });
    }

    @Override
    public void returnAsked(OrderId order, ReturnId as, String request) {
        transactions.run(handle -> trace.append(
                handle,
                order.value(),
                "marketplace-return/" + request,
                "marketplace.return-asked",
                "its marketplace asks to take something back, which is " + as,
                Map.of("return", as.value(), "request", request),
                List.of(request)));
    }

    @Override
    public void refunded(OrderId order, MarketplaceRefund refund) {
        transactions.run(handle -> {
            if (MarketplaceRows.insert(handle, order, refund)) {
                trace.append(
                        handle,
                        order.value(),
                        "marketplace.refunded",
                        "its marketplace knows of " + refund.reference() + ", and gives the money back",
                        Map.of("reference", refund.reference(), "refund", refund.id()),
                        List.of(refund.id()));
            }
        });
    }

    @Override
    public List<MarketplaceRefund> refunds(OrderId order) {
        return transactions.with(handle -> MarketplaceRows.refunds(handle, order));
    }

    @Override
    public List<Pressing> pressing(Collection<AccountId> accounts, int limit) {
        return transactions.with(handle -> handle.createQuery("""
                        select m.order_id, m.account, p.kind, p.by, p.by <= :now as missed
                        from (
                            select order_id, 'ACKNOWLEDGE' as kind, acknowledge_by as by from marketplace_order
                            where acknowledged_at is null and called_off_at is null and acknowledge_noted < 2
                                and acknowledge_at_risk <= :now and (acknowledge_noted < 1 or acknowledge_by <= :now)
                            union all
                            select order_id, 'SHIP', ship_by from marketplace_order
                            where shipped_at is null and called_off_at is null and ship_noted < 2
                                and ship_at_risk <= :now and (ship_noted < 1 or ship_by <= :now)
                        ) p
                        join marketplace_order m on m.order_id = p.order_id
                        left join customer_order o on o.id = m.order_id
                        where m.account = any(:accounts)
                            and coalesce(o.status, 'RECEIVED') not in ('COMPLETED', 'CANCELLED', 'REJECTED')
                        order by p.by, m.order_id, p.kind limit :limit
                        """)
                .bind("now", now())
                .bindArray(
                        "accounts",
                        String.class,
                        accounts.stream().map(AccountId::value).toList())
                .bind("limit", limit)
                .map((row, context) -> new Pressing(
                        new OrderId(row.getString("order_id")),
                        AccountId.of(row.getString("account")),
                        Kind.valueOf(row.getString("kind")),
                        row.getBoolean("missed") ? Urgency.MISSED : Urgency.AT_RISK,
                        Columns.instant(row, "by")))
                .list());
    }

    @Override
    public void noted(Pressing pressing) {
        transactions.run(handle -> handle.createUpdate(
                        switch (pressing.kind()) {
                            case ACKNOWLEDGE -> """
                                update marketplace_order set acknowledge_noted = greatest(acknowledge_noted, :urgency)
                                where order_id = :order
                                """;
                            case SHIP -> """
                                update marketplace_order set ship_noted = greatest(ship_noted, :urgency)
                                where order_id = :order
                                """;
                        })
                .bind("urgency", said(pressing.urgency()))
                .bind("order", pressing.order().value())
                .execute());
    }

    /** As the columns {@code acknowledge_noted} and {@code ship_noted} keep it; 0 is nothing. */
    private static int said(Urgency urgency) {
        return switch (urgency) {
            case AT_RISK -> 1;
            case MISSED -> 2;
        };
    }

    private OffsetDateTime now() {
        return Columns.at(clock.instant());
    }

    private void tell(Handle handle, OrderId order, String kind, String summary, Map<String, String> detail) {
        trace.append(handle, order.value(), kind, summary, detail);
    }
}
