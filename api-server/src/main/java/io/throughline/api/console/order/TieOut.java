package io.throughline.api.console.order;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Tone;
import io.throughline.api.console.order.BooksPage.Tie;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.returns.Return;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays what the channel tells of an order beside what its journals do to the customer's account. */
final class TieOut {
    private static final LedgerAccount RECEIVABLE = LedgerAccount.of(LedgerAccount.Role.RECEIVABLE);

    private final Order order;
    private final Money sold;
    private final OrderStatus status;
    private final List<Return> returns;
    private final List<Posting> postings;

    TieOut(Order order, Money sold, OrderStatus status, List<Return> returns, List<Posting> postings) {
        this.order = order;
        this.sold = sold;
        this.status = status;
        this.returns = returns;
        this.postings = postings;
    }

    List<Tie> ties() {
        List<Tie> ties = new ArrayList<>();
        if (status != OrderStatus.CANCELLED && status != OrderStatus.REJECTED) {
            ties.add(tie("Sold and invoiced", sold, owed(Journal.Kind.INVOICE)));
        }
        ties.add(tie("Paid", order.paid(), owed(Journal.Kind.PAYMENT).negated()));
        ties.add(tie(
                "Returned and credited",
                returned(),
                owed(Journal.Kind.CREDIT_NOTE).negated()));
        ties.add(tie("Given back", order.refunded().plus(exchanged()), owed(Journal.Kind.REVERSAL)));
        ties.add(tie("Owed by the customer", nothing(), owed(Journal.Kind.values())));
        return ties;
    }

    /** What the journals of these kinds add to the customer's account. */
    private Money owed(Journal.Kind... kinds) {
        return Money.sum(
                currency(),
                postings.stream()
                        .map(Posting::journal)
                        .filter(journal -> Arrays.asList(kinds).contains(journal.kind()))
                        .flatMap(journal -> journal.lines().stream())
                        .filter(line -> line.account().equals(RECEIVABLE))
                        .map(JournalLine::signed)
                        .toList());
    }

    private Money returned() {
        return Money.sum(
                currency(),
                returns.stream()
                        .filter(one -> one.refused().isEmpty())
                        .flatMap(one -> one.repayment().stream())
                        .map(repayment -> repayment.refund().total().shop())
                        .toList());
    }

    /** What has paid a new order is given back in the books, and of that the channel knows nothing. */
    private Money exchanged() {
        return Money.sum(
                currency(),
                returns.stream()
                        .flatMap(one -> one.repayment().stream())
                        .flatMap(repayment -> repayment.exchangedPart().stream())
                        .map(part -> part.amount().shop())
                        .toList());
    }

    private Tie tie(String what, Money channel, Money books) {
        Money difference = channel.minus(books);
        return new Tie(
                what, text(channel), text(books), difference.isZero() ? "" : text(difference), state(difference));
    }

    private Badge state(Money difference) {
        if (difference.isZero()) {
            return new Badge("Agrees", Tone.GOOD);
        }
        return ended() ? new Badge("Differs", Tone.BAD) : new Badge("Not yet", Tone.WAITING);
    }

    /** A return goes on when its order has ended. */
    private boolean ended() {
        return status.ended() && returns.stream().allMatch(Return::ended);
    }

    private CurrencyCode currency() {
        return order.currency();
    }

    private Money nothing() {
        return Money.zero(currency());
    }

    private static String text(Money money) {
        return money.toDecimal().toPlainString();
    }
}
