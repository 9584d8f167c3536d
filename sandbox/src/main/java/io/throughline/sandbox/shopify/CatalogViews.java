package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Facility;
import io.throughline.sandbox.core.SampleRetailer.Kind;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The retailer's own things as GraphQL shows them: shop, locations, products, customers, stock levels. */
final class CatalogViews {

    /** Nothing in the catalogue of a sandbox changes, so everything in it dates from one day. */
    private static final String SINCE = "2026-01-05T09:00:00Z";

    private CatalogViews() {}

    static ObjectNode shop(ShopStore store) {
        ObjectNode view = Json.object();
        view.put("__typename", "Shop");
        view.put("id", Gid.of("Shop", 60_000_000_001L + store.retailer().shops().indexOf(store.shop())));
        view.put("name", store.shop().name());
        view.put("myshopifyDomain", store.shop().domain());
        view.put("currencyCode", store.shop().currency());
        view.put("ianaTimezone", "America/New_York");
        view.putObject("plan")
                .put("displayName", "Basic")
                .put("publicDisplayName", "Basic")
                .put("partnerDevelopment", false)
                .put("shopifyPlus", false);
        return view;
    }

    static ObjectNode location(Facility facility) {
        boolean service = facility.kind() == Kind.THIRD_PARTY_WAREHOUSE;
        ObjectNode view = Json.object();
        view.put("__typename", "Location");
        view.put("id", Gid.of("Location", facility.shopifyLocationId()));
        view.put("legacyResourceId", Long.toString(facility.shopifyLocationId()));
        view.put("name", facility.name());
        view.put("isActive", true);
        view.put("fulfillsOnlineOrders", true);
        view.put("shipsInventory", true);
        view.put("hasActiveInventory", true);
        view.put("isFulfillmentService", service);
        if (service) {
            view.putObject("fulfillmentService")
                    .put("id", Gid.of("FulfillmentService", facility.shopifyLocationId()))
                    .put("handle", facility.id().toLowerCase(Locale.ROOT))
                    .put("serviceName", facility.name())
                    .put("type", "THIRD_PARTY");
            view.putNull("localPickupSettingsV2");
        } else {
            view.putNull("fulfillmentService");
            view.putObject("localPickupSettingsV2")
                    .put("pickupTime", "TWO_HOURS")
                    .put("instructions", "Bring the order's number and a photo ID.");
        }
        view.putObject("address")
                .put("address1", facility.address())
                .putNull("address2")
                .put("city", facility.city())
                .put("province", facility.region())
                .put("provinceCode", facility.regionCode())
                .put("zip", facility.postalCode())
                .put("country", facility.country())
                .put("countryCode", facility.countryCode())
                .putNull("phone")
                .put("latitude", facility.latitude())
                .put("longitude", facility.longitude());
        view.put("createdAt", SINCE);
        view.put("updatedAt", SINCE);
        return view;
    }

    static ObjectNode product(ShopStore store, Product product, Optional<ObjectNode> change) {
        ObjectNode view = parent(product, change);
        view.putArray("variants").add(variant(store, product, change));
        return view;
    }

    /** The product without its variants; {@code change} is what was changed of its one variant. */
    static ObjectNode parent(Product product, Optional<ObjectNode> change) {
        ObjectNode view = Json.object();
        view.put("__typename", "Product");
        view.put("id", Gid.of("Product", product.productId()));
        view.put("legacyResourceId", Long.toString(product.productId()));
        view.put("handle", product.sku().toLowerCase(Locale.ROOT));
        view.put("title", product.title());
        view.put("vendor", "Northwind Outfitters");
        view.put("status", "ACTIVE");
        view.put("isGiftCard", product.giftCard());
        view.put("createdAt", SINCE);
        view.put("updatedAt", since(change));
        return view;
    }

    static ObjectNode variant(ShopStore store, Product product, Optional<ObjectNode> change) {
        ObjectNode view = Json.object();
        view.put("__typename", "ProductVariant");
        view.put("id", Gid.of("ProductVariant", product.variantId()));
        view.put("legacyResourceId", Long.toString(product.variantId()));
        view.put("sku", product.sku());
        view.put("title", product.variantTitle());
        view.put("displayName", product.title() + " - " + product.variantTitle());
        view.put("barcode", "40000000000" + product.number());
        view.put(
                "price",
                Bag.scaled(
                                Objects.requireNonNull(
                                        product.prices().get(store.shop().currency())),
                                store.shop().currency())
                        .toPlainString());
        view.putNull("compareAtPrice");
        view.put("inventoryPolicy", "DENY");
        view.put("taxable", true);
        view.put("updatedAt", since(change));
        view.put("product", Gid.of("Product", product.productId()));
        view.put("inventoryItem", Gid.of("InventoryItem", product.inventoryItemId()));
        change.ifPresent(view::setAll);
        return view;
    }

    private static String since(Optional<ObjectNode> change) {
        return change.map(changed -> changed.path("updatedAt").asText()).orElse(SINCE);
    }

    static ObjectNode item(Product product, Optional<ObjectNode> change) {
        ObjectNode view = Json.object();
        view.put("__typename", "InventoryItem");
        view.put("id", Gid.of("InventoryItem", product.inventoryItemId()));
        view.put("legacyResourceId", Long.toString(product.inventoryItemId()));
        view.put("sku", product.sku());
        view.put("tracked", product.stocked());
        view.put("requiresShipping", !product.giftCard());
        view.set("unitCost", Bag.money(product.cost(), "USD"));
        view.put("harmonizedSystemCode", "6109.10");
        view.put("countryCodeOfOrigin", "PT");
        view.putObject("measurement")
                .put("__typename", "InventoryItemMeasurement")
                .put("id", Gid.of("InventoryItemMeasurement", product.inventoryItemId()))
                .putObject("weight")
                .put("value", product.grams())
                .put("unit", "GRAMS");
        view.put("createdAt", SINCE);
        view.put("updatedAt", since(change));
        change.ifPresent(view::setAll);
        return view;
    }

    static ObjectNode inventoryItem(InventoryBook inventory, Product product, Optional<ObjectNode> change) {
        ObjectNode view = item(product, change);
        view.put("variant", Gid.of("ProductVariant", product.variantId()));
        var levels = view.putArray("inventoryLevels");
        inventory.levels(product.inventoryItemId()).forEach(level -> levels.add(level(level)));
        return view;
    }

    static ObjectNode level(ObjectNode level) {
        ObjectNode view = Json.object();
        view.put("__typename", "InventoryLevel");
        view.put("id", InventoryBook.gid(level));
        view.put("isActive", level.path("active").asBoolean());
        view.put("createdAt", SINCE);
        view.set("updatedAt", level.path("updatedAt"));
        view.put("location", Gid.of("Location", level.path("locationId").asLong()));
        view.put("item", Gid.of("InventoryItem", level.path("itemId").asLong()));
        var quantities = view.putArray("quantities");
        for (String name : InventoryBook.NAMES) {
            quantities
                    .addObject()
                    .put("__typename", "InventoryQuantity")
                    .put(
                            "id",
                            Gid.of(
                                    "InventoryQuantity",
                                    name + "-" + level.path("itemId").asText()))
                    .put("name", name)
                    .put("quantity", InventoryBook.quantity(level, name))
                    .set("updatedAt", level.path("updatedAt"));
        }
        return view;
    }

    static ObjectNode customer(JsonNode customer) {
        ObjectNode view = Json.object();
        String id = customer.path("id").asText();
        view.put("__typename", "Customer");
        view.put("id", Gid.of("Customer", id));
        view.put("legacyResourceId", id);
        view.set("firstName", OrderView.present(customer.path("first_name")));
        view.set("lastName", OrderView.present(customer.path("last_name")));
        view.put(
                "displayName",
                (customer.path("first_name").asText("") + " "
                                + customer.path("last_name").asText(""))
                        .strip());
        view.set("note", OrderView.present(customer.path("note")));
        view.put("locale", customer.path("locale").asText("en"));
        view.put("state", customer.path("state").asText("disabled").toUpperCase(Locale.ROOT));
        view.put("taxExempt", customer.path("tax_exempt").asBoolean());
        view.putArray("tags");
        view.set("createdAt", OrderView.time(customer.path("created_at")));
        view.put("updatedAt", SINCE);
        if (customer.path("updated_at").isTextual()) {
            view.set("updatedAt", OrderView.time(customer.path("updated_at")));
        }
        view.set("email", OrderView.present(customer.path("email")));
        view.set("phone", OrderView.present(customer.path("phone")));
        contact(view, customer);
        view.set("defaultAddress", OrderView.address(customer.path("default_address"), id));
        view.putArray("storeCreditAccounts");
        return view;
    }

    private static void contact(ObjectNode view, JsonNode customer) {
        if (customer.path("email").isTextual()) {
            view.putObject("defaultEmailAddress")
                    .put("emailAddress", customer.path("email").asText())
                    .put("marketingState", "NOT_SUBSCRIBED");
        } else {
            view.set("defaultEmailAddress", NullNode.instance);
        }
        if (customer.path("phone").isTextual()) {
            ObjectNode phone = view.putObject("defaultPhoneNumber");
            phone.put("phoneNumber", customer.path("phone").asText());
            phone.putObject("smsMarketingConsent").put("state", "NEVER_SUBSCRIBED");
        } else {
            view.set("defaultPhoneNumber", NullNode.instance);
        }
    }

    static final List<String> SCOPES = List.of(
            "read_orders",
            "write_orders",
            "read_all_orders",
            "read_order_edits",
            "write_order_edits",
            "read_customers",
            "read_gift_cards",
            "write_gift_cards",
            "read_products",
            "read_inventory",
            "write_inventory",
            "read_locations",
            "read_merchant_managed_fulfillment_orders",
            "write_merchant_managed_fulfillment_orders",
            "read_third_party_fulfillment_orders",
            "write_third_party_fulfillment_orders",
            "read_assigned_fulfillment_orders",
            "write_assigned_fulfillment_orders",
            "read_fulfillments",
            "write_fulfillments");
}
