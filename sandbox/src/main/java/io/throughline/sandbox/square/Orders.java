package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Ledger;
import io.throughline.sandbox.core.SampleRetailer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes, changes and pays orders by Square's rules, and closes them when they are paid and their work is done. */
final class Orders {

    private final OrderBook book;
    private final Merchant merchant;
    private final Catalog catalog;
    private final Inventory inventory;
    private final Ledger ledger;
    private Consumer<String> paid = _ -> {};

    Orders(OrderBook book, Merchant merchant, Catalog catalog, Inventory inventory, Ledger ledger) {
        this.book = book;
        this.merchant = merchant;
        this.catalog = catalog;
        this.inventory = inventory;
        this.ledger = ledger;
    }

    /** Whoever wants to know that an order was paid, inside the transaction that pays it. */
    void whenPaid(Consumer<String> listener) {
        paid = listener;
    }

    ObjectNode create(JsonNode body) {
        if (!(body.path("order") instanceof ObjectNode given)) {
            throw SquareError.missing("order");
        }
        ObjectNode order = given.deepCopy();
        String location = order.path("location_id").asText("");
        if (location.isEmpty()) {
            throw SquareError.missing("order.location_id");
        }
        String now = book.now();
        order.put("id", Ids.order()).put("version", 1).put("created_at", now);
        if (!order.hasNonNull("state")) {
            order.put("state", "OPEN");
        }
        if (!order.hasNonNull("source")) {
            order.putObject("source").put("name", "Sandbox application");
        }
        price(order, merchant.currency(location));
        if (order.path("fulfillments").size() > 1) {
            throw SquareError.badRequest("An order can be created with at most one fulfillment.");
        }
        Fulfillments.of(order).forEach(fulfillment -> Fulfillments.accept(fulfillment, now));
        book.insert(order);
        effect(
                "POST /v2/orders",
                order,
                key(body, order),
                order.path("reference_id").asText(""));
        return wrap(order);
    }

    /** Checks lines and adjustments, gives them uids and works out the amounts. */
    void price(ObjectNode order, String currency) {
        for (JsonNode line : order.path("line_items")) {
            check((ObjectNode) line, currency);
        }
        for (String list : List.of("taxes", "discounts", "service_charges")) {
            order.path(list).forEach(entry -> identify((ObjectNode) entry));
        }
        OrderPricing.price(order, currency);
    }

    private void check(ObjectNode line, String currency) {
        identify(line);
        String quantity = line.path("quantity").asText("");
        if (!quantity.matches("[1-9][0-9]{0,6}")) {
            throw SquareError.invalid(
                    "INVALID_VALUE", "Quantity must be a whole number above zero.", "order.line_items.quantity");
        }
        String object = line.path("catalog_object_id").asText("");
        if (!object.isEmpty()) {
            SampleRetailer.Product product =
                    catalog.product(object).orElseThrow(() -> SquareError.notFound("Item variation", object));
            line.put("name", product.title()).put("variation_name", product.variantTitle());
            if (!line.hasNonNull("base_price_money")) {
                line.set("base_price_money", Amounts.money(Catalog.price(product, currency), currency));
            }
        } else if (line.path("name").asText("").isEmpty()) {
            throw SquareError.missing("order.line_items.name");
        }
        Amounts.require(line.path("base_price_money"), currency, "order.line_items.base_price_money");
    }

    private static void identify(ObjectNode entry) {
        if (!entry.hasNonNull("uid")) {
            entry.put("uid", Ids.uid());
        }
    }

    /** {@code PUT /v2/orders/{id}}: the given fields replace the present ones, lists by uid; the version must be the newest. */
    ObjectNode update(String id, JsonNode body) {
        ObjectNode order = book.get(id);
        JsonNode given = body.path("order");
        if (!order.has("version")) {
            throw SquareError.badRequest("Orders that were not created through the API cannot be updated.");
        }
        if (!given.path("version").isIntegralNumber()) {
            throw SquareError.missing("order.version");
        }
        if (given.path("version").asLong() != order.path("version").asLong()) {
            throw SquareError.versionMismatch(
                    given.path("version").asLong(), order.path("version").asLong());
        }
        String location = order.path("location_id").asText();
        if (given.has("location_id")
                && !location.equals(given.path("location_id").asText())) {
            throw SquareError.invalid("INVALID_VALUE", "The order's location cannot change.", "order.location_id");
        }
        SparseUpdate.Result result = SparseUpdate.apply(order, given, body.path("fields_to_clear"), book.now());
        price(order, merchant.currency(location));
        settle(order);
        book.change(order);
        result.moves().forEach(move -> book.tellFulfillment(order, move.uid(), move.from(), move.to()));
        String summary =
                result.moves().isEmpty() ? "changed" : result.moves().getLast().to();
        effect("PUT /v2/orders/{id}", order, key(body, order), summary);
        return wrap(order);
    }

    /** {@code POST /v2/orders/{id}/pay} without payments, which pays an order that costs nothing. */
    ObjectNode payNothing(String id, JsonNode body) {
        ObjectNode order = payable(id, body);
        if (Amounts.minor(order.path("net_amount_due_money")) != 0) {
            throw SquareError.invalid("MISSING_REQUIRED_PARAMETER", "The order has an amount due.", "payment_ids");
        }
        order.withArray("tenders")
                .addObject()
                .put("id", Ids.payment())
                .put("location_id", order.path("location_id").asText())
                .put("transaction_id", id)
                .put("created_at", book.now())
                .put("type", "NO_SALE")
                .set(
                        "amount_money",
                        Amounts.money(
                                0, merchant.currency(order.path("location_id").asText())));
        pay(order);
        effect("POST /v2/orders/{id}/pay", order, key(body, order), "NO_SALE");
        return wrap(order);
    }

    ObjectNode payable(String id, JsonNode body) {
        ObjectNode order = book.get(id);
        long version = order.path("version").asLong();
        if (body.path("order_version").isIntegralNumber()
                && body.path("order_version").asLong() != version) {
            throw SquareError.versionMismatch(body.path("order_version").asLong(), version);
        }
        if (!"OPEN".equals(order.path("state").asText()) || isPaid(order)) {
            throw SquareError.badRequest("The order is " + order.path("state").asText() + " and cannot be paid.");
        }
        return order;
    }

    /** The order's tenders are complete: it is priced anew, perhaps closed, and the store hears of it. */
    void pay(ObjectNode order) {
        price(order, merchant.currency(order.path("location_id").asText()));
        settle(order);
        book.change(order);
        paid.accept(order.path("id").asText());
    }

    static boolean isPaid(ObjectNode order) {
        return !order.path("tenders").isEmpty() && Amounts.minor(order.path("net_amount_due_money")) == 0;
    }

    /** Moves an order's fulfillment as the store's staff do; false where it has gone another way meanwhile. */
    boolean moveByStaff(String id, Optional<String> from, String to, Consumer<ObjectNode> note) {
        ObjectNode order = book.get(id);
        for (ObjectNode fulfillment : Fulfillments.of(order)) {
            String before = fulfillment.path("state").asText();
            if ((from.isPresent() && !from.get().equals(before)) || Fulfillments.isFinal(fulfillment)) {
                continue;
            }
            if (Fulfillments.move(fulfillment, to, book.now())) {
                note.accept(fulfillment);
                settle(order);
                book.change(order);
                book.tellFulfillment(order, fulfillment.path("uid").asText(), before, to);
                effect(
                        "staff " + to,
                        order,
                        id + "/" + fulfillment.path("uid").asText() + "/" + to,
                        before + " to " + to);
                return true;
            }
        }
        return false;
    }

    /** Closes an order that is paid and whose work is done, and one that costs nothing and whose work was given up. */
    private void settle(ObjectNode order) {
        if (!"OPEN".equals(order.path("state").asText())) {
            return;
        }
        List<ObjectNode> fulfillments = Fulfillments.of(order);
        if (!fulfillments.stream().allMatch(Fulfillments::isFinal)) {
            return;
        }
        boolean delivered = fulfillments.isEmpty()
                || fulfillments.stream()
                        .anyMatch(fulfillment ->
                                "COMPLETED".equals(fulfillment.path("state").asText()));
        if (delivered) {
            if (isPaid(order)) {
                close(order, "COMPLETED");
                inventory.sold(order);
            } else if (!fulfillments.isEmpty()) {
                throw SquareError.badRequest("A fulfillment cannot be COMPLETED before the order is paid.");
            }
        } else if (Amounts.minor(order.path("total_money")) == 0
                || order.path("tenders").isEmpty()) {
            close(order, "CANCELED");
        }
    }

    private void close(ObjectNode order, String state) {
        order.put("state", state).put("closed_at", book.now());
    }

    private void effect(String operation, ObjectNode order, String key, String note) {
        ObjectNode detail = Json.object()
                .put("location", order.path("location_id").asText())
                .put("reference", order.path("reference_id").asText(""))
                .put("state", order.path("state").asText())
                .put("note", note);
        detail.set("total", order.path("total_money"));
        ledger.effect("square", operation, order.path("id").asText(), key, detail);
    }

    static String key(JsonNode body, ObjectNode order) {
        String natural = order.path("id").asText() + "#" + order.path("version").asLong(0);
        return body.path("idempotency_key").asText(natural);
    }

    static ObjectNode wrap(JsonNode order) {
        ObjectNode answer = Json.object();
        answer.set("order", order);
        return answer;
    }
}
