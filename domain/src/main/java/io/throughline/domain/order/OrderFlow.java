package io.throughline.domain.order;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.payment.PaymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far the orders of a time have come. */
public interface OrderFlow {
    /** The orders that came in at or after an instant, counted by where they stand now. */
    List<Standing> receivedSince(Instant since);

    /** What went through each stage from an instant on until before another one, whatever orders it was of. */
    Passed passed(Instant from, Instant until);

    /** When the first order came in; empty before that. */
    Optional<Instant> firstReceived();

    /** So many orders stand alike on every axis that an order has by itself. */
    record Standing(OrderStatus status, PaymentStatus payment, PostingStatus posting, int orders) {}

    /**
     * Orders that came in, pieces of work that were given to facilities and that were shipped or handed over there, payments of orders that were taken
     * and invoices of them that were booked, and orders that came to their end as they should.
     */
    record Passed(long received, long givenOut, long handedOver, long paid, long invoiced, long completed) {}
}
