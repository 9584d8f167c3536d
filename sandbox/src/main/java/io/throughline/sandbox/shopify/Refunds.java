package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Refunds: money back on the payments it came from, lines taken off the order, units restocked where asked. */
final class Refunds {

    /** What Shopify calls credit as a gateway. */
    private static final String STORE_CREDIT = "shopify_store_credit";

    private final ShopStore store;
    private final Notifier notifier;
    private final InventoryBook inventory;
    private final Payments payments;
    private final Fulfillments fulfillments;

    /** Orders whose refunds wait for their provider. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    Refunds(ShopStore store, Notifier notifier, InventoryBook inventory, Payments payments, Fulfillments fulfillments) {
        this.store = store;
        this.notifier = notifier;
        this.inventory = inventory;
        this.payments = payments;
        this.fulfillments = fulfillments;
    }

    ObjectNode create(JsonNode arguments, String key) {
        JsonNode input = arguments.path("input");
        OrderDocument order = store.order(
                        Gid.idOf("Order", input.path("orderId").asText()))
                .orElseThrow(() -> UserErrors.of("Order does not exist.", "orderId"));
        String currency = input.path("currency").asText(order.presentmentCurrency());
        if (!currency.equals(order.presentmentCurrency())) {
            throw UserErrors.of("Currency must be " + order.presentmentCurrency() + ".", "currency");
        }
        ObjectNode refund = Json.object();
        String id = Long.toString(store.nextId("Refund"));
        refund.put("id", Long.parseLong(id));
        refund.put("admin_graphql_api_id", Gid.of("Refund", id));
        refund.put("order_id", Long.parseLong(order.id()));
        refund.put("created_at", store.bodyTime());
        refund.put("processed_at", store.bodyTime());
        refund.set("note", OrderView.present(input.path("note")));
        requireLeft(order, input);
        List<ObjectNode> moved = moneyBack(order, input.path("transactions"));
        moved.addAll(storeCredit(order, input.path("refundMethods")));
        ArrayNode lines = refund.putArray("refund_line_items");
        for (JsonNode wanted : input.path("refundLineItems")) {
            lines.add(takeOff(order, wanted));
        }
        takeShippingOff(order, input.path("shipping"));
        ArrayNode transactions = refund.putArray("transactions");
        moved.forEach(transaction -> transactions.add(Bodies.transaction(order, transaction)));
        keep(order, refund, moved);
        store.effect(
                "refundCreate",
                order.gid(),
                key,
                Json.object().put("refund", Gid.of("Refund", id)).set("input", input));
        return Json.object().put("refund", Gid.of("Refund", id)).put("order", order.gid());
    }

    private void keep(OrderDocument order, ObjectNode refund, List<ObjectNode> moved) {
        order.body().withArray("refunds").add(refund);
        fulfillments.settleLines(order);
        order.settleFinancialStatus();
        store.save(order);
        Nodes.own(store, "Refund", refund.path("id").asText(), order);
        moved.forEach(transaction -> notifier.transactionCreated(order, transaction));
        notifier.publish("refunds/create", order.gid(), refund);
        notifier.orderUpdated(order);
    }

    /** Whatever it goes to, no more is given back of an order than was paid, unless that is asked for. */
    private static void requireLeft(OrderDocument order, JsonNode input) {
        BigDecimal wanted = BigDecimal.ZERO;
        for (JsonNode each : input.path("transactions")) {
            wanted = wanted.add(new BigDecimal(each.path("amount").asText()));
        }
        for (JsonNode method : input.path("refundMethods")) {
            wanted = wanted.add(new BigDecimal(credited(method).path("amount").asText("0")));
        }
        BigDecimal left = order.refundable().presentment();
        if (!input.path("allowOverRefunding").asBoolean() && wanted.compareTo(left) > 0) {
            throw UserErrors.of(
                    "Refund amount must be positive and not greater than what is left to refund, "
                            + left.toPlainString() + ".",
                    "transactions",
                    "amount");
        }
    }

    private static JsonNode credited(JsonNode method) {
        return method.path("storeCreditRefund").path("amount");
    }

    /** Credit of the order's customer, which needs one, and goes back to no payment. It is never on its way. */
    private List<ObjectNode> storeCredit(OrderDocument order, JsonNode methods) {
        List<ObjectNode> moved = new ArrayList<>();
        for (JsonNode method : methods) {
            JsonNode amount = credited(method);
            if (!order.body().path("customer").path("id").isIntegralNumber()) {
                throw UserErrors.of(
                        "The order must have a customer to refund to store credit.",
                        "refundMethods",
                        "storeCreditRefund");
            }
            if (!amount.path("currencyCode").asText().equals(order.presentmentCurrency())) {
                throw UserErrors.of(
                        "Currency must be " + order.presentmentCurrency() + ".",
                        "refundMethods",
                        "storeCreditRefund",
                        "amount");
            }
            BigDecimal credit = new BigDecimal(amount.path("amount").asText());
            if (credit.signum() <= 0) {
                throw UserErrors.of("Amount must be positive.", "refundMethods", "storeCreditRefund", "amount");
            }
            moved.add(Payments.transaction(store, order, "REFUND", STORE_CREDIT, order.ofPresentment(credit)));
        }
        return moved;
    }

    private List<ObjectNode> moneyBack(OrderDocument order, JsonNode wanted) {
        List<ObjectNode> moved = new ArrayList<>();
        for (JsonNode each : wanted) {
            if (!each.path("kind").asText().equals("REFUND")) {
                throw UserErrors.of("Kind must be REFUND.", "transactions", "kind");
            }
            ObjectNode parent = order.transaction(
                            Gid.idOf("OrderTransaction", each.path("parentId").asText("")))
                    .filter(payment -> OrderDocument.is(payment, "SALE") || OrderDocument.is(payment, "CAPTURE"))
                    .orElseThrow(() ->
                            UserErrors.of("The parent must be a payment of the order.", "transactions", "parentId"));
            BigDecimal amount = new BigDecimal(each.path("amount").asText());
            if (!each.path("gateway").asText().equals(parent.path("gateway").asText())) {
                throw UserErrors.of("The gateway is not that of the parent payment.", "transactions", "gateway");
            }
            if (amount.signum() <= 0
                    || amount.compareTo(order.refundable(parent).presentment()) > 0) {
                throw UserErrors.of(
                        "Refund amount must be positive and not greater than what is left to refund, "
                                + order.refundable(parent).presentment().toPlainString() + ".",
                        "transactions",
                        "amount");
            }
            ObjectNode transaction = payments.add(order, "REFUND", parent, order.ofPresentment(amount));
            if (held.contains(order.id())) {
                transaction.put("status", "PENDING");
            }
            moved.add(transaction);
        }
        return moved;
    }

    /** What is given back of this order from now on is on its way, until {@link #release}. */
    void hold(OrderDocument order) {
        held.add(order.id());
    }

    /** What was on its way has come, or has failed; what is given back from now on comes at once. */
    void release(OrderDocument order, boolean success) {
        held.remove(order.id());
        order.transactions().stream()
                .filter(transaction -> transaction.path("kind").asText().equals("REFUND")
                        && transaction.path("status").asText().equals("PENDING"))
                .forEach(transaction -> transaction.put("status", success ? "SUCCESS" : "FAILURE"));
        order.settleFinancialStatus();
        store.save(order);
        notifier.orderUpdated(order);
    }

    private ObjectNode takeOff(OrderDocument order, JsonNode wanted) {
        String lineId = Gid.idOf("LineItem", wanted.path("lineItemId").asText());
        ObjectNode line = order.line(lineId)
                .orElseThrow(() -> UserErrors.of("Line item does not exist.", "refundLineItems", "lineItemId"));
        int units = wanted.path("quantity").asInt();
        int current = line.path("current_quantity").asInt(line.path("quantity").asInt());
        if (units < 1 || units > current) {
            throw UserErrors.of(
                    "Quantity cannot refund more items than were purchased.", "refundLineItems", "quantity");
        }
        String restockType = wanted.path("restockType").asText("NO_RESTOCK");
        boolean needsLocation = restockType.equals("RETURN");
        if (needsLocation && !wanted.path("locationId").isTextual()) {
            throw UserErrors.of("Location is needed to restock.", "refundLineItems", "locationId");
        }
        restock(order, line, restockType, units, wanted.path("locationId"));
        line.put("current_quantity", current - units);
        LineShare share = LineShare.of(order, line, units);
        OrderTotals.takeOff(order, share);
        ObjectNode refundLine = Json.object();
        refundLine.put("id", store.nextId("RefundLineItem"));
        refundLine.set("line_item_id", line.path("id"));
        refundLine.put("quantity", units);
        refundLine.put("restock_type", restockType.toLowerCase(Locale.ROOT));
        refundLine.set(
                "location_id",
                wanted.path("locationId").isTextual()
                        ? Json.tree(Long.parseLong(
                                Gid.idOf("Location", wanted.path("locationId").asText())))
                        : NullNode.instance);
        refundLine.put("subtotal", share.subtotal().shop());
        refundLine.set("subtotal_set", share.subtotal().toSet());
        refundLine.put("total_tax", share.tax().shop());
        refundLine.set("total_tax_set", share.tax().toSet());
        return refundLine;
    }

    private void restock(OrderDocument order, ObjectNode line, String restockType, int units, JsonNode location) {
        Optional<Product> product = store.product(line);
        if (restockType.equals("RETURN")) {
            inventory.restock(product, Long.parseLong(Gid.idOf("Location", location.asText())), units);
            return;
        }
        int open = dropOpenUnits(order, line, units, restockType.equals("CANCEL"));
        if (restockType.equals("CANCEL") && open < units) {
            throw UserErrors.of(
                    "Only unfulfilled items can be cancelled; use RETURN for fulfilled ones.",
                    "refundLineItems",
                    "restockType");
        }
    }

    /** Takes units off the open fulfillment orders of a line; returns how many there were to take. */
    int dropOpenUnits(OrderDocument order, ObjectNode line, int units, boolean backToShelf) {
        int taken = 0;
        for (FulfillmentOrderDocument work : store.fulfillmentOrders(order)) {
            for (ObjectNode part : work.lines()) {
                boolean same =
                        part.path("lineItemId").asText().equals(line.path("id").asText());
                int drop =
                        same && !work.ended() ? Math.min(units - taken, FulfillmentOrderDocument.remaining(part)) : 0;
                if (drop > 0) {
                    part.put("total", part.path("total").asInt() - drop);
                    part.put("remaining", FulfillmentOrderDocument.remaining(part) - drop);
                    taken += drop;
                    if (backToShelf) {
                        inventory.release(store.product(line), work.locationId(), drop);
                    } else {
                        inventory.ship(store.product(line), work.locationId(), drop);
                    }
                    if (work.remaining() == 0) {
                        work.status("CLOSED");
                    }
                    store.save(work);
                }
            }
        }
        return taken;
    }

    private static void takeShippingOff(OrderDocument order, JsonNode shipping) {
        if (shipping.path("fullRefund").asBoolean()) {
            OrderTotals.takeShippingOff(order, order.amount("current_shipping_price"));
        } else if (shipping.path("amount").isTextual()) {
            OrderTotals.takeShippingOff(
                    order,
                    order.ofPresentment(new BigDecimal(shipping.path("amount").asText())));
        }
    }
}
