package io.throughline.sandbox.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Delivery;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Places orders, which are handed over to the seller as soon as it is known where, and asks to cancel them or to take something of them back. */
final class Buyers {
    private static final String SETTINGS = "marketplace.settings";
    private static final String CONNECTION = "connection";

    private final SandboxContext context;
    private final OrderBook book;
    private final Signature signature;

    Buyers(SandboxContext context, OrderBook book, Signature signature) {
        this.context = context;
        this.book = book;
        this.signature = signature;
    }

    /** {@code orders} is where orders are handed over, {@code key} the seller's key for that, {@code webhook} where it is asked for something. */
    Response connect(JsonNode body) {
        ObjectNode connection = Json.object();
        for (String name : new String[] {"orders", "key", "webhook"}) {
            if (body.path(name).asText("").isEmpty()) {
                throw new IllegalArgumentException("a connection has orders, key and webhook");
            }
            connection.put(name, body.path(name).asText());
        }
        context.documents().put(SETTINGS, CONNECTION, connection);
        return Response.json(
                200,
                Json.object()
                        .put("orders", connection.path("orders").asText())
                        .put("webhook", connection.path("webhook").asText()));
    }

    Response place(JsonNode body) {
        String id = body.path("id").asText("MP-" + context.documents().next("marketplace.order"));
        if (book.find(id).isPresent()) {
            return OrderBook.refusal(409, "ORDER_EXISTS");
        }
        if (body.path("lines").isEmpty()) {
            throw new IllegalArgumentException("an order has lines of sku, quantity, price and discount");
        }
        Instant now = context.clock().instant();
        ObjectNode submission = submission(id, body, now);
        ObjectNode order = Json.object()
                .put("id", id)
                .put("status", "NEW")
                .put("placedAt", now.toString())
                .put(
                        "acknowledgeBy",
                        now.plusSeconds(body.path("acknowledgeSeconds").asLong(1_800))
                                .toString())
                .put(
                        "shipBy",
                        now.plusSeconds(body.path("shipSeconds").asLong(172_800))
                                .toString())
                .put("currency", submission.path("currency").asText())
                .put("total", submission.path("total").asText());
        ArrayNode lines = order.putArray("lines");
        submission
                .path("lines")
                .forEach(line -> lines.addObject()
                        .put("line", line.path("id").asText())
                        .put("quantity", line.path("quantity").asInt())
                        .put("price", line.path("unitPrice").asText())
                        .put("paid", line.path("total").asText()));
        order.putArray("shipments");
        order.set("submission", submission);
        book.put(order);
        context.ledger().effect("marketplace", "order", id, id, lines);
        handOver(id, submission);
        return Response.json(201, order);
    }

    private void handOver(String id, ObjectNode submission) {
        context.documents()
                .get(SETTINGS, CONNECTION)
                .ifPresent(connection -> context.webhooks()
                        .send(new Delivery(
                                "marketplace",
                                "order.placed",
                                id,
                                URI.create(connection.path("orders").asText()),
                                Map.of(
                                        "Content-Type",
                                        "application/json",
                                        "Authorization",
                                        "Bearer " + connection.path("key").asText(),
                                        "Idempotency-Key",
                                        id),
                                Json.bytes(submission))));
    }

    /** What the seller is handed: paid to the marketplace, without taxes of its own. */
    private static ObjectNode submission(String id, JsonNode body, Instant now) {
        ObjectNode submission = Json.object();
        submission.put("externalId", id).put("name", id).put("channel", "MARKETPLACE");
        submission.put("placedAt", now.toString());
        submission.put("currency", body.path("currency").asText("USD"));
        submission.put("taxesIncluded", true);
        BigDecimal total = BigDecimal.ZERO;
        ArrayNode lines = submission.putArray("lines");
        for (JsonNode line : body.path("lines")) {
            BigDecimal price = new BigDecimal(line.path("price").asText("10.00"));
            int quantity = line.path("quantity").asInt(1);
            BigDecimal discount = new BigDecimal(line.path("discount").asText("0.00"));
            BigDecimal worth = price.multiply(BigDecimal.valueOf(quantity)).subtract(discount);
            total = total.add(worth);
            lines.addObject()
                    .put("id", Integer.toString(lines.size()))
                    .put("sku", line.path("sku").asText())
                    .put("quantity", quantity)
                    .put("unitPrice", price.toPlainString())
                    .put("discount", discount.toPlainString())
                    .put("total", worth.toPlainString());
        }
        submission.put("total", total.toPlainString());
        submission
                .putArray("tenders")
                .addObject()
                .put("id", "paid-" + id)
                .put("gateway", body.path("gateway").asText("bazaar"))
                .put("amount", total.toPlainString())
                .put("capturedAt", now.toString());
        ObjectNode delivery = submission.putObject("delivery").put("method", "SHIPPING");
        if (body.path("address") instanceof ObjectNode address) {
            delivery.set("address", address);
        } else {
            delivery.putObject("address")
                    .put("name", "Ada Example")
                    .put("street", "1 Harbor Street")
                    .put("city", "Boston")
                    .put("province", "MA")
                    .put("postalCode", "02108")
                    .put("country", "US");
        }
        return submission;
    }

    Response askToCancel(String id) {
        if (book.find(id).isEmpty()) {
            return OrderBook.refusal(404, "ORDER_UNKNOWN");
        }
        ObjectNode order = book.find(id).orElseThrow();
        order.put("cancellationRequestedAt", context.clock().instant().toString());
        book.put(order);
        context.ledger().effect("marketplace", "cancellation-request", id, id, Json.object());
        ask("order.cancellation_requested", id, Json.object());
        return Response.json(202, order);
    }

    /** A buyer wants to give something back, or its money without that; {@code returnId} is ours unless it is given. */
    Response askToReturn(String id, JsonNode body) {
        if (book.find(id).isEmpty()) {
            return OrderBook.refusal(404, "ORDER_UNKNOWN");
        }
        if (body.path("lines").isEmpty()) {
            throw new IllegalArgumentException("a return has lines of line, quantity and reason");
        }
        ObjectNode order = book.find(id).orElseThrow();
        ObjectNode wish = Json.object()
                .put(
                        "returnId",
                        body.path("returnId").asText("MB-" + context.documents().next("marketplace.return")))
                .put("goodsStay", body.path("goodsStay").asBoolean(false));
        wish.set("lines", body.path("lines"));
        order.withArray("returnRequests").add(wish);
        book.put(order);
        context.ledger()
                .effect(
                        "marketplace",
                        "return-request",
                        id,
                        wish.path("returnId").asText(),
                        Json.object());
        ask("order.return_requested", id, wish);
        return Response.json(202, order);
    }

    private void ask(String type, String id, ObjectNode wish) {
        context.documents().get(SETTINGS, CONNECTION).ifPresent(connection -> {
            ObjectNode message = Json.object()
                    .put("id", UUID.randomUUID().toString())
                    .put("type", type)
                    .put("orderId", id);
            message.setAll(wish);
            byte[] body = Json.bytes(message);
            context.webhooks()
                    .send(new Delivery(
                            "marketplace",
                            type,
                            id,
                            URI.create(connection.path("webhook").asText()),
                            Map.of("Content-Type", "application/json", Signature.HEADER, signature.of(body)),
                            body));
        });
    }
}
