package io.throughline.api.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.measure.FeedProgress;
import io.throughline.domain.reconciliation.Repairs.Repair;
import io.throughline.domain.time.WrittenTime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Comparisons of what an account tells with what we know. */
@Path("/v1/systems/{account}/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "systems")
public final class ReconciliationsResource {
    private final Comparing comparing;

    public ReconciliationsResource(Comparing comparing) {
        this.comparing = comparing;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "readReconciliation",
            summary = "Up to when an account is compared completely, and what that has found in the last 24 hours",
            description =
                    "Events that the account itself has kept are taken in under their own names, and are not among the"
                            + " repairs. The newest 500 repairs are listed; found and handled count all of them. With since,"
                            + " only what was found then or later is listed and counted.")
    @ApiResponse(
            responseCode = "200",
            description = "What it has found",
            content = @Content(schema = @Schema(implementation = Reconciliation.class)))
    public Reconciliation read(
            @PathParam("account") String name,
            @Parameter(schema = @Schema(type = "string", format = "date-time")) @QueryParam("since") @Nullable
                    String since) {
        AccountId account = comparing.find(name);
        Optional<Instant> from =
                Parameters.optional("since", since, WrittenTime::instant, "an instant, as 2026-11-23T09:00:00Z");
        Comparing.Found found = comparing.found(account, from);
        return new Reconciliation(
                account.value(),
                found.feeds().stream().map(Feed::of).toList(),
                found.count().found(),
                found.count().handled(),
                found.repairs().stream().map(RepairView::of).toList());
    }

    @POST
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "requestReconciliation",
            summary = "Compares an account now",
            description =
                    "It runs by itself every few minutes, too. It is through once the account's orders are complete up to"
                            + " the time of the answer or later.")
    @ApiResponse(
            responseCode = "202",
            description = "Asked for",
            content = @Content(schema = @Schema(implementation = Asked.class)))
    public Response request(@PathParam("account") String name) {
        return Response.accepted(new Asked(comparing.ask(comparing.find(name)))).build();
    }

    /** When a comparison was asked for. */
    @Schema(name = "ReconciliationAsked")
    public record Asked(Instant askedAt) {}

    /**
     * Up to when an account is compared, and what was found: {@code found} in all, of which {@code handled} are taken in, and the newest of them one by
     * one.
     */
    public record Reconciliation(String account, List<Feed> feeds, int found, int handled, List<RepairView> repairs) {}

    /** Up to when one thing that an account tells of is known completely. */
    @Schema(name = "ComparedFeed")
    public record Feed(String feed, Instant completeUpTo) {
        static Feed of(FeedProgress progress) {
            return new Feed(progress.feed(), progress.completeUpTo());
        }
    }

    /** What was missed, and whether it is taken in. */
    @Schema(name = "Repair")
    public record RepairView(String subject, String topic, Instant foundAt, boolean handled) {
        static RepairView of(Repair repair) {
            return new RepairView(repair.subject(), repair.topic(), repair.foundAt(), repair.handled());
        }
    }
}
