package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;

/**
 * Which outside system moves which stock: exactly one per facility and measure. What any other system says is an observation, which is
 * compared and never booked. Throughline's own movements are always booked.
 */
@FunctionalInterface
public interface StockAuthorities {
    Authority of(FacilityId facility, Measure measure);

    default boolean moves(Movement movement) {
        return movement.source().own()
                || of(movement.facility(), movement.measure())
                        .moves(movement.source().system(), movement.kind());
    }

    /** Whether it is the system that moves this stock, whatever of it is booked. */
    default boolean isMovedBy(String system, FacilityId facility, Measure measure) {
        return of(facility, measure).system().equals(system);
    }

    /** The system, and what of it is booked. */
    record Authority(String system, Basis basis) {
        boolean moves(String other, Movement.Kind kind) {
            return system.equals(other) && (basis == Basis.MOVEMENTS || kind.absolute());
        }
    }

    enum Basis {
        /** Its sales, receipts, counts and so on; the levels that it tells beside them are observations. */
        MOVEMENTS,
        /** The levels that it tells, each as a count; what it tells of single movements is in them already, and so an observation. */
        LEVELS
    }
}
