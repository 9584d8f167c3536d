package io.throughline.domain.fulfillment;

import io.throughline.domain.order.OrderId;
import java.util.List;

/**
 * Holds of work that was given out, or is about to be. Placed and ended in one transaction with the message that wakes the order's process; no
 * time of a facility runs while its work is held.
 */
public interface WorkHolds {
    /** False where it stands already, or where that of a whole order has ended: whoever has let that go on is not asked again. */
    boolean place(OrderId order, WorkHold hold);

    /** Whether it stands, or has ended. */
    boolean isKnown(OrderId order, WorkHold.Source source, String reference);

    /** The work goes on, with as much time as it had left. Nothing where none stands. */
    void end(OrderId order, WorkHold.Source source, String reference, String why);

    /** Those that stand, by source and reference. */
    List<WorkHold> standing(OrderId order);
}
