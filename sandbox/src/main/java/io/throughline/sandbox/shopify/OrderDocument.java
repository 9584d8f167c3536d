package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One order as it is kept: the webhook-shaped body (always current), its transactions and the ids of its fulfillment orders.
 * Money questions are answered from the transactions.
 */
record OrderDocument(ObjectNode node) {

    static OrderDocument create(ObjectNode body) {
        ObjectNode node = Json.object();
        node.put("id", body.path("id").asText());
        node.set("body", body);
        node.putArray("transactions");
        node.putArray("fulfillmentOrders");
        return new OrderDocument(node);
    }

    String id() {
        return node.path("id").asText();
    }

    String gid() {
        return Gid.of("Order", id());
    }

    String name() {
        return body().path("name").asText();
    }

    ObjectNode body() {
        return (ObjectNode) node.get("body");
    }

    String currency() {
        return body().path("currency").asText();
    }

    String presentmentCurrency() {
        return body().path("presentment_currency").asText(currency());
    }

    boolean cancelled() {
        return body().path("cancelled_at").isTextual();
    }

    List<ObjectNode> lines() {
        return objects(body().path("line_items"));
    }

    Optional<ObjectNode> line(String lineId) {
        return lines().stream()
                .filter(line -> line.path("id").asText().equals(lineId))
                .findFirst();
    }

    ArrayNode transactionArray() {
        return (ArrayNode) node.get("transactions");
    }

    List<ObjectNode> transactions() {
        return objects(transactionArray());
    }

    Optional<ObjectNode> transaction(String transactionId) {
        return transactions().stream()
                .filter(transaction -> transaction.path("id").asText().equals(transactionId))
                .findFirst();
    }

    List<ObjectNode> refunds() {
        return objects(body().path("refunds"));
    }

    List<String> fulfillmentOrderIds() {
        List<String> ids = new ArrayList<>();
        node.path("fulfillmentOrders").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    void addFulfillmentOrder(String fulfillmentOrderId) {
        ((ArrayNode) node.get("fulfillmentOrders")).add(fulfillmentOrderId);
    }

    Bag zero() {
        return Bag.zero(currency(), presentmentCurrency());
    }

    /** A body amount by its plain name: its {@code _set} where there is one, else the plain text in shop currency. */
    Bag amount(String name) {
        return amountOf(body(), name);
    }

    Bag amountOf(JsonNode holder, String name) {
        JsonNode set = holder.path(name + "_set");
        if (set.isObject()) {
            return Bag.of(set);
        }
        BigDecimal plain = new BigDecimal(holder.path(name).asText("0"));
        return new Bag(plain, currency(), fromShop(plain), presentmentCurrency());
    }

    private BigDecimal fromShop(BigDecimal shopAmount) {
        JsonNode total = body().path("total_price_set");
        if (currency().equals(presentmentCurrency()) || !total.isObject()) {
            return shopAmount;
        }
        Bag rate = Bag.of(total);
        return rate.shop().signum() == 0
                ? shopAmount
                : shopAmount.multiply(rate.presentment()).divide(rate.shop(), 6, RoundingMode.HALF_UP);
    }

    /** An amount of the customer's currency, with the shop's by the order's own rate. */
    Bag ofPresentment(BigDecimal amount) {
        Bag total = amount("total_price");
        BigDecimal shop = total.presentment().signum() == 0
                ? amount
                : amount.multiply(total.shop()).divide(total.presentment(), 6, RoundingMode.HALF_UP);
        return new Bag(
                currency().equals(presentmentCurrency()) ? amount : shop, currency(), amount, presentmentCurrency());
    }

    Bag currentTotal() {
        return amount("current_total_price");
    }

    Bag received() {
        return sum("SALE").plus(sum("CAPTURE"));
    }

    Bag refunded() {
        return sum("REFUND");
    }

    Bag outstanding() {
        return currentTotal()
                .plus(amount("total_cash_rounding_payment_adjustment"))
                .minus(received().minus(refunded()))
                .atLeastZero();
    }

    Bag capturable() {
        Bag total = zero();
        for (ObjectNode transaction : transactions()) {
            if (is(transaction, "AUTHORIZATION")) {
                total = total.plus(capturable(transaction));
            }
        }
        return total;
    }

    /** What is left to capture on one authorization; nothing once it was voided, or captured without being multi-capturable. */
    Bag capturable(ObjectNode authorization) {
        Bag left = Bag.of(authorization.path("amount_set"));
        for (ObjectNode child : children(authorization)) {
            if (is(child, "VOID") || (is(child, "CAPTURE") && !multiCapturable(authorization, child))) {
                return zero();
            }
            if (is(child, "CAPTURE")) {
                left = left.minus(Bag.of(child.path("amount_set")));
            }
        }
        return left.atLeastZero();
    }

    /** What of all that was paid was not refunded yet, to whatever. */
    Bag refundable() {
        Bag left = received();
        for (ObjectNode transaction : transactions()) {
            if (transaction.path("kind").asText().equals("REFUND")
                    && !transaction.path("status").asText().equals("FAILURE")) {
                left = left.minus(Bag.of(transaction.path("amount_set")));
            }
        }
        return left.atLeastZero();
    }

    /** What of one sale or capture was not refunded yet. */
    Bag refundable(ObjectNode payment) {
        Bag left = Bag.of(payment.path("amount_set"));
        for (ObjectNode child : children(payment)) {
            if (child.path("kind").asText().equals("REFUND")
                    && !child.path("status").asText().equals("FAILURE")) {
                left = left.minus(Bag.of(child.path("amount_set")));
            }
        }
        return left.atLeastZero();
    }

    List<ObjectNode> children(ObjectNode parent) {
        return transactions().stream()
                .filter(child -> child.path("parent_id")
                        .asText()
                        .equals(parent.path("id").asText()))
                .toList();
    }

    /** Sets {@code financial_status} to what the transactions say. */
    void settleFinancialStatus() {
        Bag received = received();
        Bag refunded = refunded();
        String status;
        if (refunded.isPositive()) {
            status = refunded.exceeds(received) || !received.exceeds(refunded) ? "refunded" : "partially_refunded";
        } else if (received.isPositive()) {
            status = currentTotal().exceeds(received) ? "partially_paid" : "paid";
        } else if (capturable().isPositive()) {
            status = "authorized";
        } else if (transactions().stream().anyMatch(transaction -> is(transaction, "VOID"))) {
            status = "voided";
        } else {
            status = currentTotal().isPositive() ? "pending" : "paid";
        }
        body().put("financial_status", status);
        body().put("total_outstanding", outstanding().shop().toPlainString());
    }

    static boolean is(JsonNode transaction, String kind) {
        return transaction.path("kind").asText().equals(kind)
                && transaction.path("status").asText().equals("SUCCESS");
    }

    private static boolean multiCapturable(JsonNode authorization, JsonNode capture) {
        return authorization.path("multi_capturable").asBoolean()
                && !capture.path("final_capture").asBoolean();
    }

    private Bag sum(String kind) {
        Bag total = zero();
        for (ObjectNode transaction : transactions()) {
            if (is(transaction, kind)) {
                total = total.plus(Bag.of(transaction.path("amount_set")));
            }
        }
        return total;
    }

    String financialStatus() {
        return body().path("financial_status").asText().toUpperCase(Locale.ROOT);
    }

    static List<ObjectNode> objects(JsonNode array) {
        List<ObjectNode> objects = new ArrayList<>();
        array.forEach(element -> objects.add((ObjectNode) element));
        return objects;
    }
}
