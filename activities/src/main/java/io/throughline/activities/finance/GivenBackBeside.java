package io.throughline.activities.finance;

import io.throughline.activities.payment.MoneyBesideReturns;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a channel gave back of an order that was carried out, beside its returns, in the order's books. Of what was paid and never invoiced it is a payment back;
 * what more it is lowers something that was sold, which nobody but a person can say. So what the channel holds is what the books say, or somebody was told of the rest.
 */
final class GivenBackBeside {
    private static final Set<Journal.Kind> PAYMENTS = Set.of(Journal.Kind.PAYMENT, Journal.Kind.REVERSAL);

    private final MoneyBesideReturns beside;
    private final CustomerMoney money;
    private final Journals journals;
    private final Accounts accounts;

    GivenBackBeside(MoneyBesideReturns beside, CustomerMoney money, Journals journals, Accounts accounts) {
        this.beside = beside;
        this.money = money;
        this.journals = journals;
        this.accounts = accounts;
    }

    Reply book(Order order, Optional<Decision> decision) {
        if (Exchange.returnOf(order.key()).isPresent()) {
            return Reply.done("its credit is booked otherwise");
        }
        List<Tender> unbooked = beside.unbooked(order);
        List<Tender> overpaid = withinWhatIsOver(order, unbooked);
        List<Tender> toBook = Stream.concat(begun(order), overpaid.stream()).toList();
        Reply booked = toBook.isEmpty()
                ? Reply.done("nothing was given back of what is over")
                : money.bookRefunds(order, toBook, decision);
        if (booked instanceof Reply.Refused) {
            return booked;
        }
        List<Tender> untold =
                unbooked.stream().filter(refund -> !overpaid.contains(refund)).toList();
        beside.leaveBehind(order, untold);
        return compare(order, untold).orElse(booked);
    }

    /** What was to be booked before, and has no document: the ERP may have been away, or have refused it. */
    private Stream<Tender> begun(Order order) {
        Set<String> waiting = journals.of(order.id()).stream()
                .filter(posting -> posting.documentNumber().isEmpty())
                .map(posting -> posting.journal().reference())
                .collect(Collectors.toSet());
        return order.tenders().stream().filter(refund -> waiting.contains(Postings.refundReference(order, refund)));
    }

    /** As long as it is not more than what the customer has paid beyond the invoices. */
    private List<Tender> withinWhatIsOver(Order order, List<Tender> unbooked) {
        Money over = receivable(order, journals(order)).negated();
        List<Tender> within = new ArrayList<>();
        for (Tender refund : unbooked) {
            Money rest = over.minus(refund.amount().shop());
            if (!rest.isNegative() && order.tenders().stream().anyMatch(refund::refunds)) {
                within.add(refund);
                over = rest;
            }
        }
        return within;
    }

    private Optional<Reply> compare(Order order, List<Tender> told) {
        Money given = Money.sum(
                order.currency(),
                beside.given(order).stream()
                        .filter(refund -> !told.contains(refund))
                        .map(refund -> refund.amount().shop())
                        .toList());
        Money held = order.paid().minus(given);
        Money booked = receivable(order, journals(order).filter(journal -> PAYMENTS.contains(journal.kind())))
                .negated();
        return held.equals(booked) || !accounts.get(order.key().account()).isLive()
                ? Optional.empty()
                : Optional.of(Reply.refused(
                        FailureCode.ERP_BOOKS_DIFFER,
                        "beside its returns the channel holds " + held + " of the order, our journals say " + booked));
    }

    private Stream<Journal> journals(Order order) {
        return journals.of(order.id()).stream().map(Posting::journal);
    }

    private static Money receivable(Order order, Stream<Journal> journals) {
        return Money.sum(
                order.currency(),
                journals.flatMap(journal -> journal.lines().stream())
                        .filter(line -> line.account().equals(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE)))
                        .map(JournalLine::signed)
                        .toList());
    }
}
