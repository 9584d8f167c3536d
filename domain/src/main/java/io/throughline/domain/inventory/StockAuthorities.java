package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;

/**
 * Which outside system moves which stock: exactly one per facility and measure. What any other system says is an observation, which is
 * compared and never booked. Throughline's own movements are always booked.
 */
@FunctionalInterface
public interface StockAuthorities {
    Authority of(FacilityId facility, Measure measure);

    default boolean moves(StockSource source, FacilityId facility, Measure measure) {
        return source.own() || of(facility, measure).system().equals(source.system());
    }

    /** The system, and what of it is booked. */
    record Authority(String system, Basis basis) {}

    enum Basis {
        /** Its sales, receipts, counts and so on; the levels that it tells beside them are observations. */
        MOVEMENTS,
        /** The levels that it tells, each as a count; it tells nothing else. */
        LEVELS
    }
}
