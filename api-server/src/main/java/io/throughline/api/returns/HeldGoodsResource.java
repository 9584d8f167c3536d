package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Keyed;
import io.throughline.api.http.StrictJson;
import io.throughline.api.order.IdempotencyKey;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.returns.ReturnIntake.Submission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** What a facility keeps back of what was returned, until it is made good, taken by its vendor, or thrown away. */
@Path("/v1/facilities/{facility}/held-goods")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class HeldGoodsResource {
    private final HeldDesk desk;

    public HeldGoodsResource(HeldDesk desk) {
        this.desk = desk;
    }

    @GET
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listHeldGoods",
            summary = "What a facility keeps back, why, and since when",
            description = "The oldest first. What other systems hold has no beginning, and comes last.")
    @ApiResponse(responseCode = "200", description = "What is held", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no such facility")
    public HeldList list(
            @PathParam("facility") String facility, @Parameter(hidden = true) @Context SecurityContext security) {
        return listed(desk.facility(facility, Caller.of(security)));
    }

    private HeldList listed(Facility place) {
        return new HeldList(
                place.id().value(),
                desk.at(place).stream().map(HeldList.Units::of).toList());
    }

    @POST
    @Path("/releases")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "releaseHeldGoods",
            summary = "Units that were held are on the shelf again, or have left",
            description =
                    "The oldest of them first. The stock has heard of it before the answer, which tells what is still"
                            + " held.")
    @Keyed(newForEach = "release")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = HeldSubmission.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Done, now or before; what is still held",
            content = @Content(schema = @Schema(implementation = HeldList.class)))
    @ApiResponse(responseCode = "404", description = "There is no such facility")
    @ApiResponse(responseCode = "409", description = "So much is not held")
    public Response release(
            @PathParam("facility") String facility,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        HeldSubmission told = StrictJson.read(body, HeldSubmission.class);
        Caller caller = Caller.of(security);
        Submission sent =
                ReturnBook.submission(headers, caller, "facilities/" + facility + "/held-goods/releases", told);
        Facility place = desk.facility(facility, caller);
        Response.ResponseBuilder answer = desk.release(sent, place, told, caller)
                ? Response.ok().header(IdempotencyKey.REPLAYED, "true")
                : Response.ok();
        return answer.entity(listed(place)).build();
    }
}
