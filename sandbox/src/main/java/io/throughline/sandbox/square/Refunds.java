package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Ledger;
import java.util.List;

/** Gives money back, never more than was taken. */
final class Refunds {

    private static final String COLLECTION = "square.refund";

    private final Documents documents;
    private final Payments payments;
    private final OrderBook book;
    private final Ledger ledger;

    Refunds(Documents documents, Payments payments, OrderBook book, Ledger ledger) {
        this.documents = documents;
        this.payments = payments;
        this.book = book;
        this.ledger = ledger;
    }

    ObjectNode create(JsonNode body) {
        String paymentId = body.path("payment_id").asText("");
        if (paymentId.isEmpty()) {
            throw SquareError.missing("payment_id");
        }
        ObjectNode payment = payments.get(paymentId);
        String currency = payment.path("total_money").path("currency").asText();
        long amount = Amounts.require(body.path("amount_money"), currency, "amount_money");
        long refunded = Amounts.minor(payment.path("refunded_money"));
        if (!"COMPLETED".equals(payment.path("status").asText())) {
            throw SquareError.refund("REFUND_DECLINED", "The payment is not COMPLETED.");
        }
        if (refunded + amount > Amounts.minor(payment.path("total_money"))) {
            throw SquareError.refund(
                    "REFUND_AMOUNT_INVALID", "The requested refund amount exceeds the amount available to refund.");
        }
        ObjectNode refund = Json.object()
                .put("id", paymentId + "_" + Ids.uid())
                .put("status", "COMPLETED")
                .put("location_id", payment.path("location_id").asText())
                .put("payment_id", paymentId)
                .put("order_id", Ids.order())
                .put("reason", body.path("reason").asText(""))
                .put("created_at", book.now())
                .put("updated_at", book.now());
        refund.set("amount_money", Amounts.money(amount, currency));
        documents.put(COLLECTION, refund.path("id").asText(), refund);
        payment.set("refunded_money", Amounts.money(refunded + amount, currency));
        payment.withArray("refund_ids").add(refund.path("id").asText());
        payments.change(payment);
        insertOrder(refund, payment);
        ledger.effect(
                "square",
                "POST /v2/refunds",
                paymentId,
                body.path("idempotency_key").asText(),
                Json.object().put("amount", amount));
        return wrap(refund);
    }

    /** Square makes an order of a refund, which has no lines of its own but an amount that comes back of the sale. */
    private void insertOrder(ObjectNode refund, JsonNode payment) {
        ObjectNode order = Json.object()
                .put("id", refund.path("order_id").asText())
                .put("location_id", refund.path("location_id").asText())
                .put("state", "COMPLETED")
                .put("created_at", book.now())
                .put("closed_at", book.now());
        ObjectNode amounts = Json.object();
        amounts.set("total_money", refund.path("amount_money"));
        ObjectNode back = order.putArray("returns")
                .addObject()
                .put("uid", Ids.uid())
                .put("source_order_id", payment.path("order_id").asText());
        ObjectNode line = back.putArray("return_line_items")
                .addObject()
                .put("uid", Ids.uid())
                .put("quantity", "1")
                .put("item_type", "CUSTOM_AMOUNT");
        line.set("base_price_money", refund.path("amount_money"));
        line.set("total_money", refund.path("amount_money"));
        back.set("return_amounts", amounts);
        order.set("return_amounts", amounts.deepCopy());
        order.set(
                "total_money",
                Amounts.money(0, refund.at("/amount_money/currency").asText()));
        ObjectNode paid = order.putArray("refunds")
                .addObject()
                .put("id", refund.path("id").asText())
                .put("location_id", refund.path("location_id").asText())
                .put("transaction_id", payment.path("order_id").asText())
                .put("tender_id", payment.path("id").asText())
                .put("created_at", book.now())
                .put("reason", refund.path("reason").asText())
                .put("status", "APPROVED");
        paid.set("amount_money", refund.path("amount_money"));
        book.insert(order);
    }

    /** A refund that was made at the till. */
    void keep(JsonNode told, String paymentId, String orderId) {
        ObjectNode refund = told.deepCopy();
        refund.put("payment_id", paymentId).put("order_id", orderId).put("status", "COMPLETED");
        documents.put(COLLECTION, refund.path("id").asText(), refund);
    }

    ObjectNode get(String id) {
        return wrap(documents.get(COLLECTION, id).orElseThrow(() -> SquareError.notFound("Refund", id)));
    }

    ObjectNode list(Page page) {
        List<JsonNode> refunds = documents.list(COLLECTION);
        return page.write("refunds", refunds, refund -> refund);
    }

    private static ObjectNode wrap(JsonNode refund) {
        ObjectNode answer = Json.object();
        answer.set("refund", refund);
        return answer;
    }
}
