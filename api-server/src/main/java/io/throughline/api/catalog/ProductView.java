package io.throughline.api.catalog;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.catalog.Product;
import io.throughline.domain.catalog.Product.Contradiction;
import io.throughline.domain.catalog.Product.Known;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A product; {@code contradictions} are what accounts say that do not own it. */
@Schema(name = "Product")
public record ProductView(
        String sku, Instant since, Map<String, AttributeView> attributes, List<ContradictionView> contradictions) {
    static ProductView of(Product product) {
        Map<String, AttributeView> attributes = new LinkedHashMap<>();
        product.attributes().forEach(known -> attributes.put(known.attribute().name(), AttributeView.of(known)));
        return new ProductView(
                product.sku().value(),
                product.since(),
                attributes,
                product.contradictions().stream().map(ContradictionView::of).toList());
    }

    /** {@code version} is the source's own time of change, {@code asOf} is when we learnt the value. */
    @Schema(name = "ProductAttribute")
    public record AttributeView(Optional<String> value, String source, Instant version, Instant asOf) {
        static AttributeView of(Known known) {
            return new AttributeView(known.value(), known.source().value(), known.version(), known.at());
        }
    }

    /** {@code about} is an attribute, or PRICE with channel and currency. */
    @Schema(name = "ProductContradiction")
    public record ContradictionView(
            String about, Optional<String> value, String source, Instant version, Instant asOf) {
        static ContradictionView of(Contradiction word) {
            return new ContradictionView(
                    word.about(), word.value(), word.source().value(), word.version(), word.at());
        }
    }

    /** {@code next} is what to ask for the products after these, if there may be any. */
    @Schema(name = "ProductList")
    public record ProductList(List<ProductView> products, Optional<String> next) {}
}
