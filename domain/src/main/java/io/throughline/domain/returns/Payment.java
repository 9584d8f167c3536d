package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Tender;

/**
 * What one tender has paid, and what of it was given back or is on its way back. Both currencies are kept, so that a refund has the rate
 * of the payment.
 */
public record Payment(Tender tender, MoneyBag givenBack) {
    public String gateway() {
        return tender.gateway();
    }

    public MoneyBag captured() {
        return tender.amount();
    }

    /** What may still be given back, in the shop's currency; never negative. */
    public Money left() {
        return notNegative(captured().shop().minus(givenBack.shop()));
    }

    /**
     * An amount in the shop's currency, not more than is left, as the customer was shown it: what is due with it at the payment's rate, less
     * what was given back before. So the last refund takes the remainder.
     */
    public MoneyBag inBoth(Money amount) {
        Money paid = captured().shop();
        Money due = paid.isZero()
                ? captured().presentment()
                : captured()
                        .presentment()
                        .share(0, givenBack.shop().plus(amount).min(paid).minor(), paid.minor());
        return new MoneyBag(amount, notNegative(due.minus(givenBack.presentment())));
    }

    Payment givingBack(MoneyBag more) {
        return new Payment(tender, givenBack.plus(more));
    }

    private static Money notNegative(Money amount) {
        return amount.isNegative() ? Money.zero(amount.currency()) : amount;
    }
}
