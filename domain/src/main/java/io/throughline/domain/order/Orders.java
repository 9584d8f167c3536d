package io.throughline.domain.order;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.OrderRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The orders, in PostgreSQL. Every change writes the order's trace in the same transaction, and every method may be called again with
 * the same arguments without a second effect.
 */
public interface Orders {
    /**
     * Makes the order known (RECEIVED) if it is not, marks that its channel has something new to tell, and gives its view. The rules are
     * those of today; the order keeps the first that it is told.
     */
    OrderView hint(OrderKey key, Channel channel, OrderRules rules);

    /**
     * Stores what the channel told. An older version changes nothing, nor does the same one with the same content. Clears {@link OrderView#channelChanged} unless a
     * hint came after {@code readAt}, the instant just before the channel was read.
     */
    Acceptance accept(Order order, PersonalData person, Instant readAt);

    Optional<OrderView> view(OrderId id);

    /** The newest canonical version; empty until the channel has been read. */
    Optional<Order> find(OrderId id);

    /** Which version {@link #find} would give, without reading it. */
    Optional<Instant> version(OrderId id);

    /** Moves the life cycle on. Already there: nothing happens. A step that {@link OrderStatus#next} does not allow is refused. */
    void advance(OrderId id, OrderStatus to, String reason);

    void payment(OrderId id, PaymentStatus status);

    void posting(OrderId id, PostingStatus status);

    /** The order shall be cancelled; whoever asks first is remembered. The reason is kept with the personal data, never in the trace. */
    void requestCancel(OrderId id, String actor, String reason);

    /** Newest first; at most {@code limit} (1 to 500). */
    List<OrderView> recent(int limit);

    /** What storing a version meant. */
    enum Acceptance {
        FIRST,
        NEWER,
        UNCHANGED
    }
}
