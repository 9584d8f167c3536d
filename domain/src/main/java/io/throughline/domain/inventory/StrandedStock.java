package io.throughline.domain.inventory;

import java.time.Duration;

/**
 * What is reserved for orders that have ended, which nobody will ever ask for or give back. It should never be there: an order gives back what it did not need
 * before it ends.
 */
public interface StrandedStock {
    /**
     * Sets right what orders have left that ended at least so long ago: what has left is booked, all else is given back, and each order's trace tells so. Of
     * at most so many orders; gives of how many.
     */
    int setRight(Duration endedFor, int mostOrders);
}
