package io.throughline.store.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.inbox.InboxRows;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Tells the returns of an order that its channel has news of their refunds, in the transaction that stores what was read: whoever has read it, also where
 * no webhook has told of it. No bell is rung: a dispatcher finds it within seconds, and by then a process that has read it itself needs it no more.
 */
public final class RefundNews {
    /** Whoever handles it looks first whether the return still waits: its own process may have read this. */
    public static final String TOPIC = "throughline/refund-told";

    private RefundNews() {}

    /** {@code version} is the number of the version {@code now}. */
    public static void tell(Handle handle, Order before, Order now, int version, Instant at) {
        Set<Tender> known = refunds(before);
        List<String> changed = refunds(now).stream()
                .filter(refund -> !known.contains(refund))
                .map(Tender::id)
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        AccountId account = now.key().account();
        waiting(handle, now, changed)
                .forEach(id -> InboxRows.insert(
                        handle, account, TOPIC, id + "/version-" + version, id.workflowId(account), "{}", at));
        passingOn(handle, changed)
                .forEach(one -> InboxRows.insert(
                        handle,
                        one.account(),
                        TOPIC,
                        one.id() + "/" + now.id() + "-version-" + version,
                        one.id().workflowId(one.account()),
                        "{}",
                        at));
    }

    /** Returns of goods that were taken in exchange, by which these transactions give back what the credit had been made of. */
    private static List<PassingOn> passingOn(Handle handle, List<String> transactions) {
        return handle.createQuery("""
            select distinct r.id, o.account from return_passed_on p join goods_return r on r.id = p.by_return
                join customer_order o on o.id = r.order_id join return_refund f on f.return_id = r.id
            where p.transaction = any(cast(:transactions as text[])) and r.closed_at is null
                and f.issued_at is not null and f.confirmed_at is null
            order by r.id
            """)
                .bindArray("transactions", String.class, transactions)
                .map((row, context) ->
                        new PassingOn(new ReturnId(row.getString("id")), AccountId.of(row.getString("account"))))
                .list();
    }

    private record PassingOn(ReturnId id, AccountId account) {}

    private static Set<Tender> refunds(Order order) {
        return order.tenders().stream()
                .filter(tender -> tender.kind() == Tender.Kind.REFUND)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those whose refund is made by these transactions, and of which nobody has said yet that they got through. */
    private static List<ReturnId> waiting(Handle handle, Order order, List<String> transactions) {
        return handle.createQuery("""
            select r.id from goods_return r join return_refund f on f.return_id = r.id
            where r.order_id = :order and r.closed_at is null and f.issued_at is not null and f.confirmed_at is null
                and exists (
                    select from return_refund_tender t
                    where t.return_id = r.id and t.transaction = any(cast(:transactions as text[])))
            order by r.ordinal
            """)
                .bind("order", order.id().value())
                .bindArray("transactions", String.class, transactions)
                .map((row, context) -> new ReturnId(row.getString("id")))
                .list();
    }
}
