package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.inventory.CountOutcome.CountedOutcome;
import io.throughline.api.inventory.CountSubmission.CountedLine;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.CycleCounts;
import io.throughline.domain.inventory.CycleCounts.Outcome;
import io.throughline.domain.inventory.StockSubject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Cycle counts. Each line is booked by itself; a count that was taken in half is sent again as a whole. */
@Path("/v1/facilities/{facility}/counts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inventory")
public final class CountsResource {
    private final CycleCounts counts;
    private final StockPolicies policies;
    private final Catalog catalog;
    private final Bundles bundles;
    private final Facilities facilities;
    private final Clock clock;

    public CountsResource(
            CycleCounts counts,
            StockPolicies policies,
            Catalog catalog,
            Bundles bundles,
            Facilities facilities,
            Clock clock) {
        this.counts = counts;
        this.policies = policies;
        this.catalog = catalog;
        this.bundles = bundles;
        this.facilities = facilities;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.ADMIN})
    @Operation(
            operationId = "submitCount",
            summary = "Takes in what was counted in a facility",
            description =
                    "A count is booked whatever system moves the facility's stock, unless it differs from the ledger by"
                            + " more than the stock policy believes. The same count again changes nothing.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CountSubmission.class)))
    @ApiResponse(responseCode = "200", description = "Taken in, now or before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no such facility")
    public CountOutcome submit(@PathParam("facility") String facility, byte[] body) {
        FacilityId id = facility(facility).orElseThrow(() -> ProblemException.notFound("such facility"));
        CountSubmission count = StrictJson.read(body, CountSubmission.class);
        List<FieldError> errors = count.errors(catalog, bundles, clock.instant());
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "The count breaks a rule.", errors);
        }
        return new CountOutcome(
                id.value(),
                count.countId(),
                count.lines().stream()
                        .map(line -> take(id, line, count.step(line)))
                        .toList());
    }

    private CountedOutcome take(FacilityId facility, CountedLine line, CountStep count) {
        Sku sku = Sku.of(line.sku());
        Outcome outcome = counts.take(
                new StockSubject(facility, sku),
                count,
                policies.at(clock.instant()).countTolerance(facility, sku));
        return new CountedOutcome(
                line.sku(),
                outcome.verdict().name(),
                outcome.change(),
                outcome.openCase().map(CaseId::value));
    }

    private Optional<FacilityId> facility(String text) {
        return Parameters.name(text, FacilityId::new).flatMap(facilities::find).map(Facility::id);
    }
}
