package io.throughline.store.returns;

import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ClientRefund;
import io.throughline.domain.returns.ClientRefund.Standing;
import io.throughline.domain.returns.ClientRefunds;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What REST clients were asked to give back, in PostgreSQL, whose triggers refuse that it is more than they have captured. */
public final class PostgresClientRefunds implements ClientRefunds {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresClientRefunds(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public void ask(OrderKey key, ClientRefund refund) {
        OrderId order = OrderId.of(key);
        transactions.run(handle -> {
            OrderLock.lock(handle, order);
            if (ClientRefundRows.insert(handle, order, refund)) {
                refund.ofClient().forEach(part -> tellClient(handle, order, refund, part));
            }
        });
    }

    private void tellClient(Handle handle, OrderId order, ClientRefund refund, ClientRefund.Part part) {
        String amount = part.amount().shop().toDecimal().toPlainString();
        String currency = part.amount().shop().currency().code();
        trace.append(
                handle,
                order.value(),
                "return.refund-asked",
                "its client is asked to give " + amount + " " + currency + " of payment " + part.payment()
                        + " back for " + refund.reference(),
                Map.of(
                        "return", refund.by().value(),
                        "refund", refund.transaction(part.payment()),
                        "payment", part.payment(),
                        "gateway", part.to().gateway(),
                        "amount", amount,
                        "currency", currency),
                List.of(refund.reference(), refund.transaction(part.payment())));
    }

    @Override
    public List<ClientRefund> of(OrderId order) {
        return transactions.with(handle -> ClientRefundRows.of(handle, order));
    }

    @Override
    public List<Asked> by(ReturnId id) {
        return transactions.with(handle -> ClientRefundRows.by(handle, id));
    }

    @Override
    public Outcome tell(Submission submission, ReturnId id, Told told) {
        Outcome outcome = transactions.in(handle -> {
            if (!told.order().equals(id.order())) {
                if (!mayGoBackOf(handle, id, told.order())) {
                    return new Outcome.Conflict("No money of order " + told.order() + " goes back by " + id + ".");
                }
                // The order that came first is always locked first.
                OrderLock.lock(handle, told.order());
            }
            OrderLock.lock(handle, id.order());
            return ReturnSubmissions.known(handle, submission).orElseGet(() -> tell(handle, submission, id, told));
        });
        if (outcome instanceof Outcome.Stored) {
            bell.ring();
        }
        return outcome;
    }

    /** Whether an order is one whose money a credit has carried to that of the return. */
    private static boolean mayGoBackOf(Handle handle, ReturnId id, OrderId order) {
        return PassedOnRows.origins(handle, id.order()).stream()
                .anyMatch(of -> of.order().equals(order));
    }

    private Outcome tell(Handle handle, Submission submission, ReturnId id, Told told) {
        Return returned = PostgresReturns.locked(handle, id);
        Optional<ClientRefund> asked = open(handle, id, told);
        if (asked.isEmpty()) {
            return new Outcome.Conflict("No refund of payment " + told.payment() + " of order " + told.order()
                    + " is asked for by " + id + " and not answered yet.");
        }
        if (told.given() && hasApproved(returned, submission.by())) {
            return new Outcome.Conflict("Who has approved the refund can't say that it is paid.");
        }
        write(handle, asked.get(), told, submission.by());
        ReturnSubmissions.remember(handle, submission, id, clock.instant());
        InboxRows.insert(
                handle,
                returned.order().account(),
                PostgresReturnIntake.TOPIC,
                id + "/refund-told-" + asked.get().transaction(told.payment()),
                id.workflowId(returned.order().account()),
                "{}",
                clock.instant());
        trace(handle, id, asked.get().transaction(told.payment()), told, submission.by());
        return new Outcome.Stored(id);
    }

    /** Why something was not given is told in somebody's own words, which may name a person: the trace keeps them for good. */
    private void trace(Handle handle, ReturnId id, String transaction, Told told, Person by) {
        Map<String, String> detail = new HashMap<>(Map.of(
                "return", id.value(),
                "actor", by.actor(),
                "refund", transaction,
                "given", Boolean.toString(told.given())));
        if (told.given()) {
            detail.put("as", told.as());
        } else {
            PersonRows.say(handle, id.value(), transaction, told.as());
        }
        trace.append(
                handle,
                id.value(),
                "return.refund-told",
                by.actor() + (told.given() ? " has given back " : " could not give back ") + "what payment "
                        + told.payment() + " gets of " + id,
                detail,
                told.given() ? List.of(told.as()) : List.of());
    }

    private static Optional<ClientRefund> open(Handle handle, ReturnId id, Told told) {
        return ClientRefundRows.by(handle, id).stream()
                .filter(asked -> asked.order().equals(told.order()))
                .map(Asked::refund)
                .filter(refund -> refund.ofClient().stream()
                        .anyMatch(part -> part.payment().equals(told.payment()) && part.standing() == Standing.ASKED))
                .findFirst();
    }

    private static boolean hasApproved(Return returned, Person by) {
        return returned.repayment()
                .filter(repayment -> repayment.needsSecondPerson()
                        && repayment.approvedBy().filter(by.owner()::equals).isPresent())
                .isPresent();
    }

    private void write(Handle handle, ClientRefund refund, Told told, Person by) {
        handle.createUpdate("""
            update client_refund_part set standing = :standing, told_by = :by, told_as = :as, told_at = :now
            where order_id = :order and reference = :reference and payment = :payment
            """)
                .bind("standing", told.given() ? Standing.GIVEN : Standing.FAILED)
                .bind("by", by.owner())
                .bind("as", told.given() ? told.as() : "failed")
                .bind("now", Columns.at(clock.instant()))
                .bind("order", told.order().value())
                .bind("reference", refund.reference())
                .bind("payment", told.payment())
                .execute();
    }
}
