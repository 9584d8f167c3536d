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
import io.throughline.api.order.Cancellations;
import io.throughline.api.order.JournalView;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.finance.GoodsCosts;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.Exchanges;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPhotos;
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
import java.time.Clock;
import java.util.List;

/** One return, and what people tell of it. */
@Path("/v1/returns/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class ReturnResource {
    private final ReturnBook returns;
    private final ReceiptReader reader;
    private final Journals journals;
    private final GoodsCosts costs;
    private final ReturnPhotos photos;
    private final Exchanges exchanges;
    private final Clock clock;

    public ReturnResource(
            ReturnBook returns,
            ReceiptReader reader,
            Journals journals,
            GoodsCosts costs,
            ReturnPhotos photos,
            Exchanges exchanges,
            Clock clock) {
        this.returns = returns;
        this.reader = reader;
        this.journals = journals;
        this.costs = costs;
        this.photos = photos;
        this.exchanges = exchanges;
        this.clock = clock;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readReturn",
            summary = "Where one return stands: its goods, its money, its documents in the ERP",
            description = "Why it was refused is shown to the role SUPPORT, what its goods cost to the role FINANCE.")
    public ReturnDetail read(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        Return returned = returns.get(id);
        Caller caller = Caller.of(security);
        return ReturnDetail.of(
                returned,
                exchanges.find(returned.id()),
                journals.of(returned.id()).stream().map(JournalView::of).toList(),
                caller.hasAny(Role.FINANCE) ? costs.ofReturn(returned.id()) : List.of(),
                photos.ofInspections(returned.id()),
                caller.hasAny(Role.SUPPORT));
    }

    @POST
    @Path("/receipts")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "receiveReturn",
            summary = "Goods of a return have come",
            description = "In parts, as they come. What nobody had authorised is taken in too, and becomes a case.")
    @Keyed(newForEach = "receipt", leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ReceiptSubmission.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(responseCode = "409", description = "The return has ended, or its order has no such line")
    public Response receive(
            @PathParam("id") String id,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        ReceiptSubmission submission = StrictJson.read(body, ReceiptSubmission.class);
        Return returned = returns.get(id);
        return returns.answer(returns.intake()
                .receive(
                        ReturnBook.submission(headers, Caller.of(security), id + "/receipts", submission),
                        returned.id(),
                        reader.read(submission)));
    }

    @POST
    @Path("/inspections")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "inspectReturn",
            summary = "Somebody has looked at goods that came back",
            description =
                    "Their condition decides what is paid for them, and what becomes of them what the stock is told.")
    @Keyed(newForEach = "inspection", leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = InspectionSubmission.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(responseCode = "409", description = "The return has ended, or so much has not come")
    public Response inspect(
            @PathParam("id") String id,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        InspectionSubmission submission = StrictJson.read(body, InspectionSubmission.class);
        Return returned = returns.get(id);
        return returns.answer(returns.intake()
                .inspect(
                        ReturnBook.submission(headers, Caller.of(security), id + "/inspections", submission),
                        returned.id(),
                        reader.read(submission, returned)));
    }

    @POST
    @Path("/exchange/payments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "payExchange",
            summary = "A customer has paid for what is taken in exchange",
            description = "What was captured elsewhere, up to what is still owed. It may come before the goods do.")
    @Keyed(newForEach = "payment", leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PaymentSubmission.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(responseCode = "404", description = "Nothing is taken in exchange for this return")
    @ApiResponse(responseCode = "409", description = "Nothing is to be paid any more, or not so much")
    public Response pay(
            @PathParam("id") String id,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        PaymentSubmission submission = StrictJson.read(body, PaymentSubmission.class);
        ReturnId returned = returns.get(id).id();
        Exchange exchange = exchanges.find(returned).orElseThrow(() -> ProblemException.notFound("such exchange"));
        return returns.answer(returns.intake()
                .pay(
                        ReturnBook.submission(headers, Caller.of(security), id + "/exchange/payments", submission),
                        returned,
                        submission.read(exchange.wanted().currency(), clock)));
    }

    @POST
    @Path("/approvals")
    @Allow(Role.FINANCE)
    @Operation(
            operationId = "approveReturn",
            summary = "Approves a refund that needs a second person",
            description = "Whoever asked for the return can't approve it.")
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(responseCode = "409", description = "Nothing waits for an approval, or not for this person's")
    public Response approve(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return returns.answer(returns.intake().approve(returns.get(id).id(), ReturnBook.person(Caller.of(security))));
    }

    @POST
    @Path("/refusal")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.SUPPORT)
    @Operation(
            operationId = "refuseReturn",
            summary = "Refuses a return after all",
            description =
                    "As long as nothing is calculated for it; where no goods come, as long as nobody has approved it. The"
                            + " goods stay the customer's.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RefusalRequest.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(responseCode = "409", description = "It has ended, or what it is worth is calculated")
    public Response refuse(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        String reason =
                Cancellations.kept(StrictJson.read(body, RefusalRequest.class).reason());
        return returns.answer(
                returns.intake().refuse(returns.get(id).id(), ReturnBook.person(Caller.of(security)), reason));
    }

    /** Why a return is refused. */
    @Schema(name = "ReturnRefusalRequest")
    public record RefusalRequest(
            @Schema(maxLength = Cancellations.LONGEST_REASON)
            String reason) {}
}
