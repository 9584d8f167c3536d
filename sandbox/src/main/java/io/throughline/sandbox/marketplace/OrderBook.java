package io.throughline.sandbox.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The orders as the marketplace knows them: what sellers may tell of each, and when that was too late. */
final class OrderBook {
    private static final String COLLECTION = "marketplace.orders";
    private static final Set<String> REASONS = Set.of("BUYER_REQUEST", "OUT_OF_STOCK", "OTHER");

    private final SandboxContext context;
    private final Penalties penalties;

    OrderBook(SandboxContext context, Penalties penalties) {
        this.context = context;
        this.penalties = penalties;
    }

    Optional<ObjectNode> find(String id) {
        return context.documents().get(COLLECTION, id).map(ObjectNode.class::cast);
    }

    void put(ObjectNode order) {
        context.documents().put(COLLECTION, order.path("id").asText(), order);
    }

    ArrayNode all() {
        ArrayNode all = Json.array();
        context.documents().list(COLLECTION).forEach(all::add);
        return all;
    }

    ArrayNode penalties() {
        return penalties.all();
    }

    Response answer(String id) {
        return find(id).map(order -> Response.json(200, order)).orElseGet(() -> refusal(404, "ORDER_UNKNOWN"));
    }

    Response acknowledge(String id, ObjectNode body) {
        Optional<ObjectNode> found = find(id);
        if (found.isEmpty()) {
            return refusal(404, "ORDER_UNKNOWN");
        }
        ObjectNode order = found.get();
        if (order.has("cancellation")) {
            return refusal(409, "CANCELLED_BEFORE");
        }
        if (order.has("acknowledgement")) {
            return refusal(409, "ACKNOWLEDGED_BEFORE");
        }
        String decision = body.path("decision").asText("");
        if (!Set.of("ACCEPTED", "REJECTED").contains(decision)) {
            return refusal(422, "DECISION_UNKNOWN");
        }
        Optional<Response> unfit = decision.equals("REJECTED") ? unfit(order, body) : Optional.empty();
        if (unfit.isPresent()) {
            return unfit.get();
        }
        order.putObject("acknowledgement").put("decision", decision).put("at", now().toString());
        order.put("status", decision);
        context.ledger().effect("marketplace", "acknowledgement", id, id, body);
        chargeAfter(order, "acknowledgeBy", Penalties.Cause.LATE_ACKNOWLEDGEMENT);
        if (decision.equals("REJECTED")) {
            giveBack(order, body);
        }
        put(order);
        return Response.json(201, decision.equals("REJECTED") ? order.path("cancellation") : order);
    }

    Response ship(String id, ObjectNode body) {
        Optional<ObjectNode> found = find(id);
        if (found.isEmpty()) {
            return refusal(404, "ORDER_UNKNOWN");
        }
        ObjectNode order = found.get();
        if (order.has("cancellation")) {
            return refusal(409, "CANCELLED_BEFORE");
        }
        if (!order.has("acknowledgement")) {
            return refusal(409, "NOT_ACKNOWLEDGED");
        }
        String reference = body.path("reference").asText("");
        if (reference.isEmpty()) {
            return refusal(422, "REFERENCE_MISSING");
        }
        ArrayNode shipments = order.withArray("shipments");
        for (JsonNode earlier : shipments) {
            if (earlier.path("reference").asText().equals(reference)) {
                return refusal(409, "SHIPPED_BEFORE");
            }
        }
        for (JsonNode line : body.path("lines")) {
            String name = line.path("line").asText();
            int units = line.path("quantity").asInt(0);
            if (units < 1 || shipped(order, name) + units > units(order.path("lines"), name)) {
                return refusal(422, "MORE_THAN_ORDERED");
            }
        }
        ObjectNode shipment = shipments.addObject();
        shipment.put("id", "MS-" + context.documents().next("marketplace.shipment"));
        shipment.setAll(body);
        shipment.put("at", now().toString());
        order.put("status", isShipped(order) ? "SHIPPED" : "PARTLY_SHIPPED");
        context.ledger().effect("marketplace", "shipment", id, reference, body);
        if (isShipped(order)) {
            chargeAfter(order, "shipBy", Penalties.Cause.LATE_SHIPMENT);
        }
        put(order);
        return Response.json(201, shipment);
    }

    Response cancel(String id, ObjectNode body) {
        Optional<ObjectNode> found = find(id);
        if (found.isEmpty()) {
            return refusal(404, "ORDER_UNKNOWN");
        }
        ObjectNode order = found.get();
        if (order.has("cancellation")) {
            return refusal(409, "CANCELLED_BEFORE");
        }
        if (!order.has("acknowledgement")) {
            return refusal(409, "NOT_ACKNOWLEDGED");
        }
        if (!order.path("shipments").isEmpty()) {
            return refusal(409, "SHIPPED_BEFORE");
        }
        Optional<Response> unfit = unfit(order, body);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        order.put("status", "CANCELLED");
        context.ledger().effect("marketplace", "cancellation", id, id, body);
        if (!order.has("cancellationRequestedAt")) {
            penalties.charge(order, Penalties.Cause.CANCELLED_BY_SELLER);
        }
        giveBack(order, body);
        put(order);
        return Response.json(201, order.path("cancellation"));
    }

    private static Optional<Response> unfit(ObjectNode order, ObjectNode body) {
        if (!REASONS.contains(body.path("reason").asText())) {
            return Optional.of(refusal(422, "REASON_UNKNOWN"));
        }
        JsonNode refund = body.path("refund");
        boolean whole =
                refund.path("currency").asText().equals(order.path("currency").asText())
                        && amount(refund.path("amount")).compareTo(amount(order.path("total"))) == 0;
        return whole ? Optional.empty() : Optional.of(refusal(422, "REFUND_WRONG"));
    }

    private void giveBack(ObjectNode order, ObjectNode body) {
        String refundId = "MR-" + context.documents().next("marketplace.refund");
        ObjectNode cancellation = order.putObject("cancellation");
        cancellation.setAll(body);
        cancellation.put("refundId", refundId).put("at", now().toString());
        context.ledger().effect("marketplace", "refund", order.path("id").asText(), refundId, body.path("refund"));
    }

    private void chargeAfter(ObjectNode order, String deadline, Penalties.Cause cause) {
        if (now().isAfter(Instant.parse(order.path(deadline).asText()))) {
            penalties.charge(order, cause);
        }
    }

    private static boolean isShipped(ObjectNode order) {
        for (JsonNode line : order.path("lines")) {
            if (shipped(order, line.path("line").asText())
                    < line.path("quantity").asInt()) {
                return false;
            }
        }
        return true;
    }

    static int shipped(ObjectNode order, String line) {
        int units = 0;
        for (JsonNode shipment : order.path("shipments")) {
            units += units(shipment.path("lines"), line);
        }
        return units;
    }

    static int units(JsonNode lines, String line) {
        int units = 0;
        for (JsonNode one : lines) {
            units += one.path("line").asText().equals(line)
                    ? one.path("quantity").asInt()
                    : 0;
        }
        return units;
    }

    static BigDecimal amount(JsonNode value) {
        try {
            return new BigDecimal(value.asText());
        } catch (NumberFormatException none) {
            return BigDecimal.ONE.negate();
        }
    }

    private Instant now() {
        return context.clock().instant();
    }

    static Response refusal(int status, String code) {
        return Response.json(status, Json.object().put("status", status).put("code", code));
    }
}
