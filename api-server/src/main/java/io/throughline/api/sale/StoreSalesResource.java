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
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.sale.RefusedSale;
import io.throughline.domain.sale.RefusedSaleId;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sales of a store's tills, handed over in any order, late, in pieces and as often as it takes. */
@Path("/v1/stores/{facility}/sales/batch")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stores")
public final class StoreSalesResource {
    private static final int MOST_REASONS = 5;

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
                            + " store's day posts it. What is refused has happened all the same: it is kept under its id, with a"
                            + " case of SALE_NOT_BOOKED that is closed when the mended sale comes under the same id. A body that"
                            + " is no batch stores nothing.")
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
            return refuse(
                    store,
                    told,
                    Optional.empty(),
                    unreadable.problem().detail(),
                    unreadable.problem().errors());
        }
        Findings findings = new Findings();
        Findings waits = new Findings();
        Optional<StoreSale> sale = reader.read(store, submission, findings, waits);
        if (sale.isPresent() && waits.none()) {
            return answer(store, told, sale.get(), sales.take(sale.get()));
        }
        List<FieldError> errors = Stream.concat(findings.errors().stream(), waits.errors().stream())
                .toList();
        return refuse(store, told, sale, "The sale breaks the rules that are listed.", errors);
    }

    private SaleAnswer answer(FacilityId store, JsonNode told, StoreSale sale, Taken taken) {
        return switch (taken.verdict()) {
            case ACCEPTED -> taken(sale, Outcome.ACCEPTED, taken, Optional.empty());
            case CORRECTED -> taken(sale, Outcome.CORRECTED, taken, Optional.empty());
            case KNOWN -> taken(sale, Outcome.KNOWN, taken, Optional.empty());
            case SUPERSEDED -> taken(sale, Outcome.KNOWN, taken, Optional.of("A later version of this sale holds."));
            case CONFLICT ->
                refuse(
                        store,
                        told,
                        Optional.empty(),
                        "This sale was told before with other content, which holds. To correct it, send it with a"
                                + " version above "
                                + sale.version() + "; if it is another sale, give it an id of its own.",
                        List.of());
            case LEFT_OUT ->
                refused(
                        Optional.of(sale.id()),
                        "This sale was refused before, and somebody has decided to leave it out. To have it booked, send it with"
                                + " a version above "
                                + sale.version() + ".",
                        Optional.empty(),
                        List.of());
        };
    }

    private static SaleAnswer taken(StoreSale sale, Outcome outcome, Taken taken, Optional<String> detail) {
        return new SaleAnswer(
                Optional.of(sale.id()),
                outcome,
                Optional.of(taken.day().date()),
                taken.late(),
                detail,
                Optional.empty(),
                List.of());
    }

    /** What has happened is kept, under the id by which it will be mended. */
    private SaleAnswer refuse(
            FacilityId store, JsonNode told, Optional<StoreSale> sale, String detail, List<FieldError> errors) {
        Optional<String> id = idOf(told);
        if (id.filter(SaleReader::isId).isEmpty()) {
            return refused(
                    id,
                    detail + " It has no id under which it could be kept: give it one, and send it again.",
                    Optional.empty(),
                    errors);
        }
        RefusedSale refused = new RefusedSale(
                new RefusedSaleId(store, id.get()), versionOf(told), KeptForm.of(told), sale, reason(detail, errors));
        return switch (sales.refuse(refused)) {
            case StoreSales.Refusal.Kept(CaseId open) ->
                refused(
                        id,
                        detail + " It is kept, and " + open
                                + " stands for it: mend it and send it again under the same id.",
                        Optional.of(open.value()),
                        errors);
            case StoreSales.Refusal.Settled() ->
                refused(
                        id,
                        detail
                                + " It was refused before, and has been mended or left out since: there is nothing to do.",
                        Optional.empty(),
                        errors);
            case StoreSales.Refusal.Superseded() ->
                refused(id, detail + " A later version of it holds: there is nothing to do.", Optional.empty(), errors);
        };
    }

    /** The first of what is wrong says enough to a person; the till has heard all of it. */
    private static String reason(String detail, List<FieldError> errors) {
        return errors.isEmpty()
                ? detail
                : errors.stream()
                        .limit(MOST_REASONS)
                        .map(error -> (error.pointer() + " " + error.detail()).strip())
                        .collect(Collectors.joining("; "));
    }

    private static SaleAnswer refused(
            Optional<String> id, String detail, Optional<String> caseId, List<FieldError> errors) {
        return new SaleAnswer(id, Outcome.REFUSED, Optional.empty(), false, Optional.of(detail), caseId, errors);
    }

    private static Optional<String> idOf(JsonNode told) {
        return Optional.ofNullable(told.path("saleId").textValue()).filter(id -> id.length() <= 100);
    }

    /** 0 where it can't be read: whichever is booked is a later one. */
    private static long versionOf(JsonNode told) {
        JsonNode version = told.path("version");
        if (version.isMissingNode()) {
            return 1;
        }
        boolean readable = version.isIntegralNumber() && version.canConvertToLong();
        return readable && SaleReader.isVersion(version.longValue()) ? version.longValue() : 0;
    }
}
