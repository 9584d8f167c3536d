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
import io.throughline.domain.effect.EffectKey;
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
                            + " system first, and asks again only for what is not found. While the answer has a next, there"
                            + " may be more: say it as after to go on. With preview=true nothing is done.")
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
        RedriveRequest request = StrictJson.read(body, RedriveRequest.class);
        Filter filter = request.filter();
        if (previewed) {
            EffectRedrives.Preview found = redrives.preview(filter, SAMPLE);
            return Response.ok(new RedrivePreview(
                            found.matching(),
                            found.sample().stream().map(UnknownEffect::of).toList()))
                    .build();
        }
        return Response.accepted(Redriven.of(
                        redrive(filter, request.after(), Caller.of(security).actor())))
                .build();
    }

    private Driven redrive(Filter filter, Optional<String> after, String actor) {
        try {
            return redrives.redrive(filter, after, actor);
        } catch (IllegalArgumentException unfit) {
            throw unfit("/after", unfit);
        }
    }

    private static ProblemException unfit(String pointer, IllegalArgumentException unfit) {
        return new ProblemException(
                ProblemType.INVALID_CONTENT,
                "The filter breaks a rule.",
                List.of(new FieldError(pointer, String.valueOf(unfit.getMessage()))));
    }

    /** Which effects; what is left out is no condition. */
    public record RedriveRequest(
            Optional<String> account,
            Optional<String> operation,

            @Schema(description = "Go on with what the answer before gave as next")
            Optional<String> after) {
        Filter filter() {
            try {
                return new Filter(account.map(AccountId::of), operation);
            } catch (IllegalArgumentException unfit) {
                throw unfit("/account", unfit);
            }
        }
    }

    /** One effect that may have happened. */
    public record UnknownEffect(
            String account,
            String subject,
            String operation,
            int intent,
            int attempts,
            Optional<FailureCode> code,
            Optional<Instant> firstFailedAt) {
        static UnknownEffect of(Effect effect) {
            return new UnknownEffect(
                    effect.key().account().value(),
                    effect.key().subject(),
                    effect.key().operation(),
                    effect.key().intent(),
                    effect.attempts(),
                    effect.code(),
                    effect.firstFailedAt());
        }
    }

    /** How many there are, and some of them. */
    public record RedrivePreview(long matching, List<UnknownEffect> sample) {}

    /**
     * How many processes are woken. {@code left} are the subjects that have none, and {@code unattended} their effects: somebody has to look for those
     * and settle them. {@code next} is there while there may be more.
     */
    public record Redriven(int woken, List<String> left, List<NamedEffect> unattended, Optional<String> next) {
        static Redriven of(Driven driven) {
            return new Redriven(
                    driven.woken(),
                    driven.left().stream().map(EffectKey::subject).distinct().toList(),
                    driven.left().stream().map(NamedEffect::of).toList(),
                    driven.next());
        }
    }

    /** What names an effect. */
    public record NamedEffect(String account, String subject, String operation, int intent) {
        static NamedEffect of(EffectKey key) {
            return new NamedEffect(key.account().value(), key.subject(), key.operation(), key.intent());
        }
    }
}
