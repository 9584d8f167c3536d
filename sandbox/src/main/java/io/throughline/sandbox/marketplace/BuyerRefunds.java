package io.throughline.sandbox.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import java.math.BigDecimal;
import java.util.Optional;

/** Gives buyers back what sellers tell, once for each reference, and never more than they have paid or than has left. */
final class BuyerRefunds {
    private final SandboxContext context;
    private final OrderBook book;

    BuyerRefunds(SandboxContext context, OrderBook book) {
        this.context = context;
        this.book = book;
    }

    Response give(String id, ObjectNode body) {
        Optional<ObjectNode> found = book.find(id);
        if (found.isEmpty()) {
            return OrderBook.refusal(404, "ORDER_UNKNOWN");
        }
        ObjectNode order = found.get();
        if (order.has("cancellation")) {
            return OrderBook.refusal(409, "CANCELLED_BEFORE");
        }
        if (order.path("shipments").isEmpty()) {
            return OrderBook.refusal(409, "NOT_SHIPPED");
        }
        String reference = body.path("reference").asText("");
        if (reference.isEmpty()) {
            return OrderBook.refusal(422, "REFERENCE_MISSING");
        }
        ArrayNode refunds = order.withArray("refunds");
        BigDecimal given = BigDecimal.ZERO;
        for (JsonNode earlier : refunds) {
            if (earlier.path("reference").asText().equals(reference)) {
                return OrderBook.refusal(409, "REFUNDED_BEFORE");
            }
            given = given.add(OrderBook.amount(earlier.at("/refund/amount")));
        }
        for (JsonNode line : body.path("lines")) {
            String name = line.path("line").asText();
            int units = line.path("quantity").asInt(0);
            if (units < 1 || refunded(order, name) + units > OrderBook.shipped(order, name)) {
                return OrderBook.refusal(422, "MORE_THAN_SHIPPED");
            }
        }
        JsonNode refund = body.path("refund");
        BigDecimal amount = OrderBook.amount(refund.path("amount"));
        if (amount.signum() < 0
                || !refund.path("currency")
                        .asText()
                        .equals(order.path("currency").asText())
                || given.add(amount).compareTo(OrderBook.amount(order.path("total"))) > 0) {
            return OrderBook.refusal(422, "REFUND_WRONG");
        }
        ObjectNode kept = refunds.addObject();
        kept.put("id", "MR-" + context.documents().next("marketplace.refund"));
        kept.setAll(body);
        kept.put("at", context.clock().instant().toString());
        context.ledger().effect("marketplace", "refund", id, reference, refund);
        book.put(order);
        return Response.json(201, kept);
    }

    private static int refunded(ObjectNode order, String line) {
        int units = 0;
        for (JsonNode refund : order.path("refunds")) {
            units += OrderBook.units(refund.path("lines"), line);
        }
        return units;
    }
}
