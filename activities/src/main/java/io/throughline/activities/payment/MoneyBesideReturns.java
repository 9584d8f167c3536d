package io.throughline.activities.payment;

import io.throughline.activities.call.InFlight;
import io.throughline.activities.call.Steps;
import io.throughline.activities.order.ForeignRefundCases;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.ForeignRefunds;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.Returns;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a channel gives back of an order that is under way, beside what its returns do: it is booked when the order is settled, or a person hears of it before the
 * order closes. A refund that had come through, and has failed since, is told at once.
 */
public final class MoneyBesideReturns implements InFlight {
    private static final String FAILED = "order.refund-failed";

    private final Accounts accounts;
    private final Orders orders;
    private final Returns returns;
    private final Journals journals;
    private final Steps steps;
    private final ForeignRefundCases cases;

    public MoneyBesideReturns(Accounts accounts, Orders orders, Returns returns, Journals journals, Steps steps) {
        this.accounts = accounts;
        this.orders = orders;
        this.returns = returns;
        this.journals = journals;
        this.steps = steps;
        this.cases = new ForeignRefundCases(steps);
    }

    /** What was given back, and neither a return nor the order's books have; the oldest first. What is still on its way may fail. */
    public List<Tender> unbooked(Order order) {
        return order.refunded().isPositive() ? foreign(order, inBooks(order)) : List.of();
    }

    private List<Tender> foreign(Order order, Set<String> inBooks) {
        List<Return> ofOrder = returns.ofOrder(order.id());
        return ForeignRefunds.of(order, ofOrder, inBooks).stream()
                .filter(Tender::isRefund)
                .filter(refund -> ofOrder.stream().noneMatch(one -> isForItToTell(one, refund, order)))
                .toList();
    }

    /** Its own, whose reply was lost, or one that it takes for its own; if neither, its process tells of it. */
    private boolean isForItToTell(Return returned, Tender refund, Order order) {
        return ForeignRefunds.isAsGivenBy(returned, refund, order) && !wasToldWhenAuthorised(returned, refund);
    }

    private boolean wasToldWhenAuthorised(Return returned, Tender refund) {
        return returned.versionThen(orders.versions(returned.id().order())).tenders().stream()
                .anyMatch(tender -> tender.id().equals(refund.id()));
    }

    private Set<String> inBooks(Order order) {
        Set<String> references = journals.of(order.id()).stream()
                .map(Posting::journal)
                .map(journal -> journal.reference())
                .collect(Collectors.toSet());
        return order.tenders().stream()
                .filter(tender -> references.contains(Postings.refundReference(order, tender)))
                .map(Tender::id)
                .collect(Collectors.toSet());
    }

    /** What was given back beside returns, in the books or not. */
    public List<Tender> given(Order order) {
        return order.refunded().isPositive() ? foreign(order, Set.of()) : List.of();
    }

    /** What of it is in nobody's books is told to a person, who may have it booked. */
    public void leaveBehind(Order order, List<Tender> unbooked) {
        if (isLive(order)) {
            cases.leaveBehind(
                    order,
                    unbooked,
                    "was given back at the channel, which no return knows of and which is in nobody's books");
        }
    }

    /** The books of the order are closed: what is not in them by now will not come into them by itself. */
    public void lookAgain(OrderId id) {
        orders.find(id).ifPresent(order -> leaveBehind(order, unbooked(order)));
    }

    /** The same where nobody comes to its books by themselves any more. */
    public void lookAgainAtClosed(OrderId id) {
        boolean ended = orders.view(id).filter(view -> view.status().ended()).isPresent();
        if (ended || areBooksClosed(id)) {
            lookAgain(id);
        }
    }

    /** What is told after the books were closed, and before the order has ended, is seen by whoever comes later: this, or the step that closes them. */
    @Override
    public void heed(OrderView known, ChannelOrder read) {
        if (known.status().ended() || !isLive(read.order())) {
            return;
        }
        read.order().tenders().stream()
                .filter(tender -> tender.kind() == Tender.Kind.REFUND && tender.status() == Tender.Status.FAILURE)
                .filter(tender -> hadComeThrough(read.order(), tender))
                .forEach(tender -> tellFailure(read.order(), tender));
        if (read.order().refunded().isPositive() && areBooksClosed(known.id())) {
            lookAgain(known.id());
        }
    }

    private boolean areBooksClosed(OrderId id) {
        return orders.view(id)
                .filter(view -> view.posting() == PostingStatus.CONFIRMED)
                .isPresent();
    }

    private boolean hadComeThrough(Order order, Tender failed) {
        return inBooks(order).contains(failed.id())
                || returns.ofOrder(order.id()).stream()
                        .flatMap(one -> one.repayment().stream())
                        .anyMatch(repayment -> (repayment.confirmed()
                                        && repayment.transactions().containsValue(failed.id()))
                                || hadBeenPassedOn(repayment, failed));
    }

    /** By a return whose refund is confirmed: its process looks no more. */
    private boolean hadBeenPassedOn(Return.Repayment credit, Tender failed) {
        return credit.passedOn().stream()
                .filter(part -> part.isBy(failed))
                .anyMatch(part -> returns.find(part.by())
                        .flatMap(Return::repayment)
                        .filter(Return.Repayment::confirmed)
                        .isPresent());
    }

    private void tellFailure(Order order, Tender failed) {
        steps.leaveBehind(
                new Steps.Step(order.id(), order.key().account(), FAILED, failed.id()),
                FailureCode.CHANGED_AFTER_SHIPMENT,
                failed.amount().shop() + " had been given back at the channel by " + failed.id()
                        + ", which has failed after all: the customer does not have it, and the books do");
    }

    private boolean isLive(Order order) {
        return accounts.get(order.key().account()).isLive();
    }
}
