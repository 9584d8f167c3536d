package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Cycle counts. Each line is booked by itself; a count that was taken in half is sent again as a whole. */
@Path("/v1/facilities/{facility}/counts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inventory")
public final class CountsResource {
    private final Counting counting;
    private final Facilities facilities;

    public CountsResource(Counting counting, Facilities facilities) {
        this.counting = counting;
        this.facilities = facilities;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.ADMIN})
    @Operation(
            operationId = "submitCount",
            summary = "Takes in what was counted in a facility",
            description =
                    "A count is booked whatever system moves the facility's stock, unless it differs from the ledger by"
                            + " more than the stock policy believes. The same count again changes nothing.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CountSubmission.class)))
    @ApiResponse(responseCode = "200", description = "Taken in, now or before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no such facility")
    public CountOutcome submit(@PathParam("facility") String facility, byte[] body) {
        FacilityId id = facility(facility).orElseThrow(() -> ProblemException.notFound("such facility"));
        return counting.take(id, StrictJson.read(body, CountSubmission.class));
    }

    private Optional<FacilityId> facility(String text) {
        return Parameters.name(text, FacilityId::new).flatMap(facilities::find).map(Facility::id);
    }
}
