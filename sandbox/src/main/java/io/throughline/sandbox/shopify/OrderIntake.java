package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Facility;
import io.throughline.sandbox.core.SampleRetailer.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a webhook-shaped order body an order of the shop: transactions, fulfillment orders, committed stock, webhooks. */
final class OrderIntake {

    private static final Duration AUTHORIZATION_LASTS = Duration.ofDays(7);

    private final ShopDesk desk;
    private final ShopStore store;

    OrderIntake(ShopDesk desk) {
        this.desk = desk;
        this.store = desk.store();
    }

    /** Whether the body made a new order; taking the same body again changes nothing. */
    record Taken(OrderDocument order, boolean isNew) {}

    /** Must run inside a transaction. Throws {@link InvalidOrder} for a body that is no order or collides with another. */
    Taken take(JsonNode given, Optional<String> facilityId, boolean announce) {
        ObjectNode body = OrderBody.check(given, store.shop());
        String id = body.path("id").asText();
        Optional<ObjectNode> earlier = store.find("OrderGiven", id);
        if (earlier.isPresent()) {
            if (earlier.get().equals(body)) {
                return new Taken(store.existingOrder(id), false);
            }
            throw new InvalidOrder(409, "id", "is taken by another order of this shop");
        }
        requireFreeName(body);
        store.save("OrderGiven", id, body);
        store.save("OrderName", body.path("name").asText(), Json.object().put("order", id));
        OrderDocument order = OrderDocument.create(OrderBody.completed(body));
        addTransactions(order, body.path("transactions"));
        store.save(order);
        makeWork(order, facilityId);
        keepCustomer(order);
        store.save(order);
        store.effect("control:order", order.gid(), order.gid(), Json.object().put("name", order.name()));
        if (announce) {
            announce(order);
        }
        return new Taken(order, true);
    }

    private void requireFreeName(ObjectNode body) {
        String name = body.path("name").asText();
        if (store.find("OrderName", name).isPresent()) {
            throw new InvalidOrder(409, "name", "is taken by another order of this shop");
        }
    }

    void announce(OrderDocument order) {
        Notifier notifier = desk.notifier();
        notifier.order("orders/create", order);
        order.transactions().forEach(transaction -> notifier.transactionCreated(order, transaction));
        if (order.financialStatus().equals("PAID")) {
            notifier.order("orders/paid", order);
        }
        store.fulfillmentOrders(order).forEach(work -> notifier.fulfillmentOrder("order_routing_complete", work));
    }

    private void addTransactions(OrderDocument order, JsonNode explicit) {
        if (explicit.isArray()) {
            explicit.forEach(transaction -> addExplicit(order, transaction));
            return;
        }
        String kind = switch (order.financialStatus()) {
            case "PAID" -> "SALE";
            case "AUTHORIZED" -> "AUTHORIZATION";
            default -> "";
        };
        Bag total = order.amount("total_price");
        if (!kind.isEmpty() && total.isPositive()) {
            String gateway = order.body().path("payment_gateway_names").path(0).asText("shopify_payments");
            expiring(Payments.transaction(store, order, kind, gateway, total));
        }
    }

    private void addExplicit(OrderDocument order, JsonNode given) {
        JsonNode set = given.path("amount_set");
        Bag amount = set.isObject()
                ? Bag.of(set)
                : order.ofPresentment(new BigDecimal(given.path("amount").asText()));
        ObjectNode transaction = Payments.transaction(
                store,
                order,
                given.path("kind").asText().toUpperCase(Locale.ROOT),
                given.path("gateway").asText(),
                amount);
        if (given.path("id").isIntegralNumber()) {
            String wanted = given.path("id").asText();
            if (desk.nodes().owner("OrderTransaction", wanted).isPresent()) {
                throw new InvalidOrder(409, "transactions.id", wanted + " is taken by another order of this shop");
            }
            store.remove("OwnerOfOrderTransaction", transaction.path("id").asText());
            transaction.put("id", wanted);
            Nodes.own(store, "OrderTransaction", wanted, order);
        }
        transaction.put("status", given.path("status").asText("success").toUpperCase(Locale.ROOT));
        if (given.path("parent_id").isIntegralNumber()) {
            transaction.put("parent_id", given.path("parent_id").asText());
        }
        if (given.path("receipt").isObject()) {
            transaction.set("receipt", given.get("receipt"));
        }
        transaction.put("multi_capturable", given.path("multi_capturable").asBoolean());
        expiring(transaction);
    }

    private void expiring(ObjectNode transaction) {
        if (OrderDocument.is(transaction, "AUTHORIZATION")) {
            transaction.put(
                    "authorization_expires_at",
                    store.now().plus(AUTHORIZATION_LASTS).toString());
        }
    }

    /** One fulfillment order for what is carried, and one, closed at once, for what is delivered without (gift cards). */
    private void makeWork(OrderDocument order, Optional<String> facilityId) {
        Map<String, Integer> carried = new LinkedHashMap<>();
        Map<String, Integer> digital = new LinkedHashMap<>();
        for (ObjectNode line : order.lines()) {
            int units =
                    line.path("current_quantity").asInt(line.path("quantity").asInt());
            boolean carry = line.path("requires_shipping").asBoolean(true);
            if (units > 0) {
                (carry ? carried : digital).put(line.path("id").asText(), units);
            }
        }
        WorkSplitter splitter = new WorkSplitter(store);
        JsonNode shippingLine = order.body().path("shipping_lines").path(0);
        Optional<String> presented =
                Optional.ofNullable(shippingLine.path("title").textValue());
        if (!carried.isEmpty()) {
            Optional<Facility> pickUp = pickUpStore(order);
            Facility facility = facilityId
                    .map(this::facility)
                    .or(() -> pickUp)
                    .orElseGet(() -> store.retailer().facilities().getFirst());
            splitter.create(
                    order,
                    facility.shopifyLocationId(),
                    pickUp.isPresent() ? "PICK_UP" : "SHIPPING",
                    presented,
                    carried);
            carried.forEach((lineId, units) -> desk.inventory()
                    .commit(order.line(lineId).flatMap(store::product), facility.shopifyLocationId(), units));
        }
        if (!digital.isEmpty()) {
            Facility facility = store.retailer().facilities().getFirst();
            FulfillmentOrderDocument work =
                    splitter.create(order, facility.shopifyLocationId(), "NONE", Optional.empty(), digital);
            work.lines().forEach(line -> line.put("remaining", 0));
            work.status("CLOSED");
            store.save(work);
        }
    }

    private Facility facility(String facilityId) {
        return store.retailer()
                .facility(facilityId)
                .orElseThrow(() -> new InvalidOrder(422, "location", "names no facility: " + facilityId));
    }

    /** Pickup shows only in this: the shipping line is called like a store, costs nothing, and there is no address. */
    private Optional<Facility> pickUpStore(OrderDocument order) {
        JsonNode line = order.body().path("shipping_lines").path(0);
        boolean free = new BigDecimal(line.path("price").asText("0")).signum() == 0;
        if (!free || order.body().path("shipping_address").isObject()) {
            return Optional.empty();
        }
        return store.retailer().facilities().stream()
                .filter(facility -> facility.kind() == Kind.STORE)
                .filter(facility -> facility.name().equals(line.path("title").asText()))
                .findFirst();
    }

    private void keepCustomer(OrderDocument order) {
        JsonNode customer = order.body().path("customer");
        if (customer instanceof ObjectNode known && known.path("id").isIntegralNumber()) {
            store.save("Customer", known.path("id").asText(), known);
        }
    }
}
