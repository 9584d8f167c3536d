package io.throughline.api.routing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.domain.access.Role;
import io.throughline.domain.time.WrittenTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Dry runs of routing policies. */
@Path("/v1/policies/routing/trials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies")
public final class RoutingTrialsResource {
    static final String YAML = "application/yaml";

    private final Trials trials;
    private final Clock clock;

    public RoutingTrialsResource(Trials trials, Clock clock) {
        this.trials = trials;
        this.clock = clock;
    }

    @POST
    @Consumes(YAML)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "tryRoutingPolicy",
            summary = "What a routing policy would have made of recorded orders",
            description =
                    "The policy in the body and the active one route the orders of the window again, each with the"
                            + " stock as it stood and its own choices since. Changes nothing.")
    @RequestBody(
            required = true,
            description = "A policy, as in config/policies/routing/",
            content = @Content(mediaType = YAML, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "200", description = "Both, side by side", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "Another trial is under way")
    @ApiResponse(responseCode = "422", description = "The policy has a mistake, which is named with its line")
    public RoutingTrialView run(
            @Parameter(
                            description = "Orders that were heard of from then on",
                            required = true,
                            schema = @Schema(type = "string", format = "date-time"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "Before then; now if absent",
                            schema = @Schema(type = "string", format = "date-time"))
                    @QueryParam("until")
                    @Nullable
                    String until,
            @Parameter(
                            description = "Within which time after it was placed an order shall have left",
                            schema = @Schema(type = "string", format = "duration", defaultValue = "P2D"))
                    @QueryParam("promise")
                    @Nullable
                    String promise,
            @Parameter(
                            description = "How many orders are tried at most",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "1",
                                            maximum = "100000",
                                            defaultValue = "10000"))
                    @QueryParam("orders")
                    @Nullable
                    String orders,
            String policy) {
        Instant now = clock.instant();
        return RoutingTrialView.of(trials.run(
                policy,
                Trials.window(
                        Parameters.required("from", from, WrittenTime::instant, "an instant"),
                        Parameters.optional("until", until, WrittenTime::instant, "an instant")
                                .orElse(now)),
                Parameters.optional("promise", promise, RoutingTrialsResource::duration, "a duration such as P2D")
                        .orElse(Trials.USUAL_PROMISE),
                Parameters.optional("orders", orders, RoutingTrialsResource::count, "1 to " + Trials.MOST_ORDERS)
                        .orElse(Trials.USUAL_ORDERS)));
    }

    @GET
    @Path("/progress")
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "routingTrialProgress",
            summary = "How far the dry run of a routing policy has come",
            description =
                    "One trial is under way at a time; whoever has asked for it gets what came of it when it has ended.")
    @ApiResponse(responseCode = "200", description = "So far", useReturnTypeSchema = true)
    public TrialProgressView progress() {
        return TrialProgressView.of(trials);
    }

    private static Duration duration(String text) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    private static int count(String text) {
        int count = Integer.parseInt(text);
        if (count < 1 || count > Trials.MOST_ORDERS) {
            throw new IllegalArgumentException(text);
        }
        return count;
    }
}
