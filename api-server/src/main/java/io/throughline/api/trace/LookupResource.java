package io.throughline.api.trace;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Links;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.sale.StoreSales.Standing;
import io.throughline.domain.sale.TillSaleId;
import io.throughline.domain.sale.TillSales;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.transfer.TransferId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what any id of any system belongs to. */
@Path("/v1/lookup")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "lookup")
public final class LookupResource {
    private final Trace trace;
    private final TillSales tillSales;
    private final StoreSales storeSales;
    private final Links links;

    public LookupResource(Trace trace, TillSales tillSales, StoreSales storeSales, Links links) {
        this.trace = trace;
        this.tillSales = tillSales;
        this.storeSales = storeSales;
        this.links = links;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "lookUp",
            summary = "Finds the subject that an id belongs to",
            description = "Ours, Shopify's, the POS's, the marketplace's, the ERP's document numbers, tracking numbers,"
                    + " names of returns, reroutes, parcels and transfers, case ids.")
    public Found find(
            @Parameter(required = true, schema = @Schema(type = "string", maxLength = Spellings.LONGEST_ID))
                    @QueryParam("id")
                    @Nullable
                    String given) {
        String id = Spellings.asked(given);
        String subject =
                Spellings.lookUp(trace, id).orElseThrow(() -> ProblemException.notFound("subject with this id"));
        Optional<Standing> sale = sale(subject);
        return new Found(
                id,
                subject,
                Parameters.name(subject, OrderId::new).map(links::order),
                sale.map(Standing::sale).map(found -> links.storeSale(found.facility(), found.id())),
                StoreDayId.of(subject).or(() -> sale.map(Standing::soldOn)).map(links::storeDay),
                ReturnId.about(id).map(links::returned),
                CounterReturnId.about(subject).map(links::counterReturn),
                TransferId.about(subject).map(links::transfer));
    }

    /** Of what could not be booked yet there is none. */
    private Optional<Standing> sale(String subject) {
        return TillSaleId.of(subject)
                .flatMap(id -> tillSales
                        .find(id)
                        .flatMap(TillSales.Known::bookedAt)
                        .flatMap(store -> storeSales.find(store, id.key().externalId())));
    }

    /**
     * The addresses are those of the order, of the sale at a till and its store's day, of a return, one over a counter, or a transfer, if the
     * id leads there.
     */
    @Schema(name = "LookupResult")
    public record Found(
            String id,
            String subject,
            Optional<URI> order,
            Optional<URI> storeSale,
            Optional<URI> storeDay,
            Optional<URI> orderReturn,
            Optional<URI> counterReturn,
            Optional<URI> transfer) {}
}
