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
import io.throughline.api.http.StrictJson;
import io.throughline.api.order.Cancellations;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.returns.ReturnBook;
import io.throughline.api.returns.ReturnResource;
import io.throughline.domain.access.Role;
import io.throughline.domain.counter.CounterReturn;
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

/** One return over a counter, and what people tell of it. */
@Path("/v1/counter-returns/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class CounterReturnResource {
    private final CounterBook book;

    public CounterReturnResource(CounterBook book) {
        this.book = book;
    }

    @GET
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readCounterReturn",
            summary = "Where one return over a counter stands",
            description = "How the refund comes about, and who has given which part of it.")
    public CounterReturnView read(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return CounterReturnView.of(book.get(id, Caller.of(security)));
    }

    @GET
    @Path("/gift-card")
    @Allow({Role.STORE, Role.SUPPORT})
    @Operation(
            operationId = "readCounterGiftCard",
            summary = "The gift card that was given where nobody knew the sale",
            description =
                    "For the customer's slip. Its code is kept nowhere: it follows from the return and a secret of the"
                            + " shop.")
    @ApiResponse(
            responseCode = "200",
            description = "The card",
            content = @Content(schema = @Schema(implementation = GiftCardView.class)))
    @ApiResponse(responseCode = "404", description = "No card was given with it, or the shop has not shown it yet")
    public Response giftCard(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        CounterReturn returned = book.get(id, caller);
        CounterReader.requireWorkFor(caller, returned.store());
        GiftCardView card =
                book.giftCard(returned).orElseThrow(() -> ProblemException.notFound("gift card of this return"));
        return Response.ok(card).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    @POST
    @Path("/payouts")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "reportCounterPayout",
            summary = "All that is to be paid out at the counter was",
            description =
                    "Coins, credit, and what no till's system is asked for. What was told before is told again without"
                            + " harm.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PayoutSubmission.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = CounterReturnView.class)))
    @ApiResponse(responseCode = "409", description = "It waits for an approval, or was refused")
    public Response paidOut(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        Caller caller = Caller.of(security);
        CounterReturn returned = book.get(id, caller);
        CounterReader.requireWorkFor(caller, returned.store());
        String reference = StrictJson.read(body, PayoutSubmission.class).checked();
        return book.answer(book.intake().paidOut(returned.id(), ReturnBook.person(caller), reference));
    }

    @POST
    @Path("/approvals")
    @Allow(Role.FINANCE)
    @Operation(
            operationId = "approveCounterReturn",
            summary = "Approves a refund that needs a second person",
            description = "Whoever took the goods back can't approve it. Stock and books are told with it.")
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = CounterReturnView.class)))
    @ApiResponse(responseCode = "409", description = "Nothing waits for an approval, or not for this person's")
    public Response approve(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return book.answer(book.intake().approve(book.get(id, caller).id(), ReturnBook.person(caller)));
    }

    @POST
    @Path("/refusal")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE})
    @Operation(
            operationId = "refuseCounterReturn",
            summary = "Refuses what waits for an approval",
            description = "The goods go back over the counter; neither stock nor books have heard of them.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ReturnResource.RefusalRequest.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = CounterReturnView.class)))
    @ApiResponse(responseCode = "409", description = "It does not wait for an approval")
    public Response refuse(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        Caller caller = Caller.of(security);
        String reason = Cancellations.kept(
                StrictJson.read(body, ReturnResource.RefusalRequest.class).reason());
        return book.answer(book.intake().refuse(book.get(id, caller).id(), ReturnBook.person(caller), reason));
    }
}
