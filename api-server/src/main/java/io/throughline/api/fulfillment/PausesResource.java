package io.throughline.api.fulfillment;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a facility out of the routing for a while, and back. */
@Path("/v1/facilities/{facility}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "fulfillment")
public final class PausesResource {
    private static final int LONGEST_REASON = 200;

    private final Reach reach;
    private final FacilitySwitch facilitySwitch;

    public PausesResource(Facilities facilities, FacilitySwitch facilitySwitch) {
        this.reach = new Reach(facilities);
        this.facilitySwitch = facilitySwitch;
    }

    @POST
    @Path("/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.ADMIN})
    @Operation(
            operationId = "pauseFacility",
            summary = "Nothing more is routed to a facility",
            description =
                    "Work to be shipped that it has not packed goes elsewhere (REROUTE), or waits (WAIT). What is packed, or"
                            + " is to be collected there, stays. No time of what stays runs meanwhile, and nothing of"
                            + " its stock is offered. Called again, it changes the pause.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PauseRequest.class)))
    public PauseState pause(
            @PathParam("facility") String facility,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        Caller caller = Caller.of(security);
        FacilityId id = reach.facility(facility, caller).id();
        Pause kept = facilitySwitch.pause(id, StrictJson.read(body, PauseRequest.class), caller);
        return new PauseState(id.value(), true, Optional.of(kept.openWork()), kept.until());
    }

    @POST
    @Path("/resumption")
    @Allow({Role.SUPPORT, Role.ADMIN})
    @Operation(
            operationId = "resumeFacility",
            summary = "Work is routed to a facility again, and its stock offered",
            description = "What went elsewhere meanwhile stays there.")
    public PauseState resume(
            @PathParam("facility") String facility, @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        FacilityId id = reach.facility(facility, caller).id();
        facilitySwitch.resume(id, caller);
        return new PauseState(id.value(), false, Optional.empty(), Optional.empty());
    }

    /** Why, for how long, and what becomes of the work that the facility has. */
    public record PauseRequest(
            @Schema(maxLength = LONGEST_REASON) String reason,
            OpenWork openWork,

            @Schema(description = "The end of the pause; WAIT needs one")
            Optional<Instant> until) {
        List<FieldError> errors(Instant now) {
            List<FieldError> errors = new ArrayList<>();
            if (reason.isBlank() || reason.length() > LONGEST_REASON) {
                errors.add(new FieldError("/reason", "1 to " + LONGEST_REASON + " characters"));
            }
            if (until.filter(end -> !end.isAfter(now)).isPresent()) {
                errors.add(new FieldError("/until", "in the future"));
            }
            if (openWork == OpenWork.WAIT && until.isEmpty()) {
                errors.add(new FieldError("/until", "given, where work waits"));
            }
            return errors;
        }
    }

    /** Whether a facility is paused. */
    public record PauseState(String facility, boolean paused, Optional<OpenWork> openWork, Optional<Instant> until) {}
}
