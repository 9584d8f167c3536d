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
import io.throughline.domain.returns.RefusedGoods;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnDebts;
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
import java.util.Optional;

/** One return, and what people tell of it. */
@Path("/v1/returns/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class ReturnResource {
    private final ReturnWork work;
    private final ReturnBook returns;
    private final ReturnDebts debts;
    private final Journals journals;
    private final GoodsCosts costs;
    private final ReturnPhotos photos;
    private final Exchanges exchanges;
    private final Clock clock;

    public ReturnResource(
            ReturnWork work,
            ReturnDebts debts,
            Journals journals,
            GoodsCosts costs,
            ReturnPhotos photos,
            Exchanges exchanges,
            Clock clock) {
        this.work = work;
        this.returns = work.book();
        this.debts = debts;
        this.journals = journals;
        this.costs = costs;
        this.photos = photos;
        this.exchanges = exchanges;
        this.clock = clock;
    }

    @GET
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readReturn",
            summary = "Where one return stands: its goods, its money, its documents in the ERP",
            description =
                    "Why it was refused is shown to the role SUPPORT, what its goods cost to the role FINANCE. A store's device"
                            + " sees what is brought to its stores, lies there, or may be brought anywhere, without its"
                            + " documents.")
    public ReturnDetail read(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Return returned = returns.get(id, caller);
        return ReturnDetail.of(
                returned,
                exchanges.find(returned.id()),
                ReturnReach.isStoreOnly(caller)
                        ? List.of()
                        : journals.of(returned.id()).stream()
                                .map(JournalView::of)
                                .toList(),
                caller.hasAny(Role.FINANCE) ? costs.ofReturn(returned.id()) : List.of(),
                photos.ofInspections(returned.id()),
                work.undecided(returned),
                debts.find(returned.id()),
                caller.hasAny(Role.SUPPORT));
    }

    @POST
    @Path("/receipts")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "receiveReturn",
            summary = "Goods of a return have come",
            description =
                    "In parts, as they come. What nobody had authorised is taken in too, and becomes a case. A store's"
                            + " device takes in what is brought to its stores, whatever store it was to come to.")
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
        Caller caller = Caller.of(security);
        Return returned = returns.get(id, caller);
        return returns.answer(work.receive(
                ReturnBook.submission(headers, caller, id + "/receipts", submission), returned, submission, caller));
    }

    @POST
    @Path("/inspections")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "inspectReturn",
            summary = "Somebody has looked at goods that came back",
            description =
                    "Their condition decides what is paid for them, and what becomes of them what the stock is told. A store's"
                            + " device looks at what lies in its stores.")
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
        Caller caller = Caller.of(security);
        Return returned = returns.get(id, caller);
        return returns.answer(work.inspect(
                ReturnBook.submission(headers, caller, id + "/inspections", submission), returned, submission, caller));
    }

    @POST
    @Path("/regradings")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE})
    @Operation(
            operationId = "regradeReturn",
            summary = "Somebody has looked again at goods whose refund waits for a second person",
            description =
                    "The refund is put aside, and reckoned anew by what was found now. What becomes of the goods stays as it is."
                            + " Whoever tells it can't approve the refund.")
    @Keyed(newForEach = "regrading", leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RegradingSubmission.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(responseCode = "409", description = "No refund waits that depends on what was found")
    public Response regrade(
            @PathParam("id") String id,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        RegradingSubmission submission = StrictJson.read(body, RegradingSubmission.class);
        Return returned = returns.get(id);
        return returns.answer(work.regrade(
                ReturnBook.submission(headers, Caller.of(security), id + "/regradings", submission),
                returned,
                submission));
    }

    @POST
    @Path("/unexpected-goods")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "placeUnexpectedGoods",
            summary = "Decides what becomes of goods that nobody had authorised",
            description =
                    "The stock is told at once, and nothing is paid for them. Once nothing is left to be decided, the case of"
                            + " them closes. It may be told after the return has ended.")
    @Keyed(newForEach = "decision", leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = UnexpectedSubmission.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(responseCode = "409", description = "So much does not lie there undecided")
    public Response place(
            @PathParam("id") String id,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        UnexpectedSubmission submission = StrictJson.read(body, UnexpectedSubmission.class);
        Return returned = returns.get(id);
        return returns.answer(work.place(
                ReturnBook.submission(headers, Caller.of(security), id + "/unexpected-goods", submission),
                returned,
                submission));
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
            description = "Neither whoever asked for the return nor whoever has looked at its goods can approve it.")
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
    @Allow({Role.SUPPORT, Role.FINANCE})
    @Operation(
            operationId = "refuseReturn",
            summary = "Refuses a return after all",
            description =
                    "As long as nobody has looked at its goods and nothing is calculated for it, or as long as its refund waits"
                            + " for a second person. Goods that were looked at go back to the customer, or are kept; what has"
                            + " not come stays theirs. The customer is told.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RefusalRequest.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(
            responseCode = "409",
            description = "It has ended, what it is worth is settled, or goods can't go back")
    public Response refuse(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        RefusalRequest request = StrictJson.read(body, RefusalRequest.class);
        return returns.answer(work.refuse(
                returns.get(id), Caller.of(security), Cancellations.kept(request.reason()), request.goods()));
    }

    /** Why a return is refused. */
    @Schema(name = "ReturnRefusalRequest")
    public record RefusalRequest(
            @Schema(maxLength = Cancellations.LONGEST_REASON)
            String reason,

            @Schema(
                    description =
                            "What becomes of goods that somebody has looked at; as the policy (refusedGoods) has it if absent. Goods"
                                    + " over a counter are handed back in any case")
            Optional<RefusedGoods> goods) {}
}
