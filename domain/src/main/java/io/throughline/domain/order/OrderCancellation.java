package io.throughline.domain.order;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import java.util.Optional;

/** Cancels an order at its channel, giving the customer's money back to the original tender where {@code refund} says so. */
public interface OrderCancellation {
    Optional<Receipt> findCancellation(OrderKey key);

    Reply cancel(OrderKey key, String reason, boolean refund, String vendorKey);
}
