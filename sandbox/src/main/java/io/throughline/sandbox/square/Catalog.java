package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SampleRetailer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The sample products as catalog items with one variation each; a variation's id is {@code SQ-} and the SKU. Read only. */
final class Catalog {

    private static final long VERSION = 1_767_225_600_000L;

    private final SampleRetailer retailer;

    Catalog(SampleRetailer retailer) {
        this.retailer = retailer;
    }

    static String variationId(String sku) {
        return "SQ-" + sku;
    }

    Optional<SampleRetailer.Product> product(String variationId) {
        return retailer.products().stream()
                .filter(product -> variationId(product.sku()).equals(variationId))
                .findFirst();
    }

    /** The price in minor units; a currency without a price list sells at the USD figure. */
    static long price(SampleRetailer.Product product, String currency) {
        BigDecimal price = Optional.ofNullable(product.prices().get(currency))
                .or(() -> Optional.ofNullable(product.prices().get("USD")))
                .orElseThrow();
        return price.movePointRight(2).longValueExact();
    }

    Response list(Request request) {
        Set<String> types = Set.of(request.parameter("types")
                .map(value -> value.toUpperCase(Locale.ROOT))
                .orElse("ITEM")
                .split(","));
        List<JsonNode> objects = ofTypes(types);
        return Response.json(
                200,
                Page.of(request.parameter("cursor").orElse(""), 100, 100)
                        .write("objects", objects, Function.identity()));
    }

    Response get(String id) {
        JsonNode found = all().stream()
                .filter(object -> id.equals(object.path("id").asText()))
                .findFirst()
                .orElseThrow(() -> SquareError.notFound("Catalog object", id));
        ObjectNode body = Json.object();
        body.set("object", found);
        return Response.json(200, body);
    }

    Response batch(JsonNode body) {
        ObjectNode answer = Json.object();
        var objects = answer.putArray("objects");
        Set<String> wanted = texts(body.path("object_ids"));
        all().stream()
                .filter(object -> wanted.contains(object.path("id").asText()))
                .forEach(objects::add);
        return Response.json(200, answer);
    }

    /** Answers exact and set queries on a variation's {@code sku} and a text query on the item's name. */
    Response search(JsonNode body) {
        Set<String> types = texts(body.path("object_types"));
        List<JsonNode> objects = new ArrayList<>(ofTypes(types.isEmpty() ? Set.of("ITEM", "ITEM_VARIATION") : types));
        JsonNode query = body.path("query");
        if (query.has("exact_query")) {
            String value = query.path("exact_query").path("attribute_value").asText();
            requireSku(query.path("exact_query"));
            objects.removeIf(object -> !sku(object).equalsIgnoreCase(value));
        }
        if (query.has("set_query")) {
            requireSku(query.path("set_query"));
            Set<String> values = new HashSet<>();
            texts(query.path("set_query").path("attribute_values"))
                    .forEach(value -> values.add(value.toUpperCase(Locale.ROOT)));
            objects.removeIf(object -> !values.contains(sku(object).toUpperCase(Locale.ROOT)));
        }
        return Response.json(
                200,
                Page.of(body.path("cursor"), body.path("limit"), 100, 1000)
                        .write("objects", objects, Function.identity()));
    }

    private static void requireSku(JsonNode query) {
        if (!"sku".equals(query.path("attribute_name").asText())) {
            throw SquareError.invalid("INVALID_VALUE", "Only sku can be searched here.", "query");
        }
    }

    private static String sku(JsonNode object) {
        return object.path("item_variation_data").path("sku").asText();
    }

    private List<JsonNode> ofTypes(Set<String> types) {
        return all().stream()
                .filter(object -> types.contains(object.path("type").asText()))
                .toList();
    }

    private List<JsonNode> all() {
        List<JsonNode> objects = new ArrayList<>();
        for (SampleRetailer.Product product : retailer.products()) {
            ObjectNode variation = variation(product);
            ObjectNode item = object("ITEM", itemId(product));
            item.putObject("item_data")
                    .put("name", product.title())
                    .put("product_type", product.giftCard() ? "GIFT_CARD" : "REGULAR")
                    .putArray("variations")
                    .add(variation);
            objects.add(item);
            objects.add(variation);
        }
        return objects;
    }

    private static ObjectNode variation(SampleRetailer.Product product) {
        ObjectNode variation = object("ITEM_VARIATION", variationId(product.sku()));
        variation
                .putObject("item_variation_data")
                .put("item_id", itemId(product))
                .put("name", product.variantTitle())
                .put("sku", product.sku())
                .put("pricing_type", "FIXED_PRICING")
                .put("track_inventory", product.stocked())
                .set("price_money", Amounts.money(price(product, "USD"), "USD"));
        return variation;
    }

    private static ObjectNode object(String type, String id) {
        return Json.object()
                .put("type", type)
                .put("id", id)
                .put("updated_at", "2026-01-01T00:00:00Z")
                .put("version", VERSION)
                .put("is_deleted", false)
                .put("present_at_all_locations", true);
    }

    private static String itemId(SampleRetailer.Product product) {
        return "SQ-ITEM-" + product.number();
    }

    static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
