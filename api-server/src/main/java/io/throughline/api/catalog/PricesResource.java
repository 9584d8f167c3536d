package io.throughline.api.catalog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Price;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What products cost. */
@Path("/v1/prices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "catalogue")
public final class PricesResource {
    private final ProductCatalog catalog;

    public PricesResource(ProductCatalog catalog) {
        this.catalog = catalog;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readPrices",
            summary = "What one product costs now, by channel and currency",
            description = "A channel may be an ERP, which stands for its list.")
    public PriceList read(
            @Parameter(required = true) @QueryParam("sku") @Nullable String sku,
            @QueryParam("channel") @Nullable String channel,
            @QueryParam("currency") @Nullable String currency) {
        Sku wanted = Parameters.required("sku", sku, Sku::of, ProductsResource.SKU_RULE);
        List<Price> prices = catalog.prices(
                wanted,
                Parameters.optional("channel", channel, AccountId::of, "an account id"),
                Parameters.optional("currency", currency, CurrencyCode::of, "an ISO 4217 currency such as USD"));
        if (prices.isEmpty() && !catalog.knows(wanted)) {
            throw ProblemException.notFound("such product");
        }
        return new PriceList(wanted.value(), prices.stream().map(PriceView::of).toList());
    }

    /** The prices of one product. */
    public record PriceList(String sku, List<PriceView> prices) {}

    /** {@code amount} has as many decimals as its currency. */
    @Schema(name = "Price")
    public record PriceView(
            String channel, String currency, String amount, String source, Instant version, Instant validFrom) {
        static PriceView of(Price price) {
            return new PriceView(
                    price.channel().value(),
                    price.amount().currency().code(),
                    price.amount().toDecimal().toPlainString(),
                    price.source().value(),
                    price.version(),
                    price.validFrom());
        }
    }
}
