package io.throughline.store.sale;

import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.TillSale;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Knows which of the returns that tills tell of are in the books already. */
@FunctionalInterface
public interface TillReturns {
    /** What is booked in the place of a return that a till tells of, in a transaction that has its lock; empty: nothing is. */
    Optional<StoreSale> bookedFor(Handle handle, TillSale told, Instant now);
}
