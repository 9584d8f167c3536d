package io.throughline.api.sale;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays;
import io.throughline.domain.time.WrittenTime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.LocalDate;

/** The days of the stores. */
@Path("/v1/stores/{facility}/days/{date}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stores")
public final class StoreDaysResource {
    private static final int MOST_LATE_SALES = 500;

    private final Stores stores;
    private final StoreDays days;
    private final Journals journals;

    public StoreDaysResource(Facilities facilities, StoreDays days, Journals journals) {
        this.stores = new Stores(facilities);
        this.days = days;
        this.journals = journals;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readStoreDay",
            summary = "What a store has sold on a business date, and what of it is in the books",
            description = "At most " + MOST_LATE_SALES + " late sales are listed.")
    @ApiResponse(
            responseCode = "200",
            description = "As of now",
            content = @Content(schema = @Schema(implementation = StoreDayView.class)))
    @ApiResponse(responseCode = "404", description = "There is no such store, or nothing was sold there on that date")
    public StoreDayView read(
            @PathParam("facility") String facility,
            @Parameter(schema = @Schema(type = "string", format = "date")) @PathParam("date") String date) {
        StoreDayId id = new StoreDayId(stores.get(facility), parsed(date));
        return days.find(id)
                .map(day ->
                        StoreDayView.of(day, days.takings(id), journals.of(id), days.lateSales(id, MOST_LATE_SALES)))
                .orElseThrow(() -> ProblemException.notFound("day of this store on that date"));
    }

    private static LocalDate parsed(String date) {
        try {
            return WrittenTime.day(date);
        } catch (DateTimeException noDate) {
            throw ProblemException.notFound("such date");
        }
    }
}
