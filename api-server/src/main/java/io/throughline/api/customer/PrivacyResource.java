package io.throughline.api.customer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.Privacy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;

/** What customers have asked to be told, for whoever passes it on to them. */
@Path("/v1/privacy/{account}/requests/{request}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "customers")
public final class PrivacyResource {
    private static final int LONGEST_REQUEST = 40;

    private final Privacy privacy;
    private final Set<AccountId> accounts;

    public PrivacyResource(Privacy privacy, Set<AccountId> accounts) {
        this.privacy = privacy;
        this.accounts = Set.copyOf(accounts);
    }

    @GET
    @Allow({Role.SUPPORT, Role.ADMIN})
    @Operation(
            operationId = "readPrivacyExport",
            summary = "All that was kept of a customer when they asked",
            description =
                    "Each look is noted in the trace; the first closes the request's case. It is gone when the customer is"
                            + " forgotten.")
    @ApiResponse(
            responseCode = "200",
            description = "By the reference of each row; `orders` and `returns` name those that it is about",
            content = @Content(schema = @Schema(type = "object")))
    public Response read(
            @PathParam("account") String account,
            @PathParam("request") String request,
            @Parameter(hidden = true) @Context SecurityContext security) {
        AccountId known = accounts.stream()
                .filter(one -> one.value().equals(account))
                .filter(one -> request.matches("[0-9]{1," + LONGEST_REQUEST + "}"))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("such request"));
        String document = privacy.exported(known, request).orElseThrow(() -> ProblemException.notFound("such request"));
        privacy.seen(known, request, Caller.of(security).actor());
        return Response.ok(document).build();
    }
}
