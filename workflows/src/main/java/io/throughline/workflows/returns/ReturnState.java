package io.throughline.workflows.returns;

import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.ParcelTask;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a return needs to see: how far its goods and its money are, whether the stock has still to hear of something, and
 * until when goods are waited for. {@code amount} is for people: what is given back, or an empty text while that is not known.
 * {@code exchanging}: what is taken in place of the money is not settled. {@code payUntil} is there where the customer was asked to pay for it.
 * {@code refund} is for people, too: to what the money goes, and by which refund, once that is known; runs that began before it was told have none.
 * {@code parcel} is what is to be done next about its parcels, {@code parcels} where they are, for people. {@code refused}: the customer is to be told that
 * it is not granted after all; runs that began before they were have no word of it. {@code asksShelves}: its channel is to be asked what it has put on a
 * shelf with the refund that was made there; nor have they of that.
 */
public record ReturnState(
        GoodsStatus goods,
        MoneyStatus money,
        boolean toBook,
        Instant dueAt,
        String amount,
        boolean exchanging,
        @Nullable Instant payUntil,
        @Nullable String refund,
        @Nullable ParcelTask parcel,
        @Nullable String parcels,
        boolean refused,
        boolean asksShelves) {
    /** Nothing of the goods is left to be done. */
    boolean goodsEnded() {
        return !toBook
                && parcel == null
                && switch (goods) {
                    case INSPECTED, NOT_TO_COME, REFUSED -> true;
                    case AUTHORISED, IN_TRANSIT, DELIVERED, PARTLY_RECEIVED, RECEIVED -> false;
                };
    }

    boolean stillToCome() {
        return switch (goods) {
            case AUTHORISED, IN_TRANSIT, DELIVERED, PARTLY_RECEIVED -> true;
            case RECEIVED, INSPECTED, NOT_TO_COME, REFUSED -> false;
        };
    }
}
