package io.throughline.api.effect;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.effect.EffectRedrives.Driven;
import io.throughline.domain.effect.EffectRedrives.Filter;
import io.throughline.domain.failure.FailureCode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has effects looked for at once whose outcome nobody knows, first as a preview, then in earnest. */
@Path("/v1/effects/redrives")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "effects")
public final class RedrivesResource {
    private static final int SAMPLE = 10;

    private final EffectRedrives redrives;

    public RedrivesResource(EffectRedrives redrives) {
        this.redrives = redrives;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "redriveEffects",
            summary = "Has effects tried at once whose outcome nobody knows",
            description =
                    "Up to 500, the longest unknown first. Their processes are woken; each looks for its effect at the"
                            + " system first, and asks again only for what is not found. With preview=true nothing is done.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RedriveRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "With preview=true: what it would be about",
            content = @Content(schema = @Schema(implementation = RedrivePreview.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Their processes are woken",
            content = @Content(schema = @Schema(implementation = Redriven.class)))
    public Response redrive(
            @Parameter(schema = @Schema(type = "boolean", defaultValue = "false")) @QueryParam("preview") @Nullable
                    String preview,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        boolean previewed = Parameters.flag("preview", preview);
        Filter filter = StrictJson.read(body, RedriveRequest.class).filter();
        if (previewed) {
            EffectRedrives.Preview found = redrives.preview(filter, SAMPLE);
            return Response.ok(new RedrivePreview(
                            found.matching(),
                            found.sample().stream().map(UnknownEffect::of).toList()))
                    .build();
        }
        Driven driven = redrives.redrive(filter, Caller.of(security).actor());
        return Response.accepted(new Redriven(driven.woken(), driven.left())).build();
    }

    /** Which effects; what is left out is no condition. */
    public record RedriveRequest(Optional<String> account, Optional<String> operation) {
        Filter filter() {
            try {
                return new Filter(account.map(AccountId::of), operation);
            } catch (IllegalArgumentException unfit) {
                throw new ProblemException(
                        ProblemType.INVALID_CONTENT,
                        "The filter breaks a rule.",
                        List.of(new FieldError("/account", String.valueOf(unfit.getMessage()))));
            }
        }
    }

    /** One effect that may have happened. */
    public record UnknownEffect(
            String account,
            String subject,
            String operation,
            int attempts,
            Optional<FailureCode> code,
            Optional<Instant> firstFailedAt) {
        static UnknownEffect of(Effect effect) {
            return new UnknownEffect(
                    effect.key().account().value(),
                    effect.key().subject(),
                    effect.key().operation(),
                    effect.attempts(),
                    effect.code(),
                    effect.firstFailedAt());
        }
    }

    /** How many there are, and some of them. */
    public record RedrivePreview(long matching, List<UnknownEffect> sample) {}

    /** How many processes are woken; {@code left} are the subjects that have none, and need a person. */
    public record Redriven(int woken, List<String> left) {}
}
