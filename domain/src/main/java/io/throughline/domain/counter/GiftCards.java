package io.throughline.domain.counter;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.money.Money;
import java.util.Optional;

/**
 * Gives credit at a channel to somebody of whom it knows no order: a gift card whose code follows from our reference ({@link CardCodes}), so that there can't be
 * two of one reference, whatever the channel forgets. Failures are {@code SystemFailure}.
 */
public interface GiftCards {
    /** By the claim's reference, which the card bears, and by its code. */
    Optional<Receipt> find(Claim claim);

    /** The receipt's reference is the channel's name of the card. What the channel does not allow: REFUND_REFUSED. */
    Reply give(Claim claim, String vendorKey);

    TillRefunds.Standing standing(Claim claim, String card);

    /** {@code reference} is ours and unique. */
    record Claim(AccountId account, String reference, Money amount) {
        /** What is asked for, without the code. */
        public String asked() {
            return reference + " gift card of " + amount;
        }
    }
}
