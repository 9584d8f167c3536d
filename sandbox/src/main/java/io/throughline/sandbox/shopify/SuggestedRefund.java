package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;

/** What Shopify would refund for some lines and shipping, spread over the payments in the order they were made. */
final class SuggestedRefund {

    private final ShopStore store;
    private final OrderDocument order;

    SuggestedRefund(ShopStore store, OrderDocument order) {
        this.store = store;
        this.order = order;
    }

    ObjectNode suggest(JsonNode arguments) {
        boolean full = arguments.path("suggestFullRefund").asBoolean();
        Bag refundable = order.received().minus(order.refunded()).atLeastZero();
        Bag subtotal = order.zero();
        Bag tax = order.zero();
        Bag lines = order.zero();
        ArrayNode lineViews = Json.array();
        for (JsonNode wanted : full ? everyLine() : arguments.path("refundLineItems")) {
            ObjectNode line = order.line(
                            Gid.idOf("LineItem", wanted.path("lineItemId").asText()))
                    .orElseThrow(() -> new IllegalArgumentException("The order has no such line item"));
            int units = wanted.path("quantity").asInt();
            LineShare share = LineShare.of(order, line, units);
            subtotal = subtotal.plus(share.subtotal());
            tax = tax.plus(share.tax());
            lines = lines.plus(share.paid(order));
            lineViews.add(lineView(line, units, wanted.path("restockType").asText("NO_RESTOCK"), share));
        }
        Bag shipping = shipping(arguments, full);
        Bag amount = (full ? refundable : lines.plus(shipping)).smaller(refundable);
        ObjectNode view = Json.object();
        view.put("__typename", "SuggestedRefund");
        view.set("amountSet", amount.toView());
        view.set("subtotalSet", subtotal.toView());
        view.set("totalTaxSet", tax.toView());
        view.set("totalDutiesSet", order.zero().toView());
        view.set("maximumRefundableSet", refundable.toView());
        ObjectNode shippingView = view.putObject("shipping");
        shippingView.set("amountSet", shipping.toView());
        shippingView.set("taxSet", order.zero().toView());
        shippingView.set("maximumRefundableSet", paidShipping().toView());
        view.set("refundLineItems", lineViews);
        view.set("suggestedTransactions", transactions(amount));
        view.putArray("suggestedRefundMethods");
        return view;
    }

    private ArrayNode everyLine() {
        ArrayNode all = Json.array();
        for (ObjectNode line : order.lines()) {
            int units =
                    line.path("current_quantity").asInt(line.path("quantity").asInt());
            if (units > 0) {
                all.addObject()
                        .put("lineItemId", Gid.of("LineItem", line.path("id").asText()))
                        .put("quantity", units);
            }
        }
        return all;
    }

    private ObjectNode lineView(ObjectNode line, int units, String restockType, LineShare share) {
        ObjectNode refundLine = Json.object();
        refundLine.put("id", 0);
        refundLine.set("line_item_id", line.path("id"));
        refundLine.put("quantity", units);
        refundLine.put("restock_type", restockType);
        refundLine.set("subtotal_set", share.subtotal().toSet());
        refundLine.set("total_tax_set", share.tax().toSet());
        return RefundView.line(store, order, refundLine);
    }

    private Bag paidShipping() {
        Bag total = order.zero();
        for (JsonNode line : order.body().path("shipping_lines")) {
            boolean discounted = line.has("discounted_price") || line.has("discounted_price_set");
            total = total.plus(order.amountOf(line, discounted ? "discounted_price" : "price"));
            if (!order.body().path("taxes_included").asBoolean()) {
                for (JsonNode tax : line.path("tax_lines")) {
                    total = total.plus(order.amountOf(tax, "price"));
                }
            }
        }
        return total;
    }

    private Bag shipping(JsonNode arguments, boolean full) {
        if (full || arguments.path("refundShipping").asBoolean()) {
            return paidShipping();
        }
        return arguments.path("shippingAmount").isTextual()
                ? order.ofPresentment(
                        new BigDecimal(arguments.path("shippingAmount").asText()))
                : order.zero();
    }

    private ArrayNode transactions(Bag amount) {
        ArrayNode views = Json.array();
        Bag left = amount;
        for (ObjectNode payment : order.transactions()) {
            boolean taken = OrderDocument.is(payment, "SALE") || OrderDocument.is(payment, "CAPTURE");
            if (!taken || !left.isPositive()) {
                continue;
            }
            Bag refundable = order.refundable(payment);
            Bag part = left.smaller(refundable);
            if (part.isPositive()) {
                ObjectNode view = views.addObject();
                view.put("kind", "SUGGESTED_REFUND");
                view.set("gateway", payment.path("gateway"));
                view.set("amountSet", part.toView());
                view.set("maximumRefundableSet", refundable.toView());
                view.put("parentTransaction", Payments.gid(payment));
                left = left.minus(part);
            }
        }
        return views;
    }
}
