package io.throughline.domain.returns;

import io.throughline.domain.order.OrderKey;
import java.util.List;

/**
 * Makes returns of what was given back at a channel and no return knows of ({@link ForeignRefunds}), in PostgreSQL. The money of each is a fact from the start;
 * units that were taken off with it are waited for. In the transaction that stores them their processes are woken.
 */
public interface ReturnAdoption {
    Outcome adopt(OrderKey order, String by);

    /**
     * The returns that were made. None: all that was given back is somebody's already, also where that was told before; or {@code beingPaid} are about to give money
     * back themselves, so that it may be theirs.
     */
    record Outcome(List<ReturnId> made, List<ReturnId> beingPaid) {
        public Outcome {
            made = List.copyOf(made);
            beingPaid = List.copyOf(beingPaid);
        }
    }
}
