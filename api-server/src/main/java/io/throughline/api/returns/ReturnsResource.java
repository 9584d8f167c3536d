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
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.trace.Spellings;
import io.throughline.domain.access.Role;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.trace.Trace;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Returns of what was ordered. */
@Path("/v1/returns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class ReturnsResource {
    private final ReturnRequestReader reader;
    private final ReturnAuthorisations authorisations;
    private final ExchangeOffers exchanges;
    private final ReturnBook returns;
    private final Trace trace;

    public ReturnsResource(
            ReturnRequestReader reader,
            ReturnAuthorisations authorisations,
            ExchangeOffers exchanges,
            ReturnBook returns,
            Trace trace) {
        this.exchanges = exchanges;
        this.reader = reader;
        this.authorisations = authorisations;
        this.returns = returns;
        this.trace = trace;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "authoriseReturn",
            summary = "Authorises a return, or tells what would become of it",
            description =
                    "All of it or nothing. It is stored before the answer; its process starts right after. A claim"
                            + " is for what came damaged or wrong or did not come, an appeasement for what went wrong"
                            + " otherwise. With exchangeFor other goods are taken in place of the money, as far as it"
                            + " goes: they are kept from now on, and become an order of their own once the goods have"
                            + " come and what is owed is paid. With preview=true nothing is changed: each line is allowed, or refused with the rule that says"
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
        return onlyAsked ? preview(submission) : authorise(submission, headers, Caller.of(security));
    }

    private Response authorise(ReturnSubmission submission, HttpHeaders headers, Caller caller) {
        ReturnIntake.Submission sent = ReturnBook.submission(headers, caller, "returns", submission);
        ReturnRequestReader.Read read = reader.read(submission);
        if (read.tried().isPresent()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "A return follows the policy of its order's day.",
                    List.of(new FieldError("/policyVersion", "only for a preview")));
        }
        boolean refundFirst = submission.refundBeforeGoods().orElse(false);
        Optional<Exchange.Wanted> exchange = exchanges.read(read.request(), submission.exchangeFor());
        return exchange.isPresent()
                ? authorisations.exchange(sent, read.request(), refundFirst, exchange.get())
                : authorisations.authorise(sent, read.request(), refundFirst);
    }

    private Response preview(ReturnSubmission submission) {
        ReturnRequestReader.Read read = reader.read(submission);
        return authorisations.preview(
                read.request(), read.tried(), exchanges.read(read.request(), submission.exchangeFor()));
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listReturns",
            summary = "The newest returns, or those that anything which can be scanned belongs to",
            description = "An id of the return, of its order, of a parcel or of any document of it finds them.")
    public ReturnSummary.ReturnList list(
            @Parameter(schema = @Schema(type = "string", maxLength = Spellings.LONGEST_ID)) @QueryParam("id") @Nullable
                    String id,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        List<Return> found = id == null
                ? returns.recent(Limit.of(limit))
                : scanned(id).map(returns::ofOrder).orElse(List.of());
        return new ReturnSummary.ReturnList(
                found.stream().map(ReturnSummary::of).toList());
    }

    private Optional<OrderId> scanned(String id) {
        return trace.lookup(Spellings.asked(id)).flatMap(subject -> Parameters.name(subject, OrderId::new));
    }
}
