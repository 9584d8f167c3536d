package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.trace.Spellings;
import io.throughline.domain.access.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** What somebody at a counter has in hand who wants to give goods of an order back. */
@Path("/v1/returns/scan")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class ScanResource {
    private final ReturnWork work;

    public ScanResource(ReturnWork work) {
        this.work = work;
    }

    @GET
    @Allow({Role.STORE, Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "scanForReturn",
            summary = "What of an order may still come back, by anything of it that can be scanned",
            description =
                    "An id of the order, of a parcel, of a return or of any document of it finds it, wherever it was bought;"
                            + " what tills have sold comes back by /v1/counter-returns. A store's device sees the returns"
                            + " that it may take in.")
    @ApiResponse(responseCode = "200", description = "The order", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "No order is known by this")
    public ScannedOrder scan(
            @Parameter(schema = @Schema(type = "string", maxLength = Spellings.LONGEST_ID)) @QueryParam("id") @Nullable
                    String id,
            @Parameter(hidden = true) @Context SecurityContext security) {
        return work.scan(Spellings.asked(id), Caller.of(security))
                .map(ScannedOrder::of)
                .orElseThrow(() -> ProblemException.notFound("order that this belongs to"));
    }
}
