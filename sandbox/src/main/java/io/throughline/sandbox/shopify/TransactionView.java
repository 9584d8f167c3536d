package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.sandbox.core.Json;

/** A transaction as GraphQL shows it. */
final class TransactionView {

    private TransactionView() {}

    static ObjectNode of(OrderDocument order, ObjectNode transaction) {
        ObjectNode view = Json.object();
        String id = transaction.path("id").asText();
        Bag amount = Bag.of(transaction.path("amount_set"));
        boolean authorization = transaction.path("kind").asText().equals("AUTHORIZATION");
        Bag capturable = authorization ? order.capturable(transaction) : order.zero();
        boolean payment = OrderDocument.is(transaction, "SALE") || OrderDocument.is(transaction, "CAPTURE");
        view.put("__typename", "OrderTransaction");
        view.put("id", Gid.of("OrderTransaction", id));
        view.set("kind", transaction.path("kind"));
        view.set("status", transaction.path("status"));
        view.set("gateway", transaction.path("gateway"));
        view.put("formattedGateway", formatted(transaction.path("gateway").asText()));
        view.set("processedAt", OrderView.time(transaction.path("created_at")));
        view.set("createdAt", OrderView.time(transaction.path("created_at")));
        view.set("errorCode", OrderView.present(transaction.path("error_code")));
        view.put("test", false);
        view.put("paymentId", "sandbox-" + id);
        view.put("manuallyCapturable", capturable.isPositive());
        view.put("multiCapturable", transaction.path("multi_capturable").asBoolean());
        view.set("authorizationExpiresAt", OrderView.time(transaction.path("authorization_expires_at")));
        view.set("parentTransaction", parent(order, transaction));
        view.set("amountSet", amount.toView());
        view.set("totalUnsettledSet", (authorization ? capturable : order.zero()).toView());
        view.set(
                "maximumRefundableV2",
                payment
                        ? Bag.money(order.refundable(transaction).presentment(), order.presentmentCurrency())
                        : NullNode.instance);
        view.set("maximumRefundable", view.get("maximumRefundableV2"));
        view.putArray("fees");
        view.put("settlementCurrency", order.currency());
        view.put("settlementCurrencyRate", "1.0");
        JsonNode receipt = transaction.path("receipt");
        view.put("receiptJson", receipt.isObject() ? Json.text(receipt) : "{}");
        return view;
    }

    private static JsonNode parent(OrderDocument order, ObjectNode transaction) {
        return order.transaction(transaction.path("parent_id").asText("none"))
                .<JsonNode>map(parent -> new TextNode(
                        Gid.of("OrderTransaction", parent.path("id").asText())))
                .orElse(NullNode.instance);
    }

    private static String formatted(String gateway) {
        return switch (gateway) {
            case "shopify_payments" -> "Shopify Payments";
            case "gift_card" -> "Gift Card";
            default -> gateway;
        };
    }
}
