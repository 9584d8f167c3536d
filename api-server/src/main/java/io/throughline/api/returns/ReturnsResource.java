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
import io.throughline.api.http.Limit;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.trace.Spellings;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnFilter;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Returns of what was ordered. */
@Path("/v1/returns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class ReturnsResource {
    private static final String STAGES = "one of " + List.of(ReturnFilter.Stage.values());

    private final ReturnWork work;
    private final KnownFacilities facilities;
    private final Clock clock;

    public ReturnsResource(ReturnWork work, Facilities facilities, Clock clock) {
        this.work = work;
        this.facilities = new KnownFacilities(facilities);
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "authoriseReturn",
            summary = "Authorises a return, or tells what would become of it",
            description =
                    "All of it or nothing. It is stored before the answer; its process starts right after. A claim"
                            + " is for what came damaged or wrong or did not come, an appeasement for what went wrong"
                            + " otherwise. With exchangeFor other goods are taken in place of the money, as far as it"
                            + " goes: they are kept from now on, and become an order of their own once the goods have"
                            + " come and what is owed is paid. A store's device authorises what is brought to one of its"
                            + " stores. With preview=true nothing is changed: each line is allowed, or refused with the rule that says"
                            + " so, and the refund is told step by step, to the minor unit.")
    @Keyed(newForEach = "return", unlessPreview = true, leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ReturnSubmission.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The preview, as of now",
            content = @Content(schema = @Schema(implementation = ReturnPreviewView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Authorised",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Not all of it is taken back, or the order's channel can't be asked to give the money back")
    public Response authorise(
            @Parameter(description = "Only tell what would become of it", schema = @Schema(type = "boolean"))
                    @QueryParam("preview")
                    @Nullable
                    String preview,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        boolean onlyAsked = Parameters.flag("preview", preview);
        ReturnSubmission submission = StrictJson.read(body, ReturnSubmission.class);
        Caller caller = Caller.of(security);
        return onlyAsked ? work.answerPreview(submission, caller) : authorise(submission, headers, caller);
    }

    private Response authorise(ReturnSubmission submission, HttpHeaders headers, Caller caller) {
        // A request without a key is refused before anything is looked up.
        ReturnIntake.Submission sent = ReturnBook.submission(headers, caller, "returns", submission);
        return work.book().answer(work.authorise(sent, submission, caller));
    }

    @GET
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listReturns",
            summary = "The newest returns, or those that anything which can be scanned belongs to",
            description =
                    "An id of the return, of its order, of a parcel or of any document of it finds them. Else those of a"
                            + " stage or a facility, that wait for an approval, or whose goods are overdue, a page after"
                            + " the other: next is what the following page comes after. A store's device sees those of"
                            + " its stores, and by an id those that it may take in.")
    public ReturnSummary.ReturnList list(
            @Parameter(schema = @Schema(type = "string", maxLength = Spellings.LONGEST_ID)) @QueryParam("id") @Nullable
                    String id,
            @Parameter(description = "How far they are", schema = @Schema(implementation = ReturnFilter.Stage.class))
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Parameter(description = "To which goods are to come, or where some lie") @QueryParam("facility") @Nullable
                    String facility,
            @Parameter(
                            description = "Only those whose refund waits for a second person",
                            schema = @Schema(type = "boolean"))
                    @QueryParam("awaitingApproval")
                    @Nullable
                    String awaitingApproval,
            @Parameter(
                            description = "Only those whose goods should have come by now",
                            schema = @Schema(type = "boolean"))
                    @QueryParam("overdue")
                    @Nullable
                    String overdue,
            @Parameter(description = "The last return of the page before") @QueryParam("after") @Nullable String after,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        if (id != null) {
            return ReturnSummary.ReturnList.of(work.returnsOf(id, caller));
        }
        int most = Limit.of(limit);
        List<Return> found = work.book()
                .list(new ReturnFilter(
                        Parameters.optional("status", status, ReturnFilter.Stage::valueOf, STAGES),
                        ReturnReach.listed(caller, Optional.ofNullable(facility).map(facilities::get)),
                        Parameters.flag("awaitingApproval", awaitingApproval),
                        Parameters.flag("overdue", overdue) ? Optional.of(clock.instant()) : Optional.empty(),
                        Parameters.optional("after", after, ReturnId::new, "the id of a return")
                                .map(this::place),
                        most + 1));
        return ReturnSummary.ReturnList.page(found, most);
    }

    private ReturnFilter.Place place(ReturnId last) {
        return new ReturnFilter.Place(work.book().get(last.value()).authorisedAt(), last);
    }
}
