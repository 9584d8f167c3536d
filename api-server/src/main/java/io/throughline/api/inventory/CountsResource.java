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
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.InventoryLedger;
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
    private final InventoryLedger ledger;
    private final Catalog catalog;
    private final Facilities facilities;
    private final Clock clock;

    public CountsResource(InventoryLedger ledger, Catalog catalog, Facilities facilities, Clock clock) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.facilities = facilities;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.ADMIN})
    @Operation(
            operationId = "submitCount",
            summary = "Takes in what was counted in a facility",
            description = "A count is booked whatever system moves the facility's stock. The same count again changes"
                    + " nothing.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CountSubmission.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Taken in, now or before",
            content = @Content(schema = @Schema(implementation = CountOutcome.class)))
    @ApiResponse(responseCode = "404", description = "There is no such facility")
    public CountOutcome submit(@PathParam("facility") String facility, byte[] body) {
        FacilityId id = facility(facility).orElseThrow(() -> ProblemException.notFound("such facility"));
        CountSubmission count = StrictJson.read(body, CountSubmission.class);
        List<FieldError> errors = count.errors(catalog, clock.instant());
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "The count breaks a rule.", errors);
        }
        return new CountOutcome(
                id.value(),
                count.countId(),
                count.lines().stream()
                        .map(line -> {
                            Booking booking = ledger.record(count.movement(id, line));
                            return new CountedOutcome(
                                    line.sku(), booking.verdict().name(), booking.change());
                        })
                        .toList());
    }

    private Optional<FacilityId> facility(String text) {
        return Parameters.name(text, FacilityId::new).flatMap(facilities::find).map(Facility::id);
    }
}
