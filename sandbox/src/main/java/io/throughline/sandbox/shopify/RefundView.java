package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.Locale;

/** A refund as GraphQL shows it, made from its webhook-shaped form in the order's body. */
final class RefundView {

    private RefundView() {}

    static ObjectNode of(ShopStore store, OrderDocument order, ObjectNode refund) {
        ObjectNode view = Json.object();
        view.put("__typename", "Refund");
        view.put("id", Gid.of("Refund", refund.path("id").asText()));
        view.set("createdAt", OrderView.time(refund.path("created_at")));
        view.set("updatedAt", OrderView.time(refund.path("created_at")));
        view.set("note", OrderView.present(refund.path("note")));
        view.put("order", order.gid());
        Bag total = order.zero();
        ArrayNode transactions = view.putArray("transactions");
        for (JsonNode reference : refund.path("transactions")) {
            ObjectNode transaction =
                    order.transaction(reference.path("id").asText()).orElseThrow();
            transactions.add(TransactionView.of(order, transaction));
            if (OrderDocument.is(transaction, "REFUND")) {
                total = total.plus(Bag.of(transaction.path("amount_set")));
            }
        }
        view.set("totalRefundedSet", total.toView());
        ArrayNode lines = view.putArray("refundLineItems");
        refund.path("refund_line_items").forEach(line -> lines.add(line(store, order, line)));
        return view;
    }

    static ObjectNode line(ShopStore store, OrderDocument order, JsonNode line) {
        ObjectNode view = Json.object();
        String restockType = line.path("restock_type").asText("no_restock").toUpperCase(Locale.ROOT);
        view.put("id", Gid.of("RefundLineItem", line.path("id").asText("0")));
        view.put("quantity", line.path("quantity").asInt());
        view.put("restockType", restockType);
        view.put("restocked", !restockType.equals("NO_RESTOCK"));
        if (line.path("location_id").isNumber()) {
            view.put("location", Gid.of("Location", line.path("location_id").asText()));
        }
        view.set("subtotalSet", order.amountOf(line, "subtotal").toView());
        view.set("totalTaxSet", order.amountOf(line, "total_tax").toView());
        order.line(line.path("line_item_id").asText())
                .ifPresent(orderLine -> view.set("lineItem", new OrderLineViews(store, order).line(orderLine)));
        return view;
    }
}
