package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Money that goes back to where a credit came from. The credit of a return, {@code of}, has paid for other goods, by the order that they were taken with; now these come
 * back {@code by} another return, and a payment of the first order is given so much of what the credit had taken of it. {@code reference} is that of the refund by which
 * it goes. So over all orders that hang together no more is given back than was captured.
 */
public record PassedOn(
        ReturnId of,
        OrderKey order,
        ReturnId by,
        String reference,
        Refund.ToTender part,
        Optional<Instant> passedAt,
        Optional<String> transaction,
        boolean failed) {

    /** Whether it goes on to what another credit had been made of: nobody is asked to give it back. */
    public boolean goesFurther() {
        return isOfCredit(part);
    }

    /** Whether a part of a refund goes back to a credit that had paid. */
    public static boolean isOfCredit(Refund.ToTender part) {
        return part.payment().equals(Exchange.GATEWAY);
    }

    /** Whether it may show itself at the channel before it is known here. */
    public boolean isUnderWay() {
        return !failed && passedAt.isEmpty();
    }

    /** Whether it goes by a channel's transaction. */
    public boolean isBy(Tender refund) {
        return transaction.filter(refund.id()::equals).isPresent();
    }

    /** Where nothing is sent to a channel, nobody will tell of it. */
    boolean isNotSent() {
        return passedAt.isPresent() && transaction.isEmpty();
    }

    /** Whether it has gone back to a payment, and not further to what another credit had been made of. */
    boolean isPaid() {
        return passedAt.isPresent() && !failed && !goesFurther();
    }

    /** Under which name it is one of the payments out of the credit note of the return that gives it. */
    Refund.ToTender booked() {
        return new Refund.ToTender(of + "/" + part.payment(), part.gateway(), part.amount());
    }

    /**
     * Divides what goes back of a credit among the payments that it had been taken of, in their order. In the customer's currency each has the rate at which it was taken;
     * the last takes the remainder.
     */
    public static List<Refund.ToTender> divide(Return.Repayment credit, Money amount) {
        List<Refund.ToTender> parts = new ArrayList<>();
        Money rest = amount;
        for (Refund.ToTender whole : credit.refund().tenders()) {
            Optional<MoneyBag> taken = Optional.ofNullable(credit.exchanged().get(whole.payment()));
            if (taken.isPresent() && rest.isPositive()) {
                MoneyBag before = credit.passedOn(whole.payment());
                Money some = rest.min(taken.get().shop().minus(before.shop()));
                if (some.isPositive()) {
                    parts.add(new Refund.ToTender(whole.payment(), whole.gateway(), share(taken.get(), before, some)));
                    rest = rest.minus(some);
                }
            }
        }
        if (rest.isPositive()) {
            throw new IllegalArgumentException(rest + " of " + amount + " are more than is left of the credit");
        }
        return List.copyOf(parts);
    }

    private static MoneyBag share(MoneyBag taken, MoneyBag before, Money some) {
        Money due = taken.presentment()
                .share(0, before.shop().plus(some).minor(), taken.shop().minor())
                .minus(before.presentment());
        return new MoneyBag(some, due.isNegative() ? Money.zero(due.currency()) : due);
    }
}
