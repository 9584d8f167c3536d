package io.throughline.store.returns;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Purchases;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Instant;
import java.util.Optional;

/** What was bought, and how often somebody has returned. */
public final class PostgresPurchases implements Purchases {
    private final Transactions transactions;

    public PostgresPurchases(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Purchase> find(OrderId order) {
        return transactions.with(handle -> PurchaseRows.forNextReturn(handle, order));
    }

    @Override
    public int othersRefunded(OrderId order, Instant since) {
        return transactions.with(handle -> handle.createQuery("""
            select count(distinct o.id) + (select count(*) from %s) from person mine
            join person other on lower(other.content ->> 'email') = lower(mine.content ->> 'email')
                and starts_with(other.ref, 'P-')
            join customer_order o on o.id = other.line and o.id <> :order and o.status <> 'CANCELLED'
            join order_version v on v.order_id = o.id and v.number = o.version_number
            where mine.ref = :person and (
                exists (
                    select from jsonb_array_elements(v.body -> 'tenders') tender
                    where tender ->> 'kind' = 'REFUND' and tender ->> 'status' <> 'FAILURE'
                        and cast(tender ->> 'at' as timestamptz) >= :since
                        and not exists (
                            select from return_refund_tender given join goods_return r on r.id = given.return_id
                            where given.order_id = o.id and given.transaction = tender ->> 'id'
                                and r.kind not in (:byChoice, :elsewhere)))
                or exists (
                    select from goods_return r
                    where r.order_id = o.id and r.kind = :byChoice and r.refused_at is null and r.money_ended_at is null
                        and r.closed_at is null and r.authorised_at >= :since))
            """.formatted(DebtRows.OWED))
                .bind("order", order.value())
                .bind("person", CustomerRef.of(order).value())
                .bind("since", Columns.at(since))
                .bind("byChoice", ReturnCause.Kind.BY_CHOICE.name())
                .bind("elsewhere", ReturnCause.Kind.GIVEN_ELSEWHERE.name())
                .mapTo(Integer.class)
                .one());
    }

    /** How much of a credit its order has taken is known once that is done with. */
    @Override
    public Optional<String> objection(OrderId order) {
        return transactions.with(handle -> handle.createQuery("""
            select return_id from return_exchange where new_order = :order and exchanged is not true
            """)
                .bind("order", order.value())
                .mapTo(String.class)
                .findOne()
                .map(id -> "it was taken in exchange for " + id
                        + ", and that is not settled yet: ask again once this order is completed"));
    }

    @Override
    public int granted(OrderId order, ReturnCause.Kind kind, Instant since) {
        return transactions.with(handle -> handle.createQuery("""
            select count(*) from goods_return r
            where r.kind = :kind and r.refused_at is null and r.authorised_at >= :since and r.order_id in (
                select :order
                union
                select other.line from person mine
                join person other on lower(other.content ->> 'email') = lower(mine.content ->> 'email')
                    and starts_with(other.ref, 'P-')
                where mine.ref = :person)
            """)
                .bind("kind", kind.name())
                .bind("order", order.value())
                .bind("person", CustomerRef.of(order).value())
                .bind("since", Columns.at(since))
                .mapTo(Integer.class)
                .one());
    }
}
