package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes, completes and cancels payments. Sources: {@code CASH}, {@code EXTERNAL}, {@code cnon:card-nonce-ok}; a card nonce whose
 * name contains {@code declined} is declined. A payment for an order must be for what the order has due.
 */
final class Payments {

    static final String CREATE = "POST /v2/payments";
    private static final String COLLECTION = "square.payment";

    private final Documents documents;
    private final OrderBook book;
    private final Orders orders;
    private final Merchant merchant;
    private final Events events;
    private final Ledger ledger;

    Payments(Documents documents, OrderBook book, Orders orders, Merchant merchant, Events events, Ledger ledger) {
        this.documents = documents;
        this.book = book;
        this.orders = orders;
        this.merchant = merchant;
        this.events = events;
        this.ledger = ledger;
    }

    ObjectNode create(JsonNode body) {
        String source = body.path("source_id").asText("");
        if (source.isEmpty()) {
            throw SquareError.missing("source_id");
        }
        Optional<ObjectNode> order = Optional.of(body.path("order_id").asText(""))
                .filter(id -> !id.isEmpty())
                .map(id -> orders.payable(id, Json.object()));
        String location = order.map(found -> found.path("location_id").asText())
                .orElseGet(() -> body.path("location_id").asText("LDOWNTOWN"));
        String currency = merchant.currency(location);
        long amount = Amounts.require(body.path("amount_money"), currency, "amount_money");
        long tip = body.has("tip_money") ? Amounts.require(body.path("tip_money"), currency, "tip_money") : 0;
        if (source.contains("declined")) {
            throw SquareError.declined("GENERIC_DECLINE");
        }
        ObjectNode payment = payment(location, type(source), amount, tip, currency);
        for (String field : List.of("reference_id", "note", "order_id")) {
            if (body.hasNonNull(field)) {
                payment.put(field, body.path(field).asText());
            }
        }
        if (order.isEmpty()) {
            payment.put("order_id", Ids.order());
        }
        boolean complete = body.path("autocomplete").asBoolean(true);
        payment.put("status", complete ? "COMPLETED" : "APPROVED");
        insert(payment);
        effect(CREATE, payment, body.path("idempotency_key").asText());
        if (complete && order.isPresent()) {
            collect(order.get(), List.of(payment));
        }
        return wrap(payment);
    }

    /** Builds a payment that was taken at a location; not yet stored. */
    ObjectNode payment(String location, String type, long amount, long tip, String currency) {
        ObjectNode payment = Json.object()
                .put("id", Ids.payment())
                .put("created_at", book.now())
                .put("updated_at", book.now())
                .put("source_type", type)
                .put("location_id", location)
                .put("version_token", Ids.other());
        payment.set("amount_money", Amounts.money(amount, currency));
        payment.set("tip_money", Amounts.money(tip, currency));
        payment.set("total_money", Amounts.money(amount + tip, currency));
        payment.set("approved_money", Amounts.money(amount + tip, currency));
        switch (type) {
            case "CASH" -> {
                ObjectNode cash = payment.putObject("cash_details");
                cash.set("buyer_supplied_money", Amounts.money(amount + tip, currency));
                cash.set("change_back_money", Amounts.money(0, currency));
            }
            case "CARD" ->
                payment.putObject("card_details")
                        .put("status", "CAPTURED")
                        .putObject("card")
                        .put("card_brand", "VISA")
                        .put("last_4", "1111");
            default ->
                payment.putObject("external_details").put("type", "OTHER").put("source", "Sandbox");
        }
        return payment;
    }

    void insert(ObjectNode payment) {
        documents.put(COLLECTION, payment.path("id").asText(), payment);
        tell("payment.created", payment);
    }

    /** {@code POST /v2/orders/{id}/pay} with payments that were approved before. */
    ObjectNode payOrder(String orderId, JsonNode body) {
        ObjectNode order = orders.payable(orderId, body);
        List<ObjectNode> payments = new ArrayList<>();
        for (JsonNode id : body.path("payment_ids")) {
            ObjectNode payment = get(id.asText());
            if (!"APPROVED".equals(payment.path("status").asText())) {
                throw SquareError.badRequest("Payment " + id.asText() + " is not APPROVED.");
            }
            payments.add(payment);
        }
        collect(order, payments);
        for (ObjectNode payment : payments) {
            status(payment, "COMPLETED");
            effect("POST /v2/orders/{id}/pay", payment, Orders.key(body, order));
        }
        return Orders.wrap(order);
    }

    private void collect(ObjectNode order, List<ObjectNode> payments) {
        long due = Amounts.minor(order.path("net_amount_due_money"));
        long given = payments.stream()
                .mapToLong(payment -> Amounts.minor(payment.path("amount_money")))
                .sum();
        if (given != due) {
            throw SquareError.badRequest("The payments come to " + given + ", the order has " + due + " due.");
        }
        payments.forEach(payment -> tender(order, payment));
        orders.pay(order);
    }

    /** Puts a payment among the order's tenders. */
    static void tender(ObjectNode order, ObjectNode payment) {
        String id = payment.path("id").asText();
        ObjectNode tender = order.withArray("tenders")
                .addObject()
                .put("id", id)
                .put("location_id", order.path("location_id").asText())
                .put("transaction_id", order.path("id").asText())
                .put("created_at", payment.path("created_at").asText())
                .put(
                        "type",
                        "EXTERNAL".equals(payment.path("source_type").asText())
                                ? "OTHER"
                                : payment.path("source_type").asText())
                .put("payment_id", id);
        tender.set("amount_money", payment.path("total_money"));
        tender.set("tip_money", payment.path("tip_money"));
    }

    ObjectNode get(String id) {
        return (ObjectNode) documents.get(COLLECTION, id).orElseThrow(() -> SquareError.notFound("Payment", id));
    }

    ObjectNode list(Optional<String> location, Optional<String> begin, Page page) {
        ObjectNode since = Json.object().put("start_at", begin.orElse(""));
        List<JsonNode> found = documents.list(COLLECTION).stream()
                .filter(payment -> location.isEmpty()
                        || location.get().equals(payment.path("location_id").asText()))
                .filter(payment -> Events.TimeRange.contains(
                        since, payment.path("created_at").asText()))
                .toList();
        return page.write("payments", found, payment -> payment);
    }

    ObjectNode complete(String id) {
        ObjectNode payment = get(id);
        requireApproved(payment);
        status(payment, "COMPLETED");
        effect("POST /v2/payments/{id}/complete", payment, id + "/complete");
        String orderId = payment.path("order_id").asText("");
        if (book.has(orderId)) {
            collect(orders.payable(orderId, Json.object()), List.of(payment));
        }
        return wrap(payment);
    }

    ObjectNode cancel(String id) {
        ObjectNode payment = get(id);
        requireApproved(payment);
        status(payment, "CANCELED");
        effect("POST /v2/payments/{id}/cancel", payment, id + "/cancel");
        return wrap(payment);
    }

    /** Cancels what a key made, if anything; no such payment is as good as a cancelled one. */
    ObjectNode cancelByKey(Optional<JsonNode> made) {
        Optional<String> id =
                made.map(answer -> answer.path("payment").path("id").asText());
        if (id.isPresent() && "APPROVED".equals(get(id.get()).path("status").asText())) {
            cancel(id.get());
        }
        return Json.object();
    }

    private static void requireApproved(ObjectNode payment) {
        if (!"APPROVED".equals(payment.path("status").asText())) {
            throw SquareError.badRequest(
                    "The payment is " + payment.path("status").asText() + ".");
        }
    }

    void status(ObjectNode payment, String status) {
        payment.put("status", status);
        change(payment);
    }

    void change(ObjectNode payment) {
        payment.put("updated_at", book.now()).put("version_token", Ids.other());
        documents.put(COLLECTION, payment.path("id").asText(), payment);
        tell("payment.updated", payment);
    }

    private void tell(String type, ObjectNode payment) {
        ObjectNode object = Json.object();
        object.set("payment", payment);
        events.record(
                type,
                payment.path("location_id").asText(),
                "payment",
                payment.path("id").asText(),
                object);
    }

    private void effect(String operation, ObjectNode payment, String key) {
        ObjectNode detail = Json.object()
                .put("order", payment.path("order_id").asText(""))
                .put("status", payment.path("status").asText());
        detail.set("amount", payment.path("total_money"));
        ledger.effect("square", operation, payment.path("id").asText(), key, detail);
    }

    private static String type(String source) {
        return switch (source) {
            case "CASH", "EXTERNAL" -> source;
            default -> "CARD";
        };
    }

    private static ObjectNode wrap(ObjectNode payment) {
        ObjectNode answer = Json.object();
        answer.set("payment", payment);
        return answer;
    }
}
