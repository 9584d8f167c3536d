package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lines of an order as GraphQL shows them: items, shipping, discounts and taxes. */
final class OrderLineViews {

    private final ShopStore store;
    private final OrderDocument order;
    private final List<FulfillmentOrderDocument> work;

    OrderLineViews(ShopStore store, OrderDocument order, List<FulfillmentOrderDocument> work) {
        this.store = store;
        this.order = order;
        this.work = work;
    }

    OrderLineViews(ShopStore store, OrderDocument order) {
        this(store, order, store.fulfillmentOrders(order));
    }

    ObjectNode line(ObjectNode line) {
        Optional<Product> product = store.product(line);
        ObjectNode node = Json.object();
        node.put("__typename", "LineItem");
        node.put("id", Gid.of("LineItem", line.path("id").asText()));
        node.set("sku", OrderView.present(line.path("sku")));
        node.put("title", line.path("title").asText());
        node.put("name", line.path("name").asText(line.path("title").asText()));
        node.set("variantTitle", OrderView.present(line.path("variant_title")));
        node.set("vendor", OrderView.present(line.path("vendor")));
        int quantity = line.path("quantity").asInt();
        int current = line.path("current_quantity").asInt(quantity);
        int unfulfilled = unfulfilled(line);
        node.put("quantity", quantity);
        node.put("currentQuantity", current);
        node.put("unfulfilledQuantity", unfulfilled);
        node.put("fulfillableQuantity", unfulfilled);
        node.put("refundableQuantity", current);
        node.put("nonFulfillableQuantity", Math.max(0, quantity - current));
        node.put("requiresShipping", line.path("requires_shipping").asBoolean(true));
        node.put("isGiftCard", line.path("gift_card").asBoolean());
        node.put("taxable", line.path("taxable").asBoolean(true));
        node.set(
                "variant",
                product.<JsonNode>map(known -> new TextNode(Gid.of("ProductVariant", known.variantId())))
                        .orElse(NullNode.instance));
        node.set(
                "product",
                product.<JsonNode>map(known -> new TextNode(Gid.of("Product", known.productId())))
                        .orElse(NullNode.instance));
        node.putNull("lineItemGroup");
        node.set("customAttributes", OrderView.attributes(line.path("properties")));
        Bag price = order.amountOf(line, "price");
        node.set("originalUnitPriceSet", price.toView());
        node.set("originalTotalSet", price.share(quantity, 1).toView());
        Bag gross = price.share(quantity, 1);
        node.set("discountedTotalSet", gross.minus(discounts(line, false)).toView());
        node.set(
                "discountedTotalWithCodesSet",
                gross.minus(discounts(line, true)).toView());
        node.set("totalDiscountSet", order.amountOf(line, "total_discount").toView());
        node.set("discountAllocations", allocations(line.path("discount_allocations")));
        node.set("taxLines", taxLines(line.path("tax_lines")));
        node.putArray("duties");
        return node;
    }

    /** Code discounts are not taken off {@code discountedTotalSet} unless asked for; the others are. */
    private Bag discounts(JsonNode line, boolean withCodes) {
        Bag total = order.zero();
        for (JsonNode allocation : line.path("discount_allocations")) {
            JsonNode application = order.body()
                    .path("discount_applications")
                    .path(allocation.path("discount_application_index").asInt());
            if (withCodes || !application.path("type").asText().equals("discount_code")) {
                total = total.plus(order.amountOf(allocation, "amount"));
            }
        }
        return total;
    }

    private int unfulfilled(JsonNode line) {
        String id = line.path("id").asText();
        int units = 0;
        for (FulfillmentOrderDocument each : work) {
            for (ObjectNode part : each.lines()) {
                if (!each.ended() && part.path("lineItemId").asText().equals(id)) {
                    units += FulfillmentOrderDocument.remaining(part);
                }
            }
        }
        return units;
    }

    ObjectNode shippingLine(JsonNode line) {
        ObjectNode node = Json.object();
        node.put("id", Gid.of("ShippingLine", line.path("id").asText("0")));
        node.put("title", line.path("title").asText());
        for (String name : List.of("code", "source", "phone")) {
            node.set(name, OrderView.present(line.path(name)));
        }
        node.set("deliveryCategory", OrderView.present(line.path("delivery_category")));
        node.set("carrierIdentifier", OrderView.present(line.path("carrier_identifier")));
        node.put("isRemoved", line.path("is_removed").asBoolean());
        Bag original = order.amountOf(line, "price");
        node.set("originalPriceSet", original.toView());
        Bag discounted = line.has("discounted_price") || line.has("discounted_price_set")
                ? order.amountOf(line, "discounted_price")
                : original;
        node.set("discountedPriceSet", discounted.toView());
        Bag current = line.has("current_discounted_price_set")
                ? Bag.of(line.path("current_discounted_price_set"))
                : discounted;
        node.set("currentDiscountedPriceSet", current.toView());
        node.set("discountAllocations", allocations(line.path("discount_allocations")));
        node.set("taxLines", taxLines(line.path("tax_lines")));
        return node;
    }

    private ArrayNode allocations(JsonNode allocations) {
        ArrayNode nodes = Json.array();
        for (JsonNode allocation : allocations) {
            ObjectNode node = Json.object();
            node.set("allocatedAmountSet", order.amountOf(allocation, "amount").toView());
            node.set(
                    "discountApplication",
                    discountApplication(
                            allocation.path("discount_application_index").asInt()));
            nodes.add(node);
        }
        return nodes;
    }

    ObjectNode discountApplication(int index) {
        JsonNode application = order.body().path("discount_applications").path(index);
        ObjectNode node = Json.object();
        String type = switch (application.path("type").asText()) {
            case "discount_code" -> "DiscountCodeApplication";
            case "automatic" -> "AutomaticDiscountApplication";
            case "script" -> "ScriptDiscountApplication";
            default -> "ManualDiscountApplication";
        };
        node.put("__typename", type);
        node.put("index", index);
        node.put("allocationMethod", upper(application, "allocation_method", "ACROSS"));
        node.put("targetSelection", upper(application, "target_selection", "ALL"));
        node.put("targetType", upper(application, "target_type", "LINE_ITEM"));
        node.put("code", application.path("code").asText());
        node.put(
                "title",
                application.path("title").asText(application.path("code").asText()));
        String value = application.path("value").asText("0");
        node.set(
                "value",
                application.path("value_type").asText().equals("percentage")
                        ? Json.object()
                                .put("__typename", "PricingPercentageValue")
                                .put("percentage", new BigDecimal(value))
                        : Bag.money(new BigDecimal(value), order.currency()));
        return node;
    }

    ArrayNode taxLines(JsonNode lines) {
        ArrayNode nodes = Json.array();
        for (JsonNode line : lines) {
            ObjectNode node = Json.object();
            node.put("title", line.path("title").asText());
            node.set("rate", OrderView.present(line.path("rate")));
            node.put("channelLiable", line.path("channel_liable").asBoolean());
            node.set("priceSet", order.amountOf(line, "price").toView());
            nodes.add(node);
        }
        return nodes;
    }

    private static String upper(JsonNode node, String name, String otherwise) {
        return node.path(name).asText(otherwise).toUpperCase(Locale.ROOT);
    }
}
