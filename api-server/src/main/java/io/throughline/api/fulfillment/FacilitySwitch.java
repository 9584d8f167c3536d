package io.throughline.api.fulfillment;

import io.throughline.api.access.Caller;
import io.throughline.api.fulfillment.PausesResource.PauseRequest;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Takes a facility out of the routing for a while, and back. */
public final class FacilitySwitch {
    private final FacilityPauses pauses;
    private final Clock clock;

    public FacilitySwitch(FacilityPauses pauses, Clock clock) {
        this.pauses = pauses;
        this.clock = clock;
    }

    /** The pause that a facility is in just now. */
    public Optional<Pause> of(FacilityId facility) {
        return pauses.of(facility);
    }

    public Pause pause(FacilityId facility, PauseRequest request, Caller caller) {
        List<FieldError> errors = request.errors(clock.instant());
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "The pause breaks a rule.", errors);
        }
        return pauses.pause(
                new Pause(facility, request.openWork(), request.until(), caller.actor()),
                request.reason().strip());
    }

    public void resume(FacilityId facility, Caller caller) {
        pauses.resume(facility, caller.actor());
    }
}
