package io.throughline.domain.order;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.payment.PaymentStatus;
import java.time.Instant;
import java.util.List;

/** How far the orders of a time have come. */
public interface OrderFlow {
    /** The orders that came in at or after an instant, counted by where they stand now. */
    List<Standing> receivedSince(Instant since);

    /** So many orders stand alike on every axis that an order has by itself. */
    record Standing(OrderStatus status, PaymentStatus payment, PostingStatus posting, int orders) {}
}
