package io.throughline.runtime.retailer;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The products that may be sold, in the order of the file, and what the bundles among them are made of. */
public final class ConfiguredCatalog implements Catalog, Bundles {
    static final String SKU_HINT = "1 to 100 visible characters";

    private static final int MOST_PARTS = 1000;
    private static final String BUNDLE_HINT = "for each component its units, 1 to " + MOST_PARTS;

    private final Map<Sku, Product> products;
    private final Map<Sku, Set<Sku>> bundlesOf;

    ConfiguredCatalog(Map<Sku, Product> products) {
        this.products = new LinkedHashMap<>(products);
        this.bundlesOf = products.values().stream()
                .flatMap(bundle -> bundle.parts().stream().map(part -> Map.entry(part.sku(), bundle.sku())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toUnmodifiableSet())));
    }

    @Override
    public boolean knows(Sku sku) {
        return products.containsKey(sku);
    }

    @Override
    public List<Part> partsOf(Sku sku) {
        return find(sku)
                .map(Product::parts)
                .filter(parts -> !parts.isEmpty())
                .orElseGet(() -> List.of(new Part(sku, 1)));
    }

    @Override
    public Set<Sku> bundlesOf(Sku part) {
        return bundlesOf.getOrDefault(part, Set.of());
    }

    public Optional<Product> find(Sku sku) {
        return Optional.ofNullable(products.get(sku));
    }

    public List<Product> all() {
        return List.copyOf(products.values());
    }

    /** One product; a gift card has neither stock nor anything to hand over, a bundle has the stock of its parts. */
    public record Product(Sku sku, String title, boolean giftCard, List<Part> parts) {
        public Product {
            parts = List.copyOf(parts);
        }

        static Product read(YamlSection section) {
            return new Product(
                    section.value("sku", SKU_HINT, Sku::of),
                    section.text("title", "what people call the product"),
                    section.optionalText("giftCard").map("true"::equals).orElse(false),
                    section
                            .optionalMap("bundle", BUNDLE_HINT, Sku::of, Values.between(1, MOST_PARTS))
                            .entrySet()
                            .stream()
                            .map(part -> new Part(part.getKey(), part.getValue()))
                            .toList());
        }
    }
}
