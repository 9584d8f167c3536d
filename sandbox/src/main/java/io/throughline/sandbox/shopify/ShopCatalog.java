package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a shop sells: the retailer's products, as many made-up ones as somebody has asked for, and what was changed of each of them since.
 */
final class ShopCatalog {

    private static final int FIRST_MADE_UP = 10_001;
    private static final long FIRST_ITEM = 47_100_000_000_000L;
    private static final long FIRST_VARIANT = 45_100_000_000_000L;
    private static final long FIRST_PRODUCT = 15_100_000_000_000L;
    private static final String MADE_UP = "MadeUpVariants";
    private static final String CHANGE = "VariantChange";

    private final ShopStore store;
    private final Notifier notifier;

    ShopCatalog(ShopStore store, Notifier notifier) {
        this.store = store;
        this.notifier = notifier;
    }

    /** {@code silently} as if the webhooks of those that are new were lost. */
    void makeUp(int count, boolean silently) {
        int before = madeUp();
        store.save(MADE_UP, "all", Json.object().put("count", count));
        if (!silently) {
            IntStream.range(before, count).forEach(index -> tell("products/create", product(FIRST_MADE_UP + index)));
        }
    }

    private void tell(String topic, Product product) {
        notifier.publish(
                topic, Gid.of("Product", product.productId()), Bodies.product(store, product, changeOf(product)));
    }

    /** What was changed of a variant, in the words of GraphQL, with the time; {@code silently} as if its webhook were lost. */
    ObjectNode change(Product product, ObjectNode wanted, boolean silently) {
        ObjectNode change = changeOf(product).orElseGet(Json::object);
        change.setAll(wanted);
        change.put("sku", product.sku());
        change.put("updatedAt", store.instant());
        store.save(CHANGE, product.sku(), change);
        if (!silently) {
            tell("products/update", product);
        }
        return change;
    }

    Optional<ObjectNode> changeOf(Product product) {
        return store.find(CHANGE, product.sku());
    }

    /** All at once, by SKU. */
    Map<String, ObjectNode> changes() {
        return store.list(CHANGE).stream()
                .collect(Collectors.toMap(change -> change.path("sku").asText(), Function.identity()));
    }

    Stream<Product> products() {
        return Stream.concat(
                store.retailer().products().stream(),
                IntStream.range(0, madeUp()).mapToObj(index -> product(FIRST_MADE_UP + index)));
    }

    Optional<Product> product(String sku) {
        return store.retailer()
                .product(sku)
                .or(() ->
                        products().filter(product -> product.sku().equals(sku)).findFirst());
    }

    Optional<Product> behind(Gid gid) {
        long first = switch (gid.type()) {
            case "Product" -> FIRST_PRODUCT;
            case "ProductVariant" -> FIRST_VARIANT;
            case "InventoryItem" -> FIRST_ITEM;
            default -> Long.MAX_VALUE;
        };
        long number = gid.id().matches("[0-9]{1,18}") ? Long.parseLong(gid.id()) - first : -1;
        List<Product> own = store.retailer().products();
        return own.stream()
                .filter(product -> product.number() == number)
                .findFirst()
                .or(() -> number >= FIRST_MADE_UP && number < FIRST_MADE_UP + madeUp()
                        ? Optional.of(product((int) number))
                        : Optional.empty());
    }

    private int madeUp() {
        return store.find(MADE_UP, "all")
                .map(asked -> asked.path("count").asInt())
                .orElse(0);
    }

    private static Product product(int number) {
        BigDecimal price = BigDecimal.valueOf(10 + number % 90);
        return new Product(
                number,
                String.format(Locale.ROOT, "MADE-UP-%06d", number - FIRST_MADE_UP + 1),
                "Made-up thing " + number,
                "Default",
                Map.of(
                        "USD", price,
                        "JPY", price.multiply(BigDecimal.valueOf(150)),
                        "KWD", price.multiply(new BigDecimal("0.305"))),
                BigDecimal.ONE,
                false,
                100 + number % 900);
    }
}
