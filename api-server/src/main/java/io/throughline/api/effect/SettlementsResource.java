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
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.EffectLedger.State;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.effect.EffectRedrives.Finding;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.intervention.IllegalDecision;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;

/** What a person has found in an outside system about an effect that no process looks for any more. */
@Path("/v1/effects/settlements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "effects")
public final class SettlementsResource {
    private final EffectRedrives effects;

    public SettlementsResource(EffectRedrives effects) {
        this.effects = effects;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "settleEffect",
            summary = "Says what was found of an effect whose outcome nobody knows and whose process has ended",
            description =
                    "A redrive names those effects as unattended. Look for it in the outside system first. Said again it"
                            + " changes nothing. 409 where its outcome is known to be otherwise, or where a process still"
                            + " looks for it by itself.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SettlementRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "As it stands now",
            content = @Content(schema = @Schema(implementation = SettledEffect.class)))
    @ApiResponse(responseCode = "404", description = "There is no such effect")
    @ApiResponse(
            responseCode = "409",
            description = "Its outcome is known to be otherwise, or a process still looks for it by itself")
    public SettledEffect settle(@Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        SettlementRequest request = StrictJson.read(body, SettlementRequest.class);
        EffectKey key = request.key();
        Finding finding = request.finding();
        try {
            return effects.settle(key, finding, Caller.of(security).actor())
                    .map(SettledEffect::of)
                    .orElseThrow(() -> ProblemException.notFound("effect"));
        } catch (IllegalDecision refused) {
            throw new ProblemException(ProblemType.CONFLICT, String.valueOf(refused.getMessage()));
        }
    }

    /** What can be found. */
    public enum Found {
        HAPPENED,
        NOT_THERE
    }

    /** Which effect, as a redrive or the trace names it, and what was found of it. */
    public record SettlementRequest(
            String account,
            String subject,
            String operation,
            int intent,
            Found found,

            @Schema(description = "With HAPPENED: by which name or number the system knows it")
            Optional<String> reference) {
        EffectKey key() {
            try {
                return new EffectKey(AccountId.of(account), subject, operation, intent);
            } catch (IllegalArgumentException unfit) {
                throw unfit("/account", unfit);
            }
        }

        Finding finding() {
            try {
                return switch (found) {
                    case HAPPENED -> new Finding.Happened(reference.orElse(""));
                    case NOT_THERE -> new Finding.NotThere();
                };
            } catch (IllegalArgumentException unfit) {
                throw unfit("/reference", unfit);
            }
        }

        private static ProblemException unfit(String pointer, IllegalArgumentException unfit) {
            return new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "The settlement breaks a rule.",
                    List.of(new FieldError(pointer, String.valueOf(unfit.getMessage()))));
        }
    }

    /** An effect as it stands. */
    public record SettledEffect(
            String account, String subject, String operation, int intent, State state, Optional<String> reference) {
        static SettledEffect of(Effect effect) {
            return new SettledEffect(
                    effect.key().account().value(),
                    effect.key().subject(),
                    effect.key().operation(),
                    effect.key().intent(),
                    effect.state(),
                    effect.receipt().map(Receipt::reference));
        }
    }
}
