package io.throughline.api.counter;

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
import io.throughline.api.returns.ReturnBook;
import io.throughline.api.trace.Spellings;
import io.throughline.domain.access.Role;
import io.throughline.domain.counter.CounterPreviews;
import io.throughline.domain.counter.CounterRequest;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.SaleHistory;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is taken back over stores' counters of what tills have sold. */
@Path("/v1/counter-returns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class CounterReturnsResource {
    private final CounterReader reader;
    private final CounterBook book;
    private final CounterPreviews previews;

    public CounterReturnsResource(CounterReader reader, CounterBook book, CounterPreviews previews) {
        this.reader = reader;
        this.book = book;
        this.previews = previews;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "takeBackAtCounter",
            summary = "Takes goods of a till's sale back in any store, or tells what would become of it",
            description =
                    "All of it or nothing. What needs no approval is in the stock and in the day of the store before the"
                            + " answer; cards are given their money back by the till's system right after, coins and credit"
                            + " are paid out at the counter and reported. With preview=true nothing is changed.")
    @Keyed(newForEach = "return", unlessPreview = true, leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CounterSubmission.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The preview, as of now",
            content = @Content(schema = @Schema(implementation = CounterPreviewView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Taken back",
            content = @Content(schema = @Schema(implementation = CounterReturnView.class)))
    @ApiResponse(responseCode = "409", description = "Not all of it is taken back")
    public Response take(
            @Parameter(description = "Only tell what would become of it", schema = @Schema(type = "boolean"))
                    @QueryParam("preview")
                    @Nullable
                    String preview,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        boolean onlyAsked = Parameters.flag("preview", preview);
        Caller caller = Caller.of(security);
        CounterSubmission submission = StrictJson.read(body, CounterSubmission.class);
        if (onlyAsked) {
            return preview(reader.read(submission, caller));
        }
        ReturnIntake.Submission sent = ReturnBook.submission(headers, caller, "counter-returns", submission);
        CounterRequest request = reader.read(submission, caller);
        return book.answer(book.intake().take(sent, request, history -> previews.of(history, request)));
    }

    private Response preview(CounterRequest request) {
        SaleHistory history = book.returns()
                .history(request.sale())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_CONTENT,
                        "Nothing is known of the sale.",
                        List.of(new FieldError("/sale", "a sale that is booked"))));
        return Response.ok(CounterPreviewView.of(request.sale().link(), previews.of(history, request)))
                .build();
    }

    @GET
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listCounterReturns",
            summary = "The newest returns over counters, or those of whatever is scanned",
            description =
                    "An id of the return, of its sale or of its payments finds them. A store's device sees those of its"
                            + " stores.")
    public CounterReturnView.CounterReturnList list(
            @Parameter(schema = @Schema(type = "string", maxLength = Spellings.LONGEST_ID)) @QueryParam("id") @Nullable
                    String id,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        List<CounterReturn> found = id == null ? book.returns().recent(Limit.of(limit)) : scanned(id);
        return new CounterReturnView.CounterReturnList(found.stream()
                .filter(one -> CounterBook.maySee(caller, one))
                .map(CounterReturnView::of)
                .toList());
    }

    private List<CounterReturn> scanned(String id) {
        return book.scanned(id)
                .map(List::of)
                .orElseGet(() -> reader.sale(id).map(book.returns()::ofSale).orElse(List.of()));
    }
}
