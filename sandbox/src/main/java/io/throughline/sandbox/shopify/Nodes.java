package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.util.Optional;

/** Finds the view behind a global id. */
final class Nodes {

    private final ShopStore store;
    private final InventoryBook inventory;
    private final ShopCatalog catalog;
    private final BulkOperations bulk;

    Nodes(ShopStore store, InventoryBook inventory, ShopCatalog catalog, BulkOperations bulk) {
        this.store = store;
        this.inventory = inventory;
        this.catalog = catalog;
        this.bulk = bulk;
    }

    Optional<ObjectNode> view(Gid gid) {
        String id = gid.id();
        return switch (gid.type()) {
            case "Order" -> store.order(id).map(order -> OrderView.of(store, order));
            case "FulfillmentOrder" ->
                store.fulfillmentOrder(id).map(work -> FulfillmentViews.fulfillmentOrder(store, work));
            case "Fulfillment" -> store.find("Fulfillment", id).map(FulfillmentViews::fulfillment);
            case "FulfillmentHold" -> store.find("FulfillmentHold", id).map(FulfillmentViews::hold);
            case "Return" -> store.find("Return", id).map(one -> CustomerReturns.view(store, one));
            case "ShopifyPaymentsDispute" -> store.find("Dispute", id).map(Disputes::view);
            case "OrderTransaction" -> transaction(id);
            case "Refund" -> refund(id);
            case "GiftCard" -> store.find("GiftCard", id).map(GiftCards::view);
            case "Location" -> store.location(id).map(CatalogViews::location);
            case "Customer" -> store.find("Customer", id).map(CatalogViews::customer);
            case "Shop" -> Optional.of(CatalogViews.shop(store));
            case "BulkOperation" -> bulk.view(id);
            case "Job" -> store.find("Job", id);
            case "WebhookSubscription" -> store.find("WebhookSubscription", id).map(Subscriptions::view);
            case "InventoryLevel" -> level(id).map(CatalogViews::level);
            default -> product(gid);
        };
    }

    private Optional<ObjectNode> product(Gid gid) {
        return catalog.behind(gid).map(product -> product(gid, product, catalog.changeOf(product)));
    }

    private ObjectNode product(Gid gid, Product product, Optional<ObjectNode> change) {
        return switch (gid.type()) {
            case "Product" -> CatalogViews.product(store, product, change);
            case "ProductVariant" -> CatalogViews.variant(store, product, change);
            default -> CatalogViews.inventoryItem(inventory, product, change);
        };
    }

    private Optional<ObjectNode> transaction(String id) {
        return owner("OrderTransaction", id)
                .flatMap(order -> order.transaction(id).map(transaction -> TransactionView.of(order, transaction)));
    }

    private Optional<ObjectNode> refund(String id) {
        return owner("Refund", id)
                .flatMap(order -> order.refunds().stream()
                        .filter(refund -> refund.path("id").asText().equals(id))
                        .findFirst()
                        .map(refund -> RefundView.of(store, order, refund)));
    }

    /** The order that a transaction or refund belongs to, by the index that {@link #own} keeps. */
    Optional<OrderDocument> owner(String kind, String id) {
        return store.find("OwnerOf" + kind, id)
                .flatMap(owner -> store.order(owner.path("order").asText()));
    }

    static void own(ShopStore store, String kind, String id, OrderDocument order) {
        store.save("OwnerOf" + kind, id, Json.object().put("order", order.id()));
    }

    private Optional<ObjectNode> level(String id) {
        int question = id.indexOf("?inventory_item_id=");
        if (question < 0) {
            return Optional.empty();
        }
        long locationId = Long.parseLong(id.substring(0, question));
        long itemId = Long.parseLong(id.substring(question + "?inventory_item_id=".length()));
        return inventory.level(itemId, locationId);
    }
}
