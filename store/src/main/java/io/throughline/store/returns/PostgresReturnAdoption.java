package io.throughline.store.returns;

import io.throughline.domain.finance.Postings;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.AdoptedReturns;
import io.throughline.domain.returns.AdoptedReturns.Adopted;
import io.throughline.domain.returns.FollowedChange;
import io.throughline.domain.returns.ForeignRefunds;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnAdoption;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.order.VersionRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Stores a return with its refund in the transaction that has seen, under the order's lock, that nobody else has that refund. */
public final class PostgresReturnAdoption implements ReturnAdoption {
    /** Nobody has told the customer until when. */
    private static final Duration GOODS_WITHIN = Duration.ofDays(14);

    /** What is told of meanwhile may be theirs. */
    private static final Set<MoneyStatus> GIVES_SOON =
            EnumSet.of(MoneyStatus.UNCALCULATED, MoneyStatus.UNAPPROVED, MoneyStatus.APPROVED);

    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final ReturnPolicies policies;
    private final Clock clock;

    public PostgresReturnAdoption(
            Transactions transactions, TraceWriter trace, InboxBell bell, ReturnPolicies policies, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public Outcome adopt(OrderKey order, String by) {
        Outcome outcome = transactions.in(handle -> adopt(handle, order, by));
        if (!outcome.made().isEmpty()) {
            bell.ring();
        }
        return outcome;
    }

    private Outcome adopt(Handle handle, OrderKey key, String by) {
        OrderId order = OrderId.of(key);
        OrderLock.lock(handle, order);
        List<Return> returns = ReturnRows.ofOrder(handle, order);
        List<ReturnId> beingPaid = returns.stream()
                .filter(one -> GIVES_SOON.contains(one.money()) || FollowedChange.isPassingOn(one))
                .map(Return::id)
                .toList();
        Optional<Purchase> bought = PurchaseRows.forNextReturn(handle, order);
        return bought.isEmpty() || !beingPaid.isEmpty()
                ? new Outcome(List.of(), beingPaid)
                : new Outcome(adopt(handle, key, bought.get(), returns, by), List.of());
    }

    private List<ReturnId> adopt(Handle handle, OrderKey key, Purchase bought, List<Return> returns, String by) {
        OrderId order = OrderId.of(key);
        Order now = VersionRows.known(handle, order);
        List<Tender> foreign = ForeignRefunds.of(now, returns, inBooks(handle, now));
        ReturnPolicy policy = policies.at(clock.instant());
        List<ReturnId> made = new ArrayList<>();
        for (Adopted adopted : new AdoptedReturns(bought, policy).of(foreign, returns)) {
            ReturnId id = ReturnId.of(order, NewReturns.nextOrdinal(handle, order));
            insert(handle, id, adopted, policy.version(), by);
            wake(handle, key, id);
            traceAdopted(handle, key, id, adopted, by);
            made.add(id);
        }
        return made;
    }

    /** The refunds that the order's own journals tell of. */
    private static Set<String> inBooks(Handle handle, Order order) {
        Set<String> references = handle.createQuery("select reference from journal where order_id = :order")
                .bind("order", order.id().value())
                .mapTo(String.class)
                .collect(Collectors.toSet());
        return order.tenders().stream()
                .filter(tender -> references.contains(Postings.refundReference(order, tender)))
                .map(Tender::id)
                .collect(Collectors.toSet());
    }

    private void insert(Handle handle, ReturnId id, Adopted adopted, String policy, String by) {
        Instant now = clock.instant();
        ReturnedTo way = adopted.units().isEmpty() ? new ReturnedTo.Never() : new ReturnedTo.ByCarrier();
        handle.createUpdate("""
            insert into goods_return (id, order_id, ordinal, order_version, cause, way, refund_to, policy, refund_first,
                asked_by, authorised_at, due_at)
            select :id, o.id, :ordinal, o.version_number, cast(:cause as jsonb), :way, :refundTo, :policy, true,
                :by, :now, :dueAt
            from customer_order o where o.id = :order
            """)
                .bind("id", id.value())
                .bind("ordinal", id.ordinal())
                .bind("cause", ReturnRows.impersonal(new ReturnCause.GivenElsewhere()))
                .bind("way", ReturnRows.way(way))
                .bind("refundTo", RefundTo.ORIGINAL.name())
                .bind("policy", policy)
                .bind("by", by)
                .bind("now", Columns.at(now))
                .bind("dueAt", Columns.at(now.plus(GOODS_WITHIN)))
                .bind("order", id.order().value())
                .execute();
        NewReturns.insertLines(handle, id, lines(adopted));
        handle.createUpdate("""
            insert into return_refund (
                return_id, body, needs_second_person, calculated_at, reference, ours, issued_at, confirmed_at)
            values (:id, cast(:body as jsonb), false, :now, :reference, false, :now, :confirmedAt)
            """)
                .bind("id", id.value())
                .bind("body", CanonicalJson.write(adopted.refund()))
                .bind("now", Columns.at(now))
                .bind("reference", reference(adopted))
                .bind("confirmedAt", adopted.through() ? Columns.at(now) : null)
                .execute();
        PostgresReturns.insertTenders(handle, id, adopted.refund(), true, adopted.transactions());
    }

    private static String reference(Adopted adopted) {
        return String.join("+", new TreeSet<>(adopted.transactions().values()));
    }

    private void wake(Handle handle, OrderKey order, ReturnId id) {
        InboxRows.insert(
                handle,
                order.account(),
                PostgresReturnIntake.TOPIC,
                id + "/adopted",
                id.workflowId(order.account()),
                "{}",
                clock.instant());
    }

    private static List<ReturnRequest.Line> lines(Adopted adopted) {
        return adopted.units().entrySet().stream()
                .map(units ->
                        new ReturnRequest.Line(units.getKey(), units.getValue(), ReturnReason.OTHER, Optional.empty()))
                .toList();
    }

    private void traceAdopted(Handle handle, OrderKey order, ReturnId id, Adopted adopted, String by) {
        String amount = adopted.refund().total().shop().toString();
        List<String> links = new ArrayList<>(adopted.transactions().values());
        links.add(id.value());
        links.add(id.workflowId(order.account()));
        Map<String, String> detail =
                new HashMap<>(ToldUnits.asked(VersionRows.known(handle, id.order()), lines(adopted)));
        detail.putAll(Map.of(
                "return", id.value(),
                "actor", by,
                "kind", ReturnCause.Kind.GIVEN_ELSEWHERE.name(),
                "refundTo", RefundTo.ORIGINAL.name(),
                "amount", amount,
                "units",
                        Integer.toString(adopted.units().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())));
        trace.append(
                handle,
                id.value(),
                "return.authorised",
                by + " makes " + id + " of the " + amount + " that somebody has given back at the channel",
                detail,
                links);
    }
}
