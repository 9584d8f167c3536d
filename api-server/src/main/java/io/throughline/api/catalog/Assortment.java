package io.throughline.api.catalog;

import io.throughline.api.http.Parameters;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.runtime.retailer.ConfiguredCatalog;
import io.throughline.runtime.retailer.ConfiguredCatalog.Product;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What may be sold: the configured products, and those that an account has told of, among which are neither bundles nor gift cards. */
public final class Assortment {
    private final ConfiguredCatalog configured;
    private final ProductCatalog told;

    public Assortment(ConfiguredCatalog configured, ProductCatalog told) {
        this.configured = configured;
        this.told = told;
    }

    /** Those of these products that may be sold, by one look; what can't be a SKU is none of them. */
    public Map<Sku, Product> among(Stream<String> skus) {
        Map<Sku, Product> found = new HashMap<>();
        Set<Sku> others = new HashSet<>();
        skus.flatMap(sku -> Parameters.name(sku, Sku::of).stream())
                .forEach(sku -> configured
                        .find(sku)
                        .ifPresentOrElse(product -> found.put(sku, product), () -> others.add(sku)));
        if (!others.isEmpty()) {
            told.titles(others).forEach((sku, title) -> found.put(sku, new Product(sku, title, false, List.of())));
        }
        return found;
    }
}
