package io.throughline.runtime.retailer;

import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The products that may be sold, in the order of the file. */
public final class ConfiguredCatalog implements Catalog {
    private final Map<Sku, Product> products;

    ConfiguredCatalog(Map<Sku, Product> products) {
        this.products = new LinkedHashMap<>(products);
    }

    @Override
    public boolean knows(Sku sku) {
        return products.containsKey(sku);
    }

    public Optional<Product> find(Sku sku) {
        return Optional.ofNullable(products.get(sku));
    }

    public List<Product> all() {
        return List.copyOf(products.values());
    }

    /** One product; a gift card has neither stock nor anything to hand over. */
    public record Product(Sku sku, String title, boolean giftCard) {
        static Product read(YamlSection section) {
            return new Product(
                    section.value("sku", "1 to 100 visible characters", Sku::of),
                    section.text("title", "what people call the product"),
                    section.optionalText("giftCard").map("true"::equals).orElse(false));
        }
    }
}
