package io.throughline.api.catalog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Limit;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.Sku;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The products of the canonical catalogue. */
@Path("/v1/products")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "catalogue")
public final class ProductsResource {
    static final String SKU_RULE = "1 to 100 visible characters";

    private final ProductCatalog catalog;

    public ProductsResource(ProductCatalog catalog) {
        this.catalog = catalog;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listProducts",
            summary = "Products in the order of their SKUs, page by page, or the one of a SKU")
    public ProductView.ProductList list(
            @Parameter(description = "Just the product of this SKU, which may have a slash")
                    @QueryParam("sku")
                    @Nullable
                    String sku,
            @Parameter(description = "The products after this SKU") @QueryParam("after") @Nullable String after,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        if (sku != null) {
            return new ProductView.ProductList(
                    catalog.find(Parameters.required("sku", sku, Sku::of, SKU_RULE)).stream()
                            .map(ProductView::of)
                            .toList(),
                    Optional.empty());
        }
        int most = Limit.of(limit);
        List<ProductView> products =
                catalog.after(Parameters.optional("after", after, Sku::of, SKU_RULE), most).stream()
                        .map(ProductView::of)
                        .toList();
        Optional<String> next = products.size() < most
                ? Optional.empty()
                : Optional.of(products.getLast().sku());
        return new ProductView.ProductList(products, next);
    }

    @GET
    @Path("/{sku}")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readProduct",
            summary = "What is known of one product",
            description = "Each attribute with the account whose word it is, and that account's version of it.")
    public ProductView read(@PathParam("sku") String sku) {
        return catalog.find(Parameters.required("sku", sku, Sku::of, SKU_RULE))
                .map(ProductView::of)
                .orElseThrow(() -> ProblemException.notFound("such product"));
    }
}
