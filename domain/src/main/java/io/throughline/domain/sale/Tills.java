package io.throughline.domain.sale;

import io.throughline.domain.order.OrderKey;
import java.time.Instant;

/** The tills of the stores, as their own system tells what they sell. Reading changes nothing there. Failures are {@code SystemFailure}. */
public interface Tills {
    Told read(OrderKey key);

    /** What that system has under a name. */
    sealed interface Told {
        /** Goods that have left, or come back, against money. */
        record Sold(TillSale sale) implements Told {}

        /** A sale that can't be said in our terms, such as half a unit. */
        record Unreadable(Instant version, String reason) implements Told {}

        /** Work that we have given to the store ourselves. */
        record OwnWork() implements Told {}

        /** Nothing, or a sale that is not complete yet. */
        record Nothing() implements Told {}
    }
}
