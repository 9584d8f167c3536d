package io.throughline.domain.order;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.routing.RoutingDecision;
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
     * Stores what the channel told, with what it says of the payment. An older version changes nothing, nor does the same one with the same
     * content; of two readings of one version that differ, the one counts that began later. Clears {@link OrderView#channelChanged}
     * unless a hint came after {@code readAt}, the instant just before the channel was read.
     */
    Accepted accept(Order order, PersonalData person, Instant readAt);

    Optional<OrderView> view(OrderId id);

    /** The newest canonical version; empty until the channel has been read. */
    Optional<Order> find(OrderId id);

    /**
     * The newest version, in which what the channel calls by a name that people have decided about is called by that: it becomes a version of its own
     * the first time, and each later reading is taken in so.
     */
    Order named(OrderId id);

    /** Every version that its channel has told, the newest first: what was done by an older one is understood from it. */
    List<Order> versions(OrderId id);

    /** Where {@link #find} has it from, without reading it. */
    Optional<Reading> reading(OrderId id);

    /** Moves the life cycle on. Already there: nothing happens. A step that {@link OrderStatus#next} does not allow is refused. */
    void advance(OrderId id, OrderStatus to, String reason);

    /** How far the books are. What may not follow ({@link PostingStatus#mayFollow}) changes nothing. */
    void posting(OrderId id, PostingStatus status);

    /** No facility was found for it: why, and what comes next. The trace is told when that is not what it was. */
    void unplaced(OrderId id, RoutingDecision decision);

    /** The order shall be cancelled; whoever asks first is remembered. The reason is kept with the personal data, never in the trace. */
    void requestCancel(OrderId id, String actor, String reason);

    /**
     * What was asked to be cancelled goes on, because it can't be had back any more: {@code why}, without personal data. It may be asked for
     * again. Nothing where nobody has asked for it, or its channel has cancelled it: then its money goes back.
     */
    void declineCancel(OrderId id, String why);

    /** Newest first; at most {@code limit} (1 to 500). */
    List<OrderView> recent(int limit);

    /** {@code news}: what was told has become the newest version. Otherwise {@code newest} was known before. */
    record Accepted(boolean news, Order newest) {}
}
