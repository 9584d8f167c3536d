package io.throughline.workflows.returns;

import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a return needs to see: how far its goods and its money are, whether the stock has still to hear of something, and
 * until when goods are waited for. {@code amount} is for people: what is given back, or an empty text while that is not known.
 * {@code exchanging}: what is taken in place of the money is not settled. {@code payUntil} is there where the customer was asked to pay for it.
 * {@code refund} is for people, too: to what the money goes, and by which refund, once that is known; runs that began before it was told have none.
 */
public record ReturnState(
        GoodsStatus goods,
        MoneyStatus money,
        boolean toBook,
        Instant dueAt,
        String amount,
        boolean exchanging,
        @Nullable Instant payUntil,
        @Nullable String refund) {
    /** Of which people are told the amount alone. */
    public ReturnState(
            GoodsStatus goods,
            MoneyStatus money,
            boolean toBook,
            Instant dueAt,
            String amount,
            boolean exchanging,
            @Nullable Instant payUntil) {
        this(goods, money, toBook, dueAt, amount, exchanging, payUntil, null);
    }

    /** Of a return for which nothing is exchanged. */
    public ReturnState(GoodsStatus goods, MoneyStatus money, boolean toBook, Instant dueAt, String amount) {
        this(goods, money, toBook, dueAt, amount, false, null);
    }

    /** Nothing of the goods is left to be done. */
    boolean goodsEnded() {
        return !toBook
                && switch (goods) {
                    case INSPECTED, NOT_TO_COME, REFUSED -> true;
                    case AUTHORISED, PARTLY_RECEIVED, RECEIVED -> false;
                };
    }

    boolean stillToCome() {
        return goods == GoodsStatus.AUTHORISED || goods == GoodsStatus.PARTLY_RECEIVED;
    }
}
