package io.throughline.api.intervention;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Limit;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Cases.CaseFilter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What waits for a person, and what people decide. */
@Path("/v1/cases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "cases")
public final class CasesResource {
    private final Cases cases;
    private final Decisions decisions;
    private final Clock clock;

    public CasesResource(Cases cases, Decisions decisions, Clock clock) {
        this.cases = cases;
        this.decisions = decisions;
        this.clock = clock;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "listCases", summary = "Cases, newest first")
    public CaseView.CaseList list(
            @Parameter(schema = @Schema(implementation = CaseStatus.class)) @QueryParam("status") @Nullable
                    String status,
            @Parameter(schema = @Schema(implementation = FailureCode.class)) @QueryParam("code") @Nullable String code,
            @QueryParam("account") @Nullable String account,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(hidden = true) @Context SecurityContext security) {
        CaseFilter filter = new CaseFilter(
                Parameters.optional(
                        "status", status, CaseStatus::valueOf, "one of " + Arrays.toString(CaseStatus.values())),
                Parameters.optional("code", code, FailureCode::valueOf, "a failure code"),
                Parameters.optional("account", account, AccountId::of, "an account id"),
                Limit.of(limit));
        Caller caller = Caller.of(security);
        return new CaseView.CaseList(
                cases.list(filter).stream().map(found -> view(found, caller)).toList());
    }

    @GET
    @Path("/{id}")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "readCase", summary = "One case")
    public CaseView read(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return view(find(id), Caller.of(security));
    }

    @POST
    @Path("/{id}/decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "decideCase",
            summary = "Decides a case",
            description =
                    "Only the case's legal actions are taken. SUPPORT decides what belongs to support, FINANCE what belongs "
                            + "to finance, ADMIN what belongs to retail IT; each of them may RETRY anything. "
                            + "AMEND_AND_RETRY takes what the case lists as amendable, and nothing else.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DecisionRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Decided; the process is being woken",
            content = @Content(schema = @Schema(implementation = CaseView.class)))
    @ApiResponse(responseCode = "409", description = "The case is not open any more")
    public CaseView decide(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        DecisionRequest request = StrictJson.read(body, DecisionRequest.class);
        Caller caller = Caller.of(security);
        return view(decisions.decide(find(id), request, caller), caller);
    }

    private Case find(String id) {
        return Parameters.name(id, CaseId::new)
                .flatMap(cases::find)
                .orElseThrow(() -> ProblemException.notFound("such case"));
    }

    private CaseView view(Case found, Caller caller) {
        return CaseView.of(found, clock.instant(), caller.hasAny(Role.SUPPORT, Role.FINANCE, Role.ADMIN));
    }

    /** What is decided; a case lists what of it can be amended. */
    public record DecisionRequest(
            Action action,
            @Schema(maxLength = 500) Optional<String> note,

            @Schema(implementation = Amendment.class, requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, String> amendment) {}

    /** Every key that an amendment can have, as the API's document shows it; see {@link Amendable}. */
    @Schema(
            name = "Amendment",
            description = "For AMEND_AND_RETRY only, and only what the case lists as amendable",
            additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
    record Amendment(
            @Schema(
                    type = "string",
                    format = "date",
                    description = "The day under which the ERP books what it refused (ERP_PERIOD_CLOSED)")
            Optional<LocalDate> postingDate) {}
}
