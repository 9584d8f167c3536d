package io.throughline.domain.fulfillment;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Which facilities get no new work for the time being, because somebody has said so. No time of the work that they have runs meanwhile. */
public interface FacilityPauses {
    /** Those that nothing is routed to just now. */
    Set<FacilityId> paused();

    /** The pause that a facility is in just now. */
    Optional<Pause> of(FacilityId facility);

    /**
     * Pauses a facility, or changes the pause that it is in, and tells the processes of the work that it has. The same again changes nothing. {@code reason} is kept apart from the trace.
     */
    Pause pause(Pause wish, String reason);

    /** Its work has what was left of its time. False: it was not paused. */
    boolean resume(FacilityId facility, String actor);

    /** Tells that facilities get work again whose pauses have ended by their dates, each once; gives how many. {@link #resume} tells the same. */
    int tellEnded();

    /** {@code until} is the end that was set beforehand; what waits needs one. */
    record Pause(FacilityId facility, OpenWork openWork, Optional<Instant> until, String actor) {
        public Pause {
            if (openWork == OpenWork.WAIT && until.isEmpty()) {
                throw new IllegalArgumentException("work that waits has to know until when");
            }
        }
    }

    /** What becomes of work to be shipped that the facility has not packed. What is packed, or is to be collected there, always waits. */
    enum OpenWork {
        REROUTE,
        WAIT
    }
}
