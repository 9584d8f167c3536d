package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.StrictJson;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** Has shops show the ledger's number again, whatever they show by now. */
@Path("/v1/facilities/{facility}/republications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inventory")
public final class RepublicationsResource {
    private final Republishing republishing;
    private final KnownFacilities facilities;

    public RepublicationsResource(Republishing republishing, Facilities facilities) {
        this.republishing = republishing;
        this.facilities = new KnownFacilities(facilities);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.ADMIN})
    @Operation(
            operationId = "publishAgain",
            summary = "Has systems show the ledger's number of a SKU again",
            description =
                    "What each shows is read anew, and the ledger's number is set by a call that compares. Where goods of its"
                            + " own orders have just left, that waits until both have heard of it, half an hour at most. The"
                            + " same again changes nothing until it is done.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RepublicationRequest.class)))
    @ApiResponse(responseCode = "200", description = "Asked for, now or before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no such facility")
    @ApiResponse(responseCode = "409", description = "No system is told of this stock, or there never was any")
    public RepublicationOutcome ask(
            @PathParam("facility") String facility,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        return republishing.ask(
                facilities.get(facility),
                StrictJson.read(body, RepublicationRequest.class),
                Caller.of(security).actor());
    }
}
