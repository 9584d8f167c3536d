package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.StrictJson;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Cycle counts. Each line is booked by itself; a count that was taken in half is sent again as a whole. */
@Path("/v1/facilities/{facility}/counts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inventory")
public final class CountsResource {
    private final Counting counting;
    private final KnownFacilities facilities;

    public CountsResource(Counting counting, Facilities facilities) {
        this.counting = counting;
        this.facilities = new KnownFacilities(facilities);
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
        return counting.take(facilities.get(facility), StrictJson.read(body, CountSubmission.class));
    }
}
