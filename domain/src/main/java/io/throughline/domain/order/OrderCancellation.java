package io.throughline.domain.order;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import java.util.Optional;

/** Cancels an order at its channel, giving the customer's money back to the original tender. */
public interface OrderCancellation {
    Optional<Receipt> findCancellation(OrderKey key);

    Reply cancel(OrderKey key, String reason, String vendorKey);
}
