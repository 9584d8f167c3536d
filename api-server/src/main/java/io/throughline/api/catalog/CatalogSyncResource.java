package io.throughline.api.catalog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.CatalogSync;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.inbox.Inbox;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The taking in of an account's catalogue: how far it is, and that it shall begin now. */
@Path("/v1/catalog/syncs/{account}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "catalogue")
public final class CatalogSyncResource {
    private static final String TOPIC = "throughline/catalog-sync";

    private final CatalogSyncs syncs;
    private final Inbox inbox;
    private final Set<AccountId> accounts;

    /** {@code accounts} are those that have a catalogue. */
    public CatalogSyncResource(CatalogSyncs syncs, Inbox inbox, Set<AccountId> accounts) {
        this.syncs = syncs;
        this.inbox = inbox;
        this.accounts = Set.copyOf(accounts);
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "readCatalogSync", summary = "How far the account's last sync has come")
    public SyncView read(@PathParam("account") String account) {
        return syncs.latest(known(account))
                .map(SyncView::of)
                .orElseThrow(() -> ProblemException.notFound("sync of this account yet"));
    }

    @POST
    @Allow({Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "requestCatalogSync",
            summary = "Asks for a sync now",
            description = "While one is under way, another follows it.")
    @ApiResponse(responseCode = "202", description = "Asked for")
    public Response request(@PathParam("account") String account) {
        AccountId wanted = known(account);
        inbox.store(wanted, TOPIC, UUID.randomUUID().toString(), "catalog/" + wanted, "{}");
        return Response.accepted().build();
    }

    private AccountId known(String account) {
        return accounts.stream()
                .filter(known -> known.value().equals(account))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("account with a catalogue of this name"));
    }

    /**
     * {@code changed} and {@code refused} count statements: those that were taken and said something new, and those that contradict the
     * account that owns what they are about.
     */
    @Schema(name = "CatalogSync")
    public record SyncView(
            String account,
            Instant startedAt,
            Optional<Instant> finishedAt,
            int percent,
            int products,
            int changed,
            int refused,
            int unusable) {
        static SyncView of(CatalogSync sync) {
            return new SyncView(
                    sync.account().value(),
                    sync.startedAt(),
                    sync.finishedAt(),
                    sync.percent(),
                    sync.tally().products(),
                    sync.tally().changed(),
                    sync.tally().refused(),
                    sync.tally().unusable());
        }
    }
}
