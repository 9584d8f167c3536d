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
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.returns.ReturnBook;
import io.throughline.domain.access.Role;
import io.throughline.domain.counter.BlindInquiry;
import io.throughline.domain.counter.BlindPreviews;
import io.throughline.domain.returns.ReturnIntake;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Goods that are brought without a receipt. What was taken is a return over a counter like others. */
@Path("/v1/blind-returns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class BlindReturnsResource {
    private final BlindReader reader;
    private final CounterBook book;
    private final BlindPreviews previews;

    public BlindReturnsResource(BlindReader reader, CounterBook book, BlindPreviews previews) {
        this.reader = reader;
        this.book = book;
        this.previews = previews;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "takeBackWithoutReceipt",
            summary = "Takes goods back whose sale nobody can find, or tells what would become of it",
            description =
                    "All of it or nothing, for credit only, by the policy of today: a percentage of the lowest price,"
                            + " within limits for the customer and the store, and by a score of what is suspicious."
                            + " What needs no approval is in the stock and in the day of the store before the answer;"
                            + " the gift card is made right after. It then is a return over a counter,"
                            + " /v1/counter-returns/{id}. With preview=true nothing is changed.")
    @Keyed(newForEach = "return", unlessPreview = true, leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BlindSubmission.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The preview, as of now",
            content = @Content(schema = @Schema(implementation = BlindPreviewView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Taken back",
            content = @Content(schema = @Schema(implementation = CounterReturnView.class)))
    @ApiResponse(responseCode = "409", description = "It is not taken back; the errors name each rule")
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
        BlindSubmission submission = StrictJson.read(body, BlindSubmission.class);
        if (onlyAsked) {
            BlindInquiry inquiry = inquiry(submission, caller);
            return Response.ok(BlindPreviewView.of(inquiry.answer(book.returns().blindHistory(inquiry.question()))))
                    .build();
        }
        ReturnIntake.Submission sent = ReturnBook.submission(headers, caller, "blind-returns", submission);
        return book.answer(book.intake().takeBlind(sent, inquiry(submission, caller)));
    }

    private BlindInquiry inquiry(BlindSubmission submission, Caller caller) {
        return previews.of(reader.read(submission, caller))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT, "The policy of today takes nothing back without a receipt."));
    }
}
