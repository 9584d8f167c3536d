package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which returns somebody wants to see, the newest first. {@code facilities} are those to which goods are to come, or where some lie; where nobody
 * says so, all. {@code overdueAt}: those whose goods should have come by then. {@code after}: only what was authorised before that one.
 */
public record ReturnFilter(
        Optional<Stage> stage,
        Optional<Set<FacilityId>> facilities,
        boolean awaitingApproval,
        Optional<Instant> overdueAt,
        Optional<Place> after,
        int limit) {
    public ReturnFilter {
        facilities = facilities.map(Set::copyOf);
        if (limit < 1 || limit > 501) {
            throw new IllegalArgumentException("limit must be 1 to 501");
        }
    }

    /** The newest of all. */
    public static ReturnFilter newest(int limit) {
        return new ReturnFilter(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty(), limit);
    }

    /** The same of some facilities. */
    public ReturnFilter at(Optional<Set<FacilityId>> places) {
        return new ReturnFilter(stage, places, awaitingApproval, overdueAt, after, limit);
    }

    /** The same of one stage. */
    public ReturnFilter in(Stage wanted) {
        return new ReturnFilter(Optional.of(wanted), facilities, awaitingApproval, overdueAt, after, limit);
    }

    /** How far a return is, as people look for it. */
    public enum Stage {
        /** It has neither ended nor was it refused. */
        OPEN,
        /** Open, and goods are still to come. */
        AWAITED,
        /** Open, and goods have come that nobody has looked at. */
        TO_INSPECT,
        /** Open, and of its goods nothing is left to be done by people. */
        INSPECTED,
        REFUSED,
        CLOSED
    }

    /** Where in the list a return stands. */
    public record Place(Instant authorisedAt, ReturnId id) {}
}
