package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer;
import io.throughline.sandbox.core.SampleRetailer.Facility;
import io.throughline.sandbox.core.SampleRetailer.Product;
import io.throughline.sandbox.core.SampleRetailer.Shop;
import io.throughline.sandbox.core.SandboxContext;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** One shop's documents, and the retailer behind it. Every change goes through here, so each keeps its time of update. */
final class ShopStore {

    static final String SYSTEM = "shopify";

    /** Ids start high, each kind in its own range, so that none is mistaken for another. */
    private static final long FIRST_ID = 1_000_000L;

    private static final ZoneId SHOP_ZONE = ZoneId.of("America/New_York");

    private final SandboxContext context;
    private final Shop shop;

    ShopStore(SandboxContext context, Shop shop) {
        this.context = context;
        this.shop = shop;
    }

    Shop shop() {
        return shop;
    }

    SandboxContext context() {
        return context;
    }

    SampleRetailer retailer() {
        return context.retailer();
    }

    Documents documents() {
        return context.documents();
    }

    Instant now() {
        return context.clock().instant();
    }

    /** A body's time: the shop's offset, whole seconds, as Shopify writes it. */
    String bodyTime() {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                now().truncatedTo(ChronoUnit.SECONDS).atZone(SHOP_ZONE));
    }

    String instant() {
        return now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    long nextId(String kind) {
        return switch (kind) {
                    case "OrderTransaction" -> 8_200_000_000_000L;
                    case "FulfillmentOrder" -> 7_300_000_000_000L;
                    case "FulfillmentOrderLineItem" -> 7_400_000_000_000L;
                    case "Fulfillment" -> 5_500_000_000_000L;
                    case "Refund" -> 9_600_000_000_000L;
                    default -> FIRST_ID;
                }
                + context.documents().next("shopify/" + kind);
    }

    Optional<ObjectNode> find(String kind, String id) {
        return documents().get(collection(kind), id).map(ObjectNode.class::cast);
    }

    List<ObjectNode> list(String kind) {
        return documents().list(collection(kind)).stream()
                .map(ObjectNode.class::cast)
                .toList();
    }

    void save(String kind, String id, ObjectNode document) {
        documents().put(collection(kind), id, document);
    }

    boolean remove(String kind, String id) {
        return documents().remove(collection(kind), id);
    }

    void removeAll(String kind) {
        documents().removeAll(collection(kind));
    }

    private String collection(String kind) {
        return SYSTEM + "/" + shop.domain() + "/" + kind;
    }

    Optional<OrderDocument> order(String id) {
        return find("Order", id).map(OrderDocument::new);
    }

    OrderDocument existingOrder(String id) {
        return order(id).orElseThrow(() -> new IllegalStateException("No order " + id));
    }

    /** Keeps the order with a new time of update, and its head, by which changes are found without reading whole orders. */
    void save(OrderDocument order) {
        order.body().put("updated_at", bodyTime());
        save("Order", order.id(), order.node());
        save(
                "OrderHead",
                order.id(),
                Json.object()
                        .put("id", order.id())
                        .put("name", order.name())
                        .put("createdAt", order.body().path("created_at").asText())
                        .put("updatedAt", instant()));
    }

    Optional<FulfillmentOrderDocument> fulfillmentOrder(String id) {
        return find("FulfillmentOrder", id).map(FulfillmentOrderDocument::new);
    }

    List<FulfillmentOrderDocument> fulfillmentOrders(OrderDocument order) {
        return order.fulfillmentOrderIds().stream()
                .flatMap(id -> fulfillmentOrder(id).stream())
                .toList();
    }

    void save(FulfillmentOrderDocument fulfillmentOrder) {
        fulfillmentOrder.node().put("updatedAt", instant());
        save("FulfillmentOrder", fulfillmentOrder.id(), fulfillmentOrder.node());
    }

    Optional<Facility> location(long locationId) {
        return retailer().facilities().stream()
                .filter(facility -> facility.shopifyLocationId() == locationId)
                .findFirst();
    }

    Optional<Facility> location(String id) {
        return retailer().facilities().stream()
                .filter(facility -> Long.toString(facility.shopifyLocationId()).equals(id))
                .findFirst();
    }

    /** The product behind an order line: by variant, else by SKU; empty for one the retailer does not sell. */
    Optional<Product> product(JsonNode line) {
        Optional<Product> byVariant =
                retailer().productOfVariant(line.path("variant_id").asLong(0));
        return byVariant.isPresent()
                ? byVariant
                : retailer().product(line.path("sku").asText(""));
    }

    void effect(String operation, String subject, String key, JsonNode detail) {
        context.ledger().effect(SYSTEM, operation, subject, key, detail);
    }
}
