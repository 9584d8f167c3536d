package io.throughline.domain.intervention;

import io.throughline.domain.account.AccountId;
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

    /**
     * Open orders about which there has been news since before {@code until} that no process has taken in, or whose work should have got on
     * before it, those after {@code mark} of them. They cost as much as there are, however many orders are open. One whose news waits for its
     * turn is left out, as with {@link #openOrders}.
     */
    OverduePage overdue(String mark, Instant until, int limit);

    /** Of open orders the effects that a process has begun which has not been heard of for {@code silence}, the oldest first. */
    List<Forsaken> forsaken(Duration silence, int limit);

    /** {@code since} is the oldest instant at which its process should have done something. */
    record Overdue(OpenOrder order, Instant since) {}

    /** {@code next} is as with {@link Page}. */
    record OverduePage(List<Overdue> orders, String next) {
        public OverduePage {
            orders = List.copyOf(orders);
        }
    }

    /** An effect that nobody may touch before {@code until}, for what became of it can't be known yet. */
    record Forsaken(OpenOrder order, String operation, AccountId account, Instant until) {}

    /** An order whose facts are open. */
    record OpenOrder(OrderId id, OrderKey key) {}

    /** {@code next} is the mark of the page after this one; the beginning, where this one was the last. */
    record Page(List<OpenOrder> orders, String next) {
        public Page {
            orders = List.copyOf(orders);
        }
    }
}
