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
            Map<String, String> amendment,

            @Schema(
                    description = "In place of an amendment: one that is kept for the case already"
                            + " (POST /v1/cases/{id}/amendments)",
                    example = "AM-17")
            Optional<String> amendmentId) {
        public DecisionRequest(Action action, Optional<String> note, Map<String, String> amendment) {
            this(action, note, amendment, Optional.empty());
        }

        DecisionRequest amending(io.throughline.domain.intervention.Amendment kept) {
            if (!amendment.isEmpty()) {
                throw Decisions.invalid("/amendmentId", "an amendment or the id of one, not both");
            }
            return new DecisionRequest(action, note, kept.fields());
        }
    }

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
            Optional<String> standIns,

            @Schema(
                    description = "What the order means by names that the catalogue does not know (UNKNOWN_SKU): pairs"
                            + " with commas between them. Amounts stay what they are",
                    example = "OLD-SCARF=NW-SCARF-GRY")
            Optional<String> productNames,

            @Schema(
                    description = "Whether such a name holds for this order or for all of its account's",
                    allowableValues = {"ORDER", "ACCOUNT"})
            Optional<String> productNamesFor,

            @Schema(
                    description = "Where the order goes (CARRIER_REFUSED, RETURN_LABEL_REFUSED); taxes are not"
                            + " reckoned anew")
            Optional<String> shipToName,

            @Schema(description = "All lines between the name and the city")
            Optional<String> shipToStreet,

            Optional<String> shipToCity,
            Optional<String> shipToPostalCode,

            @Schema(description = "Refused where another would be taxed otherwise")
            Optional<String> shipToProvince,

            @Schema(description = "May be filled in and not become another", example = "US")
            Optional<String> shipToCountry,

            Optional<String> shipToPhone,

            @Schema(description = "Where the customer is written to (MESSAGE_REFUSED)")
            Optional<String> customerEmail,

            @Schema(description = "Where the customer is told by text message (MESSAGE_REFUSED)")
            Optional<String> customerPhone) {}

    /** What somebody wants amended, to be decided by the id under which it is kept. */
    public record AmendmentRequest(
            @Schema(implementation = Amendment.class) Map<String, String> amendment) {}
}
