package io.throughline.api.intervention;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.CaseFiles;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Decides about all open cases of one cause: first as a preview, then in earnest. */
@Path("/v1/case-groups/{fingerprint}/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "cases")
public final class GroupDecisionsResource {
    private final GroupDesk desk;

    public GroupDecisionsResource(GroupDesk desk) {
        this.desk = desk;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "decideCaseGroup",
            summary = "Decides about all open cases of one cause",
            description =
                    "The cases that are open now are decided one after the other, each once and no faster than the"
                            + " policy of cases allows, whatever is started anew meanwhile. Cases that need two persons"
                            + " are proposed only. With preview=true nothing is decided: the answer tells how many cases"
                            + " it would be about.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DecisionRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "With preview=true: what it would be about",
            content = @Content(schema = @Schema(implementation = BulkView.Preview.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Begun",
            content = @Content(schema = @Schema(implementation = BulkView.class)))
    @ApiResponse(responseCode = "409", description = "The cause is being decided about already")
    public Response decide(
            @PathParam("fingerprint") String fingerprint,
            @Parameter(schema = @Schema(type = "boolean", defaultValue = "false")) @QueryParam("preview") @Nullable
                    String preview,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        boolean previewed = Parameters.flag("preview", preview);
        DecisionRequest request = StrictJson.read(body, DecisionRequest.class);
        CaseFiles.Group group = desk.group(fingerprint);
        Caller caller = Caller.of(security);
        return previewed
                ? Response.ok(BulkView.Preview.of(desk.preview(group, request, caller)))
                        .build()
                : Response.accepted(BulkView.of(desk.begin(group, request, caller)))
                        .build();
    }
}
