package io.throughline.domain.intervention;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import java.util.List;

/**
 * Changes of orders that clients have handed over, which nobody but Throughline keeps. As long as no work is given out, such an order may become
 * less, or go to another address: its client says the whole of it anew, for its taxes and payments are the client's. Of an order that goes out
 * in parts, what is still to come can be taken off after that, too.
 */
public interface OrderEdits {
    /** What the edit would set off just now; kept for a day. IllegalDecision where the order can't be edited (any more). */
    ChangePlan plan(Edit edit);

    /**
     * The order becomes that, if exactly what was planned would still come of it, in one transaction with the message that wakes its process. The
     * same plan again does nothing more. PlanOutdated tells what has changed.
     */
    void carryOut(Edit edit, String token, String actor);

    /** The order as it shall be, whom it is for, and the hash of how its client has said so. */
    record Edit(Order order, PersonalData person, String contentHash) {
        /** What the order is to get, line by line. */
        public List<LineQuantity> needs() {
            return order.deliveries().stream()
                    .flatMap(delivery -> delivery.lines().stream())
                    .toList();
        }
    }
}
