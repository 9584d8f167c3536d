package io.throughline.api.sale;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.catalog.Assortment;
import io.throughline.api.http.StrictJson;
import io.throughline.api.order.Findings;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.sale.SalesBatch.Answer;
import io.throughline.api.sale.SalesBatch.Outcome;
import io.throughline.api.sale.SalesBatch.SaleAnswer;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.sale.StoreSales.Taken;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Sales of a store's tills, handed over in any order, late, in pieces and as often as it takes. */
@Path("/v1/stores/{facility}/sales/batch")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stores")
public final class StoreSalesResource {
    private final Stores stores;
    private final StoreSales sales;
    private final SaleReader reader;

    public StoreSalesResource(Facilities facilities, Assortment assortment, StoreSales sales, Clock clock) {
        this.stores = new Stores(facilities);
        this.sales = sales;
        this.reader = new SaleReader(assortment, clock);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.INTEGRATION, Role.ADMIN})
    @Operation(
            operationId = "submitStoreSales",
            summary = "Hands over sales of a store",
            description =
                    "Each sale is stored with its movements of stock before the answer, or refused by itself with what"
                            + " to do. The same sale again is known; a higher version of it corrects the one before. Its"
                            + " store's day posts it.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SalesBatch.class)))
    @ApiResponse(
            responseCode = "200",
            description = "What became of each sale",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @ApiResponse(responseCode = "404", description = "There is no such store")
    public Answer submit(@PathParam("facility") String facility, byte[] body) {
        FacilityId store = stores.get(facility);
        List<JsonNode> told = StrictJson.read(body, SalesBatch.class).sales();
        if (told.isEmpty() || told.size() > SalesBatch.MOST_SALES) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "The batch breaks a rule.",
                    List.of(new FieldError(
                            "/sales", "1 to " + SalesBatch.MOST_SALES + " sales: send the rest by itself")));
        }
        return Answer.of(told.stream().map(sale -> take(store, sale)).toList());
    }

    private SaleAnswer take(FacilityId store, JsonNode told) {
        SaleSubmission submission;
        try {
            submission = StrictJson.read(StrictJson.canonical(told), SaleSubmission.class);
        } catch (ProblemException unreadable) {
            return refused(
                    idOf(told),
                    unreadable.problem().detail(),
                    unreadable.problem().errors());
        }
        Findings findings = new Findings();
        return reader.read(store, submission, findings)
                .map(sale -> answer(sale, sales.take(sale)))
                .orElseGet(() -> refused(
                        idOf(told),
                        "The sale breaks the rules that are listed: mend it and send it again.",
                        findings.errors()));
    }

    private static SaleAnswer answer(StoreSale sale, Taken taken) {
        return switch (taken.verdict()) {
            case ACCEPTED -> taken(sale, Outcome.ACCEPTED, taken, Optional.empty());
            case CORRECTED -> taken(sale, Outcome.CORRECTED, taken, Optional.empty());
            case KNOWN -> taken(sale, Outcome.KNOWN, taken, Optional.empty());
            case SUPERSEDED -> taken(sale, Outcome.KNOWN, taken, Optional.of("A later version of this sale holds."));
            case CONFLICT ->
                refused(
                        Optional.of(sale.id()),
                        "This sale was told before with other content, which holds. To correct it, send it with a"
                                + " version above "
                                + sale.version() + "; if it is another sale, give it an id of its own.",
                        List.of());
        };
    }

    private static SaleAnswer taken(StoreSale sale, Outcome outcome, Taken taken, Optional<String> detail) {
        return new SaleAnswer(
                Optional.of(sale.id()), outcome, Optional.of(taken.day().date()), taken.late(), detail, List.of());
    }

    private static SaleAnswer refused(Optional<String> id, String detail, List<FieldError> errors) {
        return new SaleAnswer(id, Outcome.REFUSED, Optional.empty(), false, Optional.of(detail), errors);
    }

    private static Optional<String> idOf(JsonNode told) {
        return Optional.ofNullable(told.path("saleId").textValue()).filter(id -> id.length() <= 100);
    }
}
