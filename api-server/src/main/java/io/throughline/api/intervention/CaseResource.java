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
import io.throughline.api.http.StrictJson;
import io.throughline.api.intervention.CasesResource.AmendmentRequest;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.CaseId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Optional;

/** One case, and what people do about it. */
@Path("/v1/cases/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "cases")
public final class CaseResource {
    private static final String NOT_NOW = "The case does not allow it as it stands";

    private final CaseViews views;
    private final Decisions decisions;
    private final AmendmentDesk amendments;
    private final CaseDesk desk;

    public CaseResource(CaseViews views, Decisions decisions, AmendmentDesk amendments, CaseDesk desk) {
        this.views = views;
        this.decisions = decisions;
        this.amendments = amendments;
        this.desk = desk;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "readCase",
            summary = "One case, with its history, what was asked and answered, and how it is decided")
    public CaseView read(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return views.whole(views.find(id), Caller.of(security));
    }

    @POST
    @Path("/decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "decideCase",
            summary = "Decides a case",
            description =
                    "Only the case's legal actions are taken. SUPPORT decides what belongs to support, FINANCE what"
                            + " belongs to finance, ADMIN what belongs to retail IT; each of them may RETRY anything."
                            + " AMEND_AND_RETRY takes what the case lists as amendable, and nothing else. Where the policy"
                            + " of cases wants two persons, the first one's decision is a proposal and the case stays"
                            + " open.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DecisionRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Decided, and the process is being woken; or proposed",
            useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "The case is not open any more")
    public CaseView decide(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        DecisionRequest request = StrictJson.read(body, DecisionRequest.class);
        Caller caller = Caller.of(security);
        CaseId decided =
                decisions.decide(views.find(id).about(), request, caller).id();
        return views.of(views.find(decided.value()), caller);
    }

    @POST
    @Path("/amendments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "keepAmendment",
            summary = "Keeps an amendment of a case, to be decided by its id, and shows what it would change",
            description = "Changes nothing else. The case tells the JSON Schema of what it takes"
                    + " (`more.amendment.schema`). The same amendment again is the same; decided is the one whose id is"
                    + " named. What is personal is kept where it is erased with the customer.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AmendmentRequest.class)))
    @ApiResponse(responseCode = "200", description = "Kept", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = NOT_NOW)
    public AmendmentView amend(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        AmendmentRequest request = StrictJson.read(body, AmendmentRequest.class);
        Caller caller = Caller.of(security);
        Amendment kept = decisions.keep(views.find(id).about(), request.amendment(), caller);
        return AmendmentView.of(kept, amendments.changes(kept, caller));
    }

    @GET
    @Path("/amendments/{amendment}")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "readAmendment", summary = "An amendment that is kept; what is personal only for SUPPORT")
    public AmendmentView amendment(
            @PathParam("id") String id,
            @PathParam("amendment") String amendment,
            @Parameter(hidden = true) @Context SecurityContext security) {
        Amendment kept = amendments.find(views.find(id).about(), amendment);
        return AmendmentView.of(kept, amendments.changes(kept, Caller.of(security)));
    }

    @POST
    @Path("/assignment")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "assignCase", summary = "Says who works on a case; without a name the caller does")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AssignmentRequest.class)))
    @ApiResponse(responseCode = "200", description = "Assigned", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = NOT_NOW)
    public CaseView assign(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        Caller caller = Caller.of(security);
        AssignmentRequest request = StrictJson.read(body, AssignmentRequest.class);
        return views.of(desk.assign(found(id), request.assignee(), caller), caller);
    }

    @DELETE
    @Path("/assignment")
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "unassignCase", summary = "Nobody in particular works on it any more")
    @ApiResponse(responseCode = "200", description = "Nobody's", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = NOT_NOW)
    public CaseView unassign(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return views.of(desk.unassign(found(id), caller), caller);
    }

    @POST
    @Path("/comments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "commentCase",
            summary = "Says something about a case",
            description = "Kept with the personal data of its subject and erased with it; the history tells that it was"
                    + " said.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CommentRequest.class)))
    @ApiResponse(responseCode = "200", description = "Said", useReturnTypeSchema = true)
    public CaseView comment(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        CommentRequest request = StrictJson.read(body, CommentRequest.class);
        Caller caller = Caller.of(security);
        return views.of(desk.comment(found(id), request.text(), caller), caller);
    }

    @POST
    @Path("/snooze")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "snoozeCase",
            summary = "Nobody wants to see an open case until then",
            description = "At most 30 days. Its clock goes on, and whoever hears of late cases hears of it.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SnoozeRequest.class)))
    @ApiResponse(responseCode = "200", description = "Asleep", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = NOT_NOW)
    public CaseView snooze(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        SnoozeRequest request = StrictJson.read(body, SnoozeRequest.class);
        Caller caller = Caller.of(security);
        return views.of(desk.snooze(found(id), request.until(), caller), caller);
    }

    @DELETE
    @Path("/snooze")
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "wakeCase", summary = "Brings a case back before its time")
    @ApiResponse(responseCode = "200", description = "Awake", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = NOT_NOW)
    public CaseView wake(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return views.of(desk.wake(found(id), caller), caller);
    }

    @POST
    @Path("/reopen")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "reopenCase",
            summary = "Opens a closed case again",
            description = "Its clock begins anew. A process that has passed the step does not go back to it.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ReopenRequest.class)))
    @ApiResponse(responseCode = "200", description = "Open", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = NOT_NOW)
    public CaseView reopen(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        ReopenRequest request = StrictJson.read(body, ReopenRequest.class);
        Caller caller = Caller.of(security);
        return views.of(desk.reopen(found(id), request.reason(), caller), caller);
    }

    private CaseId found(String id) {
        return views.find(id).about().id();
    }

    /** Who works on it from now on. */
    public record AssignmentRequest(
            @Schema(maxLength = CaseDesk.LONGEST_NAME) Optional<String> assignee) {}

    /** What somebody has to say. */
    public record CommentRequest(
            @Schema(maxLength = CaseDesk.LONGEST_COMMENT) String text) {}

    /** Until when. */
    public record SnoozeRequest(Instant until) {}

    /** Why it is not over. */
    public record ReopenRequest(
            @Schema(maxLength = CaseDesk.LONGEST_REASON) String reason) {}
}
