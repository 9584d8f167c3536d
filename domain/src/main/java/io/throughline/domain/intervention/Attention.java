package io.throughline.domain.intervention;

import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the facts say of orders that should have a process, for whoever looks whether they have one. */
public interface Attention {
    /**
     * Takes the turn of a sweep, of which each is due {@code every} so often for all processes together. Empty: it is not due, or another
     * one has it. Else how far it had come; an empty text is the beginning.
     */
    Optional<String> take(String sweep, Duration every);

    /** How far a sweep has come, for the next turn. */
    void reached(String sweep, String mark);

    /**
     * Open orders that were heard of before {@code until}, those after {@code mark} in an order that stays. One whose news waits for its turn
     * in the inbox, as when many come at once, is left out: its process is about to begin.
     */
    Page openOrders(String mark, Instant until, int limit);

    /** Which of these orders are open. */
    Set<OrderKey> open(Collection<OrderKey> orders);

    /** Of these orders those that nobody knows, and those that had ended by {@code until}. */
    Set<OrderKey> over(Collection<OrderKey> orders, Instant until);

    Optional<OrderKey> keyOf(OrderId order);

    /** An order whose facts are open. */
    record OpenOrder(OrderId id, OrderKey key) {}

    /** {@code next} is the mark of the page after this one; the beginning, where this one was the last. */
    record Page(List<OpenOrder> orders, String next) {
        public Page {
            orders = List.copyOf(orders);
        }
    }
}
