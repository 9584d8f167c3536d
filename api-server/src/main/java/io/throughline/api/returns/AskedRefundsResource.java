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
import io.throughline.domain.access.Role;
import io.throughline.domain.returns.ClientRefunds;
import io.throughline.domain.returns.ReturnId;
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

/** The money of a return that whoever has taken it, a client of ours, is asked to give back. */
@Path("/v1/returns/{id}/refunds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class AskedRefundsResource {
    private final ReturnBook returns;
    private final ClientRefunds refunds;

    public AskedRefundsResource(ReturnBook returns, ClientRefunds refunds) {
        this.returns = returns;
        this.refunds = refunds;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listAskedRefunds",
            summary = "What clients are asked to give back for a return, and what became of it",
            description =
                    "Of orders that were handed over by REST: nobody but who has taken their money can give it back. They are asked by"
                            + " the event refund.requested, too. Empty where the channel gives it back by itself, or nothing is due yet.")
    public AskedRefundView.AskedRefundList list(@PathParam("id") String id) {
        return AskedRefundView.AskedRefundList.of(refunds.by(returns.get(id).id()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.INTEGRATION})
    @Operation(
            operationId = "tellRefund",
            summary = "Money of a return was given back, or could not be",
            description =
                    "By the client who has taken it, or by whoever has paid it by hand. It is said once of each. What could not be given is a"
                            + " case (REFUND_MISSING): RETRY asks for it anew, under another name. Where the refund needed a second person,"
                            + " whoever has approved it does not say that it is paid.")
    @Keyed(newForEach = "refund", leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RefundTelling.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Nothing is asked for of this payment, it was told before, or not by this person")
    public Response tell(
            @PathParam("id") String id,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        RefundTelling telling = StrictJson.read(body, RefundTelling.class);
        ReturnId returned = returns.get(id).id();
        return returns.answer(refunds.tell(
                ReturnBook.submission(headers, Caller.of(security), id + "/refunds", telling),
                returned,
                telling.read(returned)));
    }
}
