package io.throughline.api.sale;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.access.Role;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.sale.RefusedSaleId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.sale.TillSaleId;
import io.throughline.domain.trace.Trace;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** One sale of a store's till. */
@Path("/v1/stores/{facility}/sales/{sale}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stores")
public final class StoreSaleResource {
    private final Stores stores;
    private final StoreSales sales;
    private final Journals journals;
    private final Trace trace;

    public StoreSaleResource(Facilities facilities, StoreSales sales, Journals journals, Trace trace) {
        this.stores = new Stores(facilities);
        this.sales = sales;
        this.journals = journals;
        this.trace = trace;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readStoreSale",
            summary = "A sale of a store, as it stands, and what of it is in the books",
            description =
                    "By the till's own id. A sale that its till's system has told has a trace of its own; one that was"
                            + " handed over is told in that of its day.")
    @ApiResponse(
            responseCode = "200",
            description = "As of now",
            content = @Content(schema = @Schema(implementation = StoreSaleView.class)))
    @ApiResponse(responseCode = "404", description = "There is no such store, or no such sale of its tills")
    public StoreSaleView read(@PathParam("facility") String facility, @PathParam("sale") String sale) {
        return sales.find(stores.get(facility), sale)
                .map(found -> StoreSaleView.of(found, journals::of, trace(found.sale())))
                .orElseThrow(() -> ProblemException.notFound("sale of this store"));
    }

    @GET
    @Path("/refused")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readRefusedSale",
            summary = "What a till has handed over of a sale and could not be booked",
            description =
                    "By the till's own id, as long as nobody has settled it: the highest version that was refused.")
    @ApiResponse(
            responseCode = "200",
            description = "As it was told, as far as a sale may say it",
            content = @Content(schema = @Schema(implementation = RefusedSaleView.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There is no such store, or nothing that was refused of such a sale is open")
    public RefusedSaleView readRefused(@PathParam("facility") String facility, @PathParam("sale") String sale) {
        return Optional.of(new RefusedSaleId(stores.get(facility), sale))
                .filter(id -> SaleReader.isId(id.sale()))
                .flatMap(sales::refused)
                .map(RefusedSaleView::of)
                .orElseThrow(() -> ProblemException.notFound("refused sale of this store"));
    }

    private Optional<TraceView> trace(StoreSale sale) {
        return trace.lookup(sale.link())
                .filter(subject -> TillSaleId.of(subject).isPresent())
                .map(subject -> TraceView.of(subject, trace));
    }
}
