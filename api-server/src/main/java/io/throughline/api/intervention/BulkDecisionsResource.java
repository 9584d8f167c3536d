package io.throughline.api.intervention;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Limit;
import io.throughline.domain.access.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Decisions about many cases: how far they have come. */
@Path("/v1/bulk-decisions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "cases")
public final class BulkDecisionsResource {
    private final GroupDesk desk;

    public BulkDecisionsResource(GroupDesk desk) {
        this.desk = desk;
    }

    @GET
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "listBulkDecisions", summary = "Decisions about many cases, newest first")
    public BulkView.BulkList list(
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        return new BulkView.BulkList(
                desk.recent(Limit.of(limit)).stream().map(BulkView::of).toList());
    }

    @GET
    @Path("/{id}")
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "readBulkDecision", summary = "One decision about many cases")
    public BulkView read(@PathParam("id") String id) {
        return BulkView.of(desk.find(id));
    }

    @POST
    @Path("/{id}/stop")
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "stopBulkDecision",
            summary = "Leaves what is pending as it is",
            description = "One that has ended stays as it ended. What is left can be decided about anew.")
    @ApiResponse(responseCode = "200", description = "As it ended", useReturnTypeSchema = true)
    public BulkView stop(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return BulkView.of(desk.stop(id, Caller.of(security)));
    }
}
