package io.throughline.activities.finance;

import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.Exchange;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The credit of a return that has paid an order, in the books of that: what the order does not take goes back to the clearing account of exchanges, from which the return
 * gives it as money. Orders of no exchange stay as they are.
 */
final class ExchangedCredit {
    private final CustomerMoney money;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final Journals journals;
    private final PostingRules rules;
    private final Clock clock;

    ExchangedCredit(
            CustomerMoney money,
            Orders orders,
            FulfillmentOrders work,
            Journals journals,
            PostingRules rules,
            Clock clock) {
        this.money = money;
        this.orders = orders;
        this.work = work;
        this.journals = journals;
        this.rules = rules;
        this.clock = clock;
    }

    /** An order that was carried out, whose credit pays no more than what was handed over. */
    Order leftOver(Order order) {
        if (!isOfExchange(order)) {
            return order;
        }
        Money left = Exchange.leftOver(order, work.ofOrder(order.id()));
        return Exchange.creditLeftOver(
                order,
                left,
                Exchange.leftOverName(order)
                        .flatMap(name -> expected(order, name))
                        .map(told -> dayOf(order, told))
                        .orElseGet(clock::instant));
    }

    private static boolean isOfExchange(Order order) {
        return Exchange.returnOf(order.key()).isPresent();
    }

    /** What the books are to know of the credit that is left; it keeps the day that it was first expected with. */
    private Optional<Journal> expected(Order order, String refund) {
        String reference = Postings.refundReference(order, refund);
        return journals.of(order.id()).stream()
                .map(Posting::journal)
                .filter(journal -> journal.reference().equals(reference))
                .findFirst();
    }

    private Instant dayOf(Order order, Journal told) {
        return told.businessDate().atStartOfDay(rules.of(order).zone()).toInstant();
    }

    Reply giveBack(Order order, Optional<Decision> decision) {
        return isOfExchange(order) ? money.bookRefunds(order, decision) : Reply.done("it is of no exchange");
    }

    /**
     * An order that is not carried out. Once asked for, a cancellation has one instant, however often this is tried. What the books were told of when it seemed to be
     * carried out is a part of it, and no other amount, whatever was handed over since.
     */
    Order goneBack(Order order) {
        return isOfExchange(order)
                ? Exchange.creditGoneBack(
                        asTold(order),
                        orders.view(order.id())
                                .flatMap(OrderView::cancelRequestedAt)
                                .orElse(order.placedAt()))
                : order;
    }

    private Order asTold(Order order) {
        return Exchange.leftOverName(order)
                .filter(name -> money.isRefundInTheBooks(order, name))
                .flatMap(name -> expected(order, name))
                .map(told -> Exchange.creditLeftOver(order, amountOf(told), dayOf(order, told)))
                .orElse(order);
    }

    private static Money amountOf(Journal told) {
        return Money.sum(
                told.currency(),
                told.lines().stream()
                        .filter(line -> line.account().equals(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE)))
                        .map(JournalLine::signed)
                        .toList());
    }
}
