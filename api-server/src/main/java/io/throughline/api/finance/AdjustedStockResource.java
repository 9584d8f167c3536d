package io.throughline.api.finance;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.domain.access.Role;
import io.throughline.domain.finance.AdjustedStock;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.time.WrittenTime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the stock was adjusted by on one day, for whoever checks the ERP's stock value at the close of a period. */
@Path("/v1/stock-adjustments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "finance")
public final class AdjustedStockResource {
    private final Facilities facilities;
    private final AdjustedStock stock;

    public AdjustedStockResource(Facilities facilities, AdjustedStock stock) {
        this.facilities = facilities;
        this.stock = stock;
    }

    @GET
    @Allow({Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "readStockAdjustments",
            summary = "What was lost and found of the stock on one day, and how much of it the ERP is still to be told",
            description =
                    "At facilities whose stock stands in the books of an ERP that does not move it. The day is the facility's own, by when"
                            + " its stock heard of it: one that is over never changes but for what is still to be told.")
    public AdjustmentList read(
            @Parameter(required = true, schema = @Schema(type = "string", format = "date"))
                    @QueryParam("date")
                    @Nullable
                    String date) {
        LocalDate day = Parameters.required("date", date, WrittenTime::day, "a day such as 2026-11-23");
        return new AdjustmentList(
                day.toString(),
                facilities.all().stream()
                        .sorted(Comparator.comparing(facility -> facility.id().value()))
                        .flatMap(facility -> of(facility, day))
                        .toList());
    }

    private Stream<AdjustmentView> of(Facility facility, LocalDate day) {
        return stock.sums(facility.id(), day).stream().map(sum -> AdjustmentView.of(facility, sum));
    }

    /** The facilities at which something was lost or found. */
    @Schema(name = "StockAdjustmentList")
    public record AdjustmentList(@Schema(format = "date") String date, List<AdjustmentView> adjustments) {}

    /** One facility's units that are valued in one currency, or not at all. */
    @Schema(name = "StockAdjustment")
    public record AdjustmentView(
            String facility,

            @Schema(description = "Absent for units of which no ERP had told a cost by then")
            Optional<String> currency,

            int unitsLost,
            int unitsFound,

            @Schema(description = "How many of both the ERP is still to be told")
            int unitsUntold,

            @Schema(description = "Debit of the stock adjustments, credit of the stock")
            Optional<String> lost,

            @Schema(description = "Debit of the stock, credit of the stock adjustments")
            Optional<String> found) {
        static AdjustmentView of(Facility facility, AdjustedStock.Sum sum) {
            return new AdjustmentView(
                    facility.id().value(),
                    sum.currency().map(CurrencyCode::code),
                    sum.unitsLost(),
                    sum.unitsFound(),
                    sum.unitsUntold(),
                    sum.value().map(value -> value.lost().toDecimal().toPlainString()),
                    sum.value().map(value -> value.found().toDecimal().toPlainString()));
        }
    }
}
