package io.throughline.api.intervention;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.domain.access.Role;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.ServiceLevel;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What waits for a person. */
@Path("/v1/cases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "cases")
public final class CasesResource {
    private final CaseFiles files;
    private final CaseViews views;
    private final CasePolicies policies;
    private final Clock clock;

    public CasesResource(CaseFiles files, CaseViews views, CasePolicies policies, Clock clock) {
        this.files = files;
        this.views = views;
        this.policies = policies;
        this.clock = clock;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "listCases", summary = "Cases, newest first")
    public CaseView.CaseList list(
            @Parameter(schema = @Schema(implementation = CaseStatus.class)) @QueryParam("status") @Nullable
                    String status,
            @Parameter(schema = @Schema(implementation = FailureCode.class)) @QueryParam("code") @Nullable String code,
            @Parameter(description = "The group whose cases they are", example = "FINANCE")
                    @QueryParam("owner")
                    @Nullable
                    String owner,
            @QueryParam("assignee") @Nullable String assignee,
            @Parameter(description = "Of open cases only", schema = @Schema(implementation = ServiceLevel.class))
                    @QueryParam("sla")
                    @Nullable
                    String sla,
            @QueryParam("account") @Nullable String account,
            @Parameter(description = "Of one cause", schema = @Schema(type = "string", pattern = "[0-9a-f]{16}"))
                    @QueryParam("fingerprint")
                    @Nullable
                    String fingerprint,
            @Parameter(schema = @Schema(type = "boolean")) @QueryParam("snoozed") @Nullable String snoozed,
            @Parameter(
                            description =
                                    "Part of the detail, subject or step; among closed cases only with status=CLOSED",
                            schema = @Schema(type = "string", maxLength = 200))
                    @QueryParam("text")
                    @Nullable
                    String text,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(hidden = true) @Context SecurityContext security) {
        CaseQuery query = new CaseQuery(status, code, owner, assignee, sla, account, fingerprint, snoozed, text, limit);
        Caller caller = Caller.of(security);
        return new CaseView.CaseList(
                query.read(policies.at(clock.instant())).map(files::list).orElseGet(List::of).stream()
                        .map(file -> views.of(file, caller))
                        .toList());
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
            Optional<LocalDate> postingDate,

            @Schema(
                    description = "The ERP's products that stand for those of the document which it does not know:"
                            + " pairs with commas between them (ERP_REJECTED, CREDIT_REJECTED, STORE_DAY_REJECTED)",
                    example = "NW-SCARF-GRY=NW-OTHER")
            Optional<String> standIns) {}
}
