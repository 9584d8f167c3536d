package io.throughline.api.finance;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.domain.access.Role;
import io.throughline.domain.finance.GoodsCosts;
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

/** What the goods of orders have cost on one day, for whoever checks the ERP's stock value at the close of a period. */
@Path("/v1/goods-costs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "finance")
public final class GoodsCostsResource {
    private final Facilities facilities;
    private final GoodsCosts costs;

    public GoodsCostsResource(Facilities facilities, GoodsCosts costs) {
        this.facilities = facilities;
        this.costs = costs;
    }

    @GET
    @Allow({Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "readGoodsCosts",
            summary = "What was taken as cost of goods on one day, and what returns have reversed of it",
            description =
                    "Of the goods of orders, by the day on which each facility's stock heard of them: a day that is over"
                            + " never changes. The day is the facility's own, from midnight to midnight.")
    public CostList read(
            @Parameter(required = true, schema = @Schema(type = "string", format = "date"))
                    @QueryParam("date")
                    @Nullable
                    String date) {
        LocalDate day = Parameters.required("date", date, WrittenTime::day, "a day such as 2026-11-23");
        return new CostList(
                day.toString(),
                facilities.all().stream()
                        .sorted(Comparator.comparing(facility -> facility.id().value()))
                        .flatMap(facility -> of(facility, day))
                        .toList());
    }

    private Stream<CostView> of(Facility facility, LocalDate day) {
        return costs
                .sums(
                        facility.id(),
                        day.atStartOfDay(facility.zone()).toInstant(),
                        day.plusDays(1).atStartOfDay(facility.zone()).toInstant())
                .stream()
                .map(sum -> CostView.of(facility, sum));
    }

    /** The facilities that goods of orders left or came back to. */
    @Schema(name = "GoodsCostList")
    public record CostList(@Schema(format = "date") String date, List<CostView> costs) {}

    /** One facility's goods in one currency. */
    @Schema(name = "GoodsCost")
    public record CostView(
            String facility,

            @Schema(description = "Absent for units of which no ERP had told a cost when they left")
            Optional<String> currency,

            int unitsTaken,
            int unitsReversed,

            @Schema(description = "Debit of the cost of goods, credit of the stock")
            Optional<String> taken,

            @Schema(description = "Debit of the stock, credit of the cost of goods")
            Optional<String> reversed,

            @Schema(description = "What the cost of goods has grown by")
            Optional<String> net) {
        static CostView of(Facility facility, GoodsCosts.Sum sum) {
            return new CostView(
                    facility.id().value(),
                    sum.currency().map(CurrencyCode::code),
                    sum.unitsTaken(),
                    sum.unitsReversed(),
                    sum.value().map(value -> value.taken().toDecimal().toPlainString()),
                    sum.value().map(value -> value.reversed().toDecimal().toPlainString()),
                    sum.value().map(value -> value.net().toDecimal().toPlainString()));
        }
    }
}
