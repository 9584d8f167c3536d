package io.throughline.api.catalog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.ChannelNames;
import io.throughline.domain.catalog.Sku;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an account calls products of ours, as people have decided about orders with unknown products. */
@Path("/v1/catalog/names/{account}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "catalogue")
public final class ChannelNamesResource {
    private final ChannelNames names;
    private final Set<AccountId> accounts;

    public ChannelNamesResource(ChannelNames names, Set<AccountId> accounts) {
        this.names = names;
        this.accounts = Set.copyOf(accounts);
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "listChannelNames", summary = "Names that the account's orders have for products of ours")
    public NameList list(@PathParam("account") String account) {
        return new NameList(names.of(known(account)).stream()
                .map(one -> new NameView(one.name(), one.product().value(), one.actor(), one.since()))
                .toList());
    }

    @DELETE
    @Allow({Role.SUPPORT, Role.ADMIN})
    @Operation(
            operationId = "forgetChannelName",
            summary = "Forgets such a name",
            description = "Orders that were taken in by it stay as they are; the next one with it is a case again.")
    @ApiResponse(responseCode = "204", description = "Forgotten")
    public Response forget(
            @PathParam("account") String account,
            @Parameter(required = true, schema = @Schema(type = "string", maxLength = 100))
                    @QueryParam("name")
                    @Nullable
                    String name,
            @Parameter(hidden = true) @Context SecurityContext security) {
        String wanted = Parameters.required("name", name, Sku::of, ProductsResource.SKU_RULE)
                .value();
        if (!names.forget(known(account), wanted, Caller.of(security).actor())) {
            throw ProblemException.notFound("such name of this account");
        }
        return Response.noContent().build();
    }

    private AccountId known(String account) {
        return accounts.stream()
                .filter(known -> known.value().equals(account))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("account of this name"));
    }

    /** What a name of the account's means. */
    @Schema(name = "ChannelName")
    public record NameView(
            @Schema(example = "OLD-SCARF") String name,
            @Schema(example = "NW-SCARF-GRY") String product,
            String decidedBy,
            Instant since) {}

    /** By their names. */
    @Schema(name = "ChannelNames")
    public record NameList(List<NameView> names) {}
}
