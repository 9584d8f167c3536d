package io.throughline.domain.returns;

import io.throughline.domain.money.Money;

/** How far a return is for whoever brings something back: both legs in one word, without what only the retailer's people have to do. */
public enum CustomerStatus {
    /** The goods are waited for. */
    GOODS_AWAITED,
    /** A carrier has them. */
    GOODS_ON_THEIR_WAY,
    /** Their carrier has delivered them to us. */
    GOODS_DELIVERED,
    PARTLY_RECEIVED,
    /** The goods have come, and somebody looks at them. */
    RECEIVED,
    /** It is settled what is given back, or about to be. */
    UNDER_REVIEW,
    REFUND_ON_ITS_WAY,
    REFUNDED,
    /** The money was given first, and goods are still to come back. */
    REFUNDED_GOODS_AWAITED,
    /** Other goods were taken in place of all of the money. */
    EXCHANGED,
    /** Nothing was to be given back. */
    NOTHING_DUE,
    /** Nothing of it was taken: the goods go back to the customer. */
    SENT_BACK,
    /** The money did not go back by itself: somebody sees to it. */
    HANDLED_IN_PERSON,
    REFUSED;

    public static CustomerStatus of(Return returned) {
        if (returned.refused().isPresent()) {
            return REFUSED;
        }
        return switch (returned.money()) {
            case AWAITS_GOODS -> ofGoods(returned);
            case UNCALCULATED, UNAPPROVED, APPROVED -> UNDER_REVIEW;
            case ISSUED -> REFUND_ON_ITS_WAY;
            case CONFIRMED, ENDED ->
                returned.repayment()
                        .map(paid -> ofMoney(returned, paid))
                        .orElseGet(() -> returned.lines().stream().anyMatch(line -> line.sentBack() > 0)
                                ? SENT_BACK
                                : NOTHING_DUE);
        };
    }

    private static CustomerStatus ofGoods(Return returned) {
        return switch (returned.goods()) {
            case AUTHORISED -> GOODS_AWAITED;
            case IN_TRANSIT -> GOODS_ON_THEIR_WAY;
            case DELIVERED -> GOODS_DELIVERED;
            case PARTLY_RECEIVED -> PARTLY_RECEIVED;
            case RECEIVED, INSPECTED, NOT_TO_COME, REFUSED -> RECEIVED;
        };
    }

    private static CustomerStatus ofMoney(Return returned, Return.Repayment paid) {
        if (!paid.refund().total().shop().isPositive()) {
            return NOTHING_DUE;
        }
        if (!paid.inMoney().shop().isPositive()) {
            return EXCHANGED;
        }
        if (!paid.confirmed() || given(paid).compareTo(paid.inMoney().shop()) < 0) {
            return HANDLED_IN_PERSON;
        }
        boolean toCome = !(returned.to() instanceof ReturnedTo.Never)
                && returned.lines().stream().anyMatch(line -> line.toCome() > 0);
        return toCome ? REFUNDED_GOODS_AWAITED : REFUNDED;
    }

    private static Money given(Return.Repayment paid) {
        return Money.sum(
                paid.refund().currency(),
                paid.given().stream().map(part -> part.amount().shop()).toList());
    }
}
