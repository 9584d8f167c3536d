package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Ledger;

/**
 * Sales rung up at the till. Such an order has no version, is complete at once, and takes its units out of stock. A sale taken
 * offline is dated by the till's own clock and marks its payment.
 */
final class Tills {

    private final OrderBook book;
    private final Orders orders;
    private final Payments payments;
    private final Inventory inventory;
    private final Merchant merchant;
    private final Ledger ledger;

    Tills(OrderBook book, Orders orders, Payments payments, Inventory inventory, Merchant merchant, Ledger ledger) {
        this.book = book;
        this.orders = orders;
        this.payments = payments;
        this.inventory = inventory;
        this.merchant = merchant;
        this.ledger = ledger;
    }

    /**
     * {@code {"location":"LHARBOR","tender":"CASH","items":[{"sku":..,"quantity":..,"price":minor units}],"taxes":[{"name":..,
     * "percentage":"6.25","type":"ADDITIVE"}],"discounts":[..],"tip":..,"ticketName":..,"clientTime":..,"offline":true}}.
     */
    ObjectNode sell(JsonNode sale) {
        String location = sale.path("location").asText("");
        if (location.isEmpty() || sale.path("items").isEmpty()) {
            throw new IllegalArgumentException("a sale needs a location and items");
        }
        String tender = sale.path("tender").asText("CARD");
        if (!tender.equals("CARD") && !tender.equals("CASH")) {
            throw new IllegalArgumentException("tender must be CARD or CASH, not " + tender);
        }
        String currency = merchant.currency(location);
        String clientTime = sale.path("clientTime").asText(book.now());
        ObjectNode order = Json.object()
                .put("id", Ids.order())
                .put("location_id", location)
                .put("state", "OPEN")
                .put("created_at", clientTime);
        order.putObject("source").put("name", "Square Point of Sale");
        if (sale.hasNonNull("ticketName")) {
            order.set("ticket_name", sale.path("ticketName"));
        }
        lines(sale, order.putArray("line_items"), currency);
        for (String list : new String[] {"taxes", "discounts"}) {
            if (sale.has(list)) {
                order.set(list, sale.path(list).deepCopy());
            }
        }
        orders.price(order, currency);
        long due = Amounts.minor(order.path("total_money"));
        ObjectNode payment =
                payments.payment(location, tender, due, sale.path("tip").asLong(0), currency);
        payment.put("order_id", order.path("id").asText()).put("status", "COMPLETED");
        if (sale.path("offline").asBoolean(false)) {
            payment.put("is_offline_payment", true)
                    .putObject("offline_payment_details")
                    .put("client_created_at", clientTime);
        }
        Payments.tender(order, payment);
        orders.price(order, currency);
        order.put("state", "COMPLETED").put("closed_at", book.now());
        book.insert(order);
        payments.insert(payment);
        inventory.sold(order);
        ObjectNode detail = Json.object().put("location", location).put("tender", tender);
        detail.set("total", order.path("total_money"));
        ledger.effect(
                "square",
                "till sale",
                order.path("id").asText(),
                order.path("id").asText(),
                detail);
        return order;
    }

    private static void lines(JsonNode sale, ArrayNode lines, String currency) {
        for (JsonNode item : sale.path("items")) {
            ObjectNode line =
                    lines.addObject().put("quantity", item.path("quantity").asText("1"));
            line.put("catalog_object_id", Catalog.variationId(item.path("sku").asText()));
            if (item.has("price")) {
                line.set("base_price_money", Amounts.money(item.path("price").asLong(), currency));
            }
            if (item.has("name")) {
                line.remove("catalog_object_id");
                line.put("name", item.path("name").asText());
            }
        }
    }
}
