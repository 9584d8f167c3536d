package io.throughline.store.returns;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.FollowedChange;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.PurchaseHistory;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.Return;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.order.VersionRows;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Reads what was bought from the versions of an order, its work, and the line of its trace that tells when that was handed over; and what its
 * returns add to that, for as long as its channel does not tell of them.
 */
final class PurchaseRows {
    private static final List<String> HANDED_OVER = Arrays.stream(FulfillmentStatus.values())
            .filter(FulfillmentStatus::handedOver)
            .map(FulfillmentStatus::name)
            .toList();

    private PurchaseRows() {}

    /** As far as may still come back: units that are authorised to come back count as returned. */
    static Optional<Purchase> forNextReturn(Handle handle, OrderId order) {
        List<Order> versions = VersionRows.newestFirst(handle, order);
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Integer> units = new HashMap<>();
        Map<String, MoneyBag> given = new HashMap<>();
        for (Return other : unseen(ReturnRows.ofOrder(handle, order), versions.getFirst())) {
            other.lines().forEach(line -> units.merge(line.lineId(), line.authorised() - line.missing(), Integer::sum));
            other.repayment().ifPresent(repayment -> addGiven(given, repayment.refund()));
        }
        return Optional.of(history(handle, order, versions).withPending(units, given));
    }

    /**
     * As a return is reckoned from: what others have reckoned before it counts as given back. Where somebody has taken its own units off the
     * order at the channel already, that which was known when it was authorised counts.
     */
    static Basis forReckoning(Handle handle, Return returned) {
        OrderId order = returned.id().order();
        List<Order> versions = VersionRows.newestFirst(handle, order);
        List<Order> known = versions.subList(versions.size() - returned.orderVersion(), versions.size());
        List<Return> returns = ReturnRows.ofOrder(handle, order);
        boolean elsewhere = FollowedChange.tookUnits(returned, known.getFirst(), versions.getFirst(), returns);
        return new Basis(others(handle, returned, returns, elsewhere ? known : versions), elsewhere);
    }

    /** {@code elsewhere}: somebody has taken the units off at the channel, and the money that was given for them is in its books. */
    record Basis(Purchase purchase, boolean elsewhere) {}

    private static Purchase others(Handle handle, Return returned, List<Return> returns, List<Order> versions) {
        Map<String, Integer> units = new HashMap<>();
        Map<String, MoneyBag> given = new HashMap<>();
        for (Return other : unseen(returns, versions.getFirst())) {
            if (!other.id().equals(returned.id())) {
                other.repayment().map(Return.Repayment::refund).ifPresent(refund -> {
                    addUnits(units, refund);
                    addGiven(given, refund);
                });
            }
        }
        return history(handle, returned.id().order(), versions).withPending(units, given);
    }

    private static void addUnits(Map<String, Integer> units, Refund refund) {
        for (RefundEntry entry : refund.entries()) {
            if (entry instanceof RefundEntry.Goods goods) {
                units.merge(goods.lineId(), goods.quantity(), Integer::sum);
            }
        }
    }

    private static void addGiven(Map<String, MoneyBag> given, Refund refund) {
        refund.tenders().forEach(to -> given.merge(to.payment(), to.amount(), MoneyBag::plus));
    }

    /** Those returns of an order that its channel, as it told of the order last, does not know to be refunded. */
    private static List<Return> unseen(List<Return> returns, Order told) {
        Set<String> known = told.tenders().stream().map(Tender::id).collect(Collectors.toSet());
        return returns.stream()
                .filter(one -> one.refused().isEmpty())
                .filter(one -> one.repayment()
                        .filter(repayment -> isTold(repayment, known))
                        .isEmpty())
                .toList();
    }

    /** Of a refund without a transaction, which gave no money back, the channel tells nothing more. */
    private static boolean isTold(Return.Repayment repayment, Set<String> known) {
        return repayment
                .issued()
                .map(issued -> issued.transactions().values())
                .filter(transactions -> transactions.isEmpty()
                        ? repayment.confirmed()
                        : transactions.stream().anyMatch(known::contains))
                .isPresent();
    }

    private static Purchase history(Handle handle, OrderId order, List<Order> versions) {
        return new PurchaseHistory(versions, FulfillmentRows.ofOrder(handle, order), handedOverAt(handle, order))
                .purchase();
    }

    private static Map<FulfillmentOrderId, Instant> handedOverAt(Handle handle, OrderId order) {
        return handle.createQuery("""
            select entry #>> '{detail,work}' as work, cast(entry ->> 'at' as timestamptz) as at
            from (select cast(body as json) as entry from trace_entry where subject = :order) t
            where entry ->> 'kind' = 'work.status' and entry #>> '{detail,to}' = any(cast(:handedOver as text[]))
            """)
                .bind("order", order.value())
                .bindArray("handedOver", String.class, HANDED_OVER)
                .reduceRows(new HashMap<FulfillmentOrderId, Instant>(), (found, row) -> {
                    found.put(
                            new FulfillmentOrderId(row.getColumn("work", String.class)),
                            row.getColumn("at", Instant.class));
                    return found;
                });
    }
}
