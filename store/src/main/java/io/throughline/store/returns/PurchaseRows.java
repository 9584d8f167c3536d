package io.throughline.store.returns;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Exchange;
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
        Map<String, MoneyBag> given = creditLeft(handle, order);
        List<Return> returns = standing(ReturnRows.ofOrder(handle, order));
        Set<String> told = told(versions.getFirst());
        for (Return other : returns) {
            if (!isTold(other, told)) {
                other.lines().forEach(line -> units.merge(line.lineId(), takenBack(other, line), Integer::sum));
            }
            addGiven(given, other, versions.getFirst());
        }
        Money goodwill = goodwill(returns, versions.getFirst().currency());
        return Optional.of(history(handle, order, versions).withPending(units, given, goodwill));
    }

    /** What is paid before it comes is paid for, also if it never does. What was sent back is the customer's, and may come again. */
    private static int takenBack(Return returned, Return.Line line) {
        return returned.refundFirst() ? line.authorised() : line.authorised() - line.missing() - line.sentBack();
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
        Map<String, MoneyBag> given = creditLeft(handle, returned.id().order());
        Set<String> told = told(versions.getFirst());
        List<Return> others = standing(returns).stream()
                .filter(other -> !other.id().equals(returned.id()))
                .toList();
        for (Return other : others) {
            if (!isTold(other, told)) {
                other.repayment().ifPresent(repayment -> addUnits(units, repayment.refund()));
            }
            addGiven(given, other, versions.getFirst());
        }
        return history(handle, returned.id().order(), versions)
                .withPending(units, given, goodwill(others, versions.getFirst().currency()));
    }

    /** What appeasements gave, less what returns have kept back of it. */
    private static Money goodwill(List<Return> returns, CurrencyCode currency) {
        Money given = Money.sum(
                currency,
                returns.stream()
                        .flatMap(one -> one.repayment().stream())
                        .flatMap(repayment -> repayment.refund().entries().stream())
                        .filter(PurchaseRows::isGoodwill)
                        .map(RefundEntry::amount)
                        .toList());
        return given.isNegative() ? Money.zero(currency) : given;
    }

    private static boolean isGoodwill(RefundEntry entry) {
        return entry instanceof RefundEntry.Goodwill
                || (entry instanceof RefundEntry.Deduction kept
                        && kept.cause() == RefundEntry.Deduction.Cause.GOODWILL);
    }

    private static void addUnits(Map<String, Integer> units, Refund refund) {
        for (RefundEntry entry : refund.entries()) {
            if (entry instanceof RefundEntry.Goods goods) {
                units.merge(goods.lineId(), goods.quantity(), Integer::sum);
            }
        }
    }

    /** What its channel does not tell of, or tells to have failed: it is still owed. What has paid a new order is told of by no channel. */
    private static void addGiven(Map<String, MoneyBag> given, Return other, Order now) {
        Set<String> arriving = now.tenders().stream()
                .filter(tender -> tender.status() != Tender.Status.FAILURE)
                .map(Tender::id)
                .collect(Collectors.toSet());
        other.repayment()
                .filter(repayment ->
                        !repayment.gaveNothing() || !repayment.exchanged().isEmpty())
                .ifPresent(repayment -> repayment.refund().tenders().forEach(part -> {
                    boolean told = arriving.contains(repayment.transactions().getOrDefault(part.payment(), ""));
                    Optional.ofNullable(told ? repayment.exchanged().get(part.payment()) : part.amount())
                            .map(more -> more.minus(backAgain(repayment, part.payment(), arriving)))
                            .ifPresent(more -> given.merge(part.payment(), more, MoneyBag::plus));
                }));
    }

    /** What of that goes back after all, and the channel tells of by itself. */
    private static MoneyBag backAgain(Return.Repayment repayment, String payment, Set<String> arriving) {
        Money nothing = Money.zero(repayment.refund().currency());
        return repayment.passedOn().stream()
                .filter(part -> part.part().payment().equals(payment))
                .filter(part -> part.transaction().filter(arriving::contains).isPresent())
                .map(part -> part.part().amount())
                .reduce(new MoneyBag(nothing, Money.zero(repayment.refund().presentmentCurrency())), MoneyBag::plus);
    }

    /** What an order of an exchange did not take of the credit that has paid it was given back by the return of that. */
    private static Map<String, MoneyBag> creditLeft(Handle handle, OrderId order) {
        Map<String, MoneyBag> given = new HashMap<>();
        handle.createQuery("""
            select credit - taken as rest, currency from return_exchange
            where new_order = :order and exchanged and taken < credit
            """)
                .bind("order", order.value())
                .map((row, context) ->
                        MoneyBag.of(Money.ofMinor(row.getLong("rest"), CurrencyCode.of(row.getString("currency")))))
                .findOne()
                .ifPresent(rest -> given.put(Exchange.GATEWAY, rest));
        return given;
    }

    private static List<Return> standing(List<Return> returns) {
        return returns.stream().filter(one -> one.refused().isEmpty()).toList();
    }

    private static Set<String> told(Order order) {
        return order.tenders().stream().map(Tender::id).collect(Collectors.toSet());
    }

    /** Whether its channel, as it told of the order last, knows a return to be refunded, and so has taken its units off. */
    private static boolean isTold(Return returned, Set<String> told) {
        return returned.repayment()
                .filter(repayment -> repayment.gaveNothing()
                        || repayment.everyTransaction().stream().anyMatch(told::contains))
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
                    // What has left is told to be delivered later.
                    found.merge(
                            new FulfillmentOrderId(row.getColumn("work", String.class)),
                            row.getColumn("at", Instant.class),
                            (one, other) -> one.isBefore(other) ? one : other);
                    return found;
                });
    }
}
