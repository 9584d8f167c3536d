package io.throughline.sandbox.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The retailer that every stand-in plays for: shops, products, facilities and the stock that a fresh sandbox starts with. */
public record SampleRetailer(
        List<Shop> shops,
        List<Product> products,
        List<Facility> facilities,
        Square square,
        Erp erp,
        Map<String, Map<String, Integer>> stock) {

    /** A Shopify shop. */
    public record Shop(
            String domain, String account, String name, String currency, String clientId, String clientSecret) {}

    /** One stock-keeping unit; {@code number} is the last digit of its Shopify ids. Costs are in USD, prices by shop currency. */
    public record Product(
            int number,
            String sku,
            String title,
            String variantTitle,
            Map<String, BigDecimal> prices,
            BigDecimal cost,
            boolean giftCard,
            int grams) {

        public long productId() {
            return 15_100_000_000_000L + number;
        }

        public long variantId() {
            return 45_100_000_000_000L + number;
        }

        public long inventoryItemId() {
            return 47_100_000_000_000L + number;
        }

        public boolean stocked() {
            return !giftCard;
        }
    }

    /** Who runs a facility. */
    public enum Kind {
        STORE,
        THIRD_PARTY_WAREHOUSE
    }

    /** A place that keeps stock; stores are also Square locations. */
    public record Facility(
            String id,
            String name,
            Kind kind,
            long shopifyLocationId,
            Optional<String> squareLocationId,
            String address,
            String city,
            String region,
            String regionCode,
            String postalCode,
            String country,
            String countryCode,
            String timeZone,
            double latitude,
            double longitude) {}

    /** The Square seller. */
    public record Square(String merchantId, String accessToken, String webhookSignatureKey) {}

    /** The ERP's company. */
    public record Erp(String company, String currency, String database, String user, List<String> serviceProducts) {}

    public SampleRetailer {
        shops = List.copyOf(shops);
        products = List.copyOf(products);
        facilities = List.copyOf(facilities);
        stock = Map.copyOf(stock);
    }

    /** Reads the retailer that ships with the sandbox. */
    public static SampleRetailer load() {
        try (InputStream seed = Objects.requireNonNull(
                SampleRetailer.class.getResourceAsStream("/seed/northwind.json"), "seed/northwind.json is missing")) {
            JsonNode root = Json.parse(seed.readAllBytes());
            return new SampleRetailer(
                    list(root.get("shops"), Shop.class),
                    list(root.get("products"), Product.class),
                    list(root.get("facilities"), Facility.class),
                    Json.mapper().convertValue(root.get("square"), Square.class),
                    Json.mapper().convertValue(root.get("erp"), Erp.class),
                    stock(root.get("stock")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Optional<Product> product(String sku) {
        return products.stream().filter(product -> product.sku().equals(sku)).findFirst();
    }

    public Optional<Product> productOfVariant(long variantId) {
        return products.stream()
                .filter(product -> product.variantId() == variantId)
                .findFirst();
    }

    public Optional<Facility> facility(String id) {
        return facilities.stream().filter(facility -> facility.id().equals(id)).findFirst();
    }

    public Optional<Shop> shop(String domain) {
        return shops.stream().filter(shop -> shop.domain().equals(domain)).findFirst();
    }

    /** Units at the start; zero where the facility does not keep the product. */
    public int stock(String facilityId, String sku) {
        return stock.getOrDefault(facilityId, Map.of()).getOrDefault(sku, 0);
    }

    /** Whether any facility has it on its shelves: of a bundle only the parts lie there. */
    public boolean isShelved(Product product) {
        return stock.values().stream().anyMatch(units -> units.containsKey(product.sku()));
    }

    private static <T> List<T> list(JsonNode nodes, Class<T> type) {
        List<T> values = new ArrayList<>();
        nodes.forEach(node -> values.add(Json.mapper().convertValue(node, type)));
        return values;
    }

    private static Map<String, Map<String, Integer>> stock(JsonNode byFacility) {
        Map<String, Map<String, Integer>> stock = new LinkedHashMap<>();
        byFacility.properties().forEach(facility -> {
            Map<String, Integer> units = new LinkedHashMap<>();
            facility.getValue()
                    .properties()
                    .forEach(entry -> units.put(entry.getKey(), entry.getValue().intValue()));
            stock.put(facility.getKey(), Map.copyOf(units));
        });
        return stock;
    }
}
