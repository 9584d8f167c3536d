package io.throughline.domain.counter;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives back what a till's system has taken, by the payment that it was taken with. It moves no stock there. Failures are {@code SystemFailure}. */
public interface TillRefunds {
    /** By the claim's reference, which the refund bears. */
    Optional<Receipt> findRefund(Claim claim);

    /** The receipt's reference is the system's refund. More than is left, or a payment that can't be given back: REFUND_REFUSED. */
    Reply refund(Claim claim, String vendorKey);

    /** Refunds of the very amount of the very payment that nobody has asked for through us, made since then. What has failed is none. */
    List<String> madeElsewhere(Claim claim, Instant since);

    Standing standing(Claim claim, String refund);

    /** {@code tender} counts the payments of the sale from 1, as its system tells them. {@code reference} is ours and unique. */
    record Claim(OrderKey sale, int tender, Money amount, String reference) {
        /** What is asked for, without personal data. */
        public String asked() {
            return reference + " " + amount + " to payment " + tender + " of " + sale;
        }
    }

    /** What became of a refund. */
    enum Standing {
        PENDING,
        THROUGH,
        FAILED
    }
}
