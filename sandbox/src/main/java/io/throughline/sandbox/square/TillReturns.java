package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Ledger;
import java.util.List;

/**
 * Goods that a customer brings back to the till. Square makes an order of it, which has no lines of its own but what it takes back of the
 * sale, and a refund of the sale's payment.
 */
final class TillReturns {
    private static final List<String> AMOUNTS = List.of("total_money", "total_tax_money", "total_discount_money");

    private final OrderBook book;
    private final Payments payments;
    private final Refunds refunds;
    private final Inventory inventory;
    private final Ledger ledger;

    TillReturns(OrderBook book, Payments payments, Refunds refunds, Inventory inventory, Ledger ledger) {
        this.book = book;
        this.payments = payments;
        this.refunds = refunds;
        this.inventory = inventory;
        this.ledger = ledger;
    }

    /** {@code {"sale":"order id","items":[{"sku":..,"quantity":..}]}}: of lines that the sale has. */
    ObjectNode takeBack(JsonNode told) {
        ObjectNode sale = book.get(told.path("sale").asText());
        String currency = sale.at("/total_money/currency").asText();
        ObjectNode order = Json.object()
                .put("id", Ids.order())
                .put("location_id", sale.path("location_id").asText())
                .put("state", "COMPLETED")
                .put("created_at", book.now())
                .put("closed_at", book.now());
        order.putObject("source").put("name", "Square Point of Sale");
        ObjectNode back = order.putArray("returns")
                .addObject()
                .put("uid", Ids.uid())
                .put("source_order_id", sale.path("id").asText());
        sale.path("taxes").forEach(tax -> back.withArray("return_taxes").add(tax.deepCopy()));
        ArrayNode lines = back.putArray("return_line_items");
        for (JsonNode item : told.path("items")) {
            lines.add(line(
                    sold(sale, item.path("sku").asText()), item.path("quantity").asLong(1), currency));
        }
        long total = sum(lines, "total_money");
        ObjectNode amounts = Json.object();
        amounts.set("total_money", Amounts.money(total, currency));
        amounts.set("tax_money", Amounts.money(sum(lines, "total_tax_money"), currency));
        amounts.set("discount_money", Amounts.money(sum(lines, "total_discount_money"), currency));
        back.set("return_amounts", amounts);
        order.set("return_amounts", amounts.deepCopy());
        order.set("total_money", Amounts.money(0, currency));
        refund(order, sale, total, currency);
        book.insert(order);
        inventory.returned(order);
        ObjectNode detail = Json.object().put("sale", sale.path("id").asText());
        detail.set("total", amounts.path("total_money"));
        ledger.effect(
                "square",
                "till return",
                order.path("id").asText(),
                order.path("id").asText(),
                detail);
        return order;
    }

    private static JsonNode sold(JsonNode sale, String sku) {
        for (JsonNode line : sale.path("line_items")) {
            if (line.path("catalog_object_id").asText().equals(Catalog.variationId(sku))) {
                return line;
            }
        }
        throw new IllegalArgumentException("the sale has no " + sku);
    }

    /** The units' share of what the line came to. */
    private static ObjectNode line(JsonNode sold, long units, String currency) {
        long all = sold.path("quantity").asLong();
        if (units < 1 || units > all) {
            throw new IllegalArgumentException("the sale has " + all + " units, not " + units);
        }
        ObjectNode line = Json.object()
                .put("uid", Ids.uid())
                .put("source_line_item_uid", sold.path("uid").asText())
                .put("name", sold.path("name").asText())
                .put("quantity", Long.toString(units))
                .put("item_type", sold.path("item_type").asText())
                .put("catalog_object_id", sold.path("catalog_object_id").asText());
        line.set("base_price_money", sold.path("base_price_money"));
        AMOUNTS.forEach(name -> line.set(name, Amounts.money(Amounts.minor(sold.path(name)) * units / all, currency)));
        for (JsonNode applied : sold.path("applied_taxes")) {
            ObjectNode part = applied.deepCopy();
            part.set(
                    "applied_money",
                    Amounts.money(Amounts.minor(applied.path("applied_money")) * units / all, currency));
            line.withArray("applied_taxes").add(part);
        }
        return line;
    }

    private static long sum(JsonNode lines, String name) {
        long sum = 0;
        for (JsonNode line : lines) {
            sum += Amounts.minor(line.path(name));
        }
        return sum;
    }

    private void refund(ObjectNode order, JsonNode sale, long total, String currency) {
        String paymentId = sale.at("/tenders/0/payment_id").asText();
        ObjectNode refund = order.putArray("refunds")
                .addObject()
                .put("id", paymentId + "_" + Ids.uid())
                .put("location_id", sale.path("location_id").asText())
                .put("transaction_id", sale.path("id").asText())
                .put("tender_id", sale.at("/tenders/0/id").asText())
                .put("created_at", book.now())
                .put("reason", "Returned goods")
                .put("status", "APPROVED");
        refund.set("amount_money", Amounts.money(total, currency));
        ObjectNode payment = payments.get(paymentId);
        payment.set("refunded_money", Amounts.money(Amounts.minor(payment.path("refunded_money")) + total, currency));
        payment.withArray("refund_ids").add(refund.path("id").asText());
        payments.change(payment);
        refunds.keep(refund, paymentId, order.path("id").asText());
    }
}
