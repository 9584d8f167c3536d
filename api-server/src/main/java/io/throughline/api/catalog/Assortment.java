package io.throughline.api.catalog;

import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.Product.Known;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.runtime.retailer.ConfiguredCatalog;
import io.throughline.runtime.retailer.ConfiguredCatalog.Product;
import java.util.List;
import java.util.Optional;

/** What may be sold: the configured products, and those that an account has told of, among which are neither bundles nor gift cards. */
public final class Assortment {
    private final ConfiguredCatalog configured;
    private final ProductCatalog told;

    public Assortment(ConfiguredCatalog configured, ProductCatalog told) {
        this.configured = configured;
        this.told = told;
    }

    public Optional<Product> find(Sku sku) {
        return configured
                .find(sku)
                .or(() -> told.find(sku).map(product -> new Product(sku, title(product), false, List.of())));
    }

    private static String title(io.throughline.domain.catalog.Product product) {
        return product.attributes().stream()
                .filter(known -> known.attribute() == Attribute.TITLE)
                .map(Known::value)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(product.sku()::value);
    }
}
