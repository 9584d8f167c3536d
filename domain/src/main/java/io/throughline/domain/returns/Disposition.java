package io.throughline.domain.returns;

import io.throughline.domain.inventory.Measure;
import java.util.Set;

/** What becomes of units that came back, once somebody has looked at them. */
public enum Disposition {
    /** Sold again as they are. */
    RESTOCK(Set.of(Measure.ON_HAND)),
    /** Kept back until they are made good. */
    REFURBISH(Set.of(Measure.HELD, Measure.ON_HAND)),
    /** Kept back until their vendor takes them. */
    RETURN_TO_VENDOR(Set.of(Measure.HELD, Measure.ON_HAND)),
    /** Thrown away: they never come into stock. */
    SCRAP(Set.of()),
    /** Not taken: it goes back to the customer, nothing is paid for it, and it never comes into stock. */
    SEND_BACK(Set.of());

    // Never handed out nor changed after construction.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Measure> grows;

    Disposition(Set<Measure> grows) {
        this.grows = grows;
    }

    /** Whether the retailer keeps it, so that something may be paid for it. */
    public boolean taken() {
        return this != SEND_BACK;
    }

    /** Whether a measure of the place's stock grows by them. */
    public boolean grows(Measure measure) {
        return grows.contains(measure);
    }
}
