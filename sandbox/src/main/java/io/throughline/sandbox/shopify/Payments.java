package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Money that moves on an order: captures and voids of authorizations. Neither takes an idempotency key. */
final class Payments {

    private final ShopStore store;
    private final Notifier notifier;

    Payments(ShopStore store, Notifier notifier) {
        this.store = store;
        this.notifier = notifier;
    }

    ObjectNode capture(JsonNode arguments) {
        JsonNode input = arguments.path("input");
        OrderDocument order = store.order(Gid.idOf("Order", input.path("id").asText()))
                .orElseThrow(() -> UserErrors.of("Order does not exist.", "input", "id"));
        String parentId =
                Gid.idOf("OrderTransaction", input.path("parentTransactionId").asText());
        ObjectNode parent = order.transaction(parentId)
                .orElseThrow(() -> UserErrors.of("Transaction does not exist.", "input", "parentTransactionId"));
        BigDecimal amount = new BigDecimal(input.path("amount").asText());
        requireCapturable(order, parent, amount, input);
        ObjectNode capture = add(order, "CAPTURE", parent, order.ofPresentment(amount));
        capture.put("final_capture", input.path("finalCapture").asBoolean());
        boolean paidBefore = order.financialStatus().equals("PAID");
        finish(order, capture);
        if (!paidBefore && order.financialStatus().equals("PAID")) {
            notifier.order("orders/paid", order);
        }
        store.effect(
                "orderCapture",
                order.gid(),
                parentId + ":" + amount.toPlainString(),
                Json.object()
                        .put("transaction", gid(capture))
                        .put("amount", amount.toPlainString())
                        .put("currency", order.presentmentCurrency()));
        return Json.object().put("transaction", gid(capture));
    }

    private void requireCapturable(OrderDocument order, ObjectNode parent, BigDecimal amount, JsonNode input) {
        if (order.cancelled()) {
            throw UserErrors.of("The order is cancelled.", "input", "id");
        }
        if (!OrderDocument.is(parent, "AUTHORIZATION")) {
            throw UserErrors.of("Only a successful authorization can be captured.", "input", "parentTransactionId");
        }
        Optional<OffsetDateTime> expires = Optional.ofNullable(parent.get("authorization_expires_at"))
                .map(text -> OffsetDateTime.parse(text.asText()));
        if (expires.isPresent() && expires.get().toInstant().isBefore(store.now())) {
            throw UserErrors.of("The authorization has expired.", "input", "parentTransactionId");
        }
        boolean foreign = !order.currency().equals(order.presentmentCurrency());
        String currency = input.path("currency").asText(foreign ? "" : order.currency());
        if (!currency.equals(order.presentmentCurrency())) {
            throw UserErrors.of(
                    "Currency must be the presentment currency " + order.presentmentCurrency() + ".",
                    "input",
                    "currency");
        }
        BigDecimal rounded = Bag.scaled(amount, currency);
        if (amount.signum() <= 0 || rounded.compareTo(amount) != 0) {
            throw UserErrors.of("Amount must be positive and fit the currency's decimals.", "input", "amount");
        }
        Bag left = order.capturable(parent);
        if (amount.compareTo(left.presentment()) > 0) {
            throw UserErrors.of(
                    "Amount cannot exceed the outstanding authorized amount "
                            + left.presentment().toPlainString() + ".",
                    "input",
                    "amount");
        }
    }

    ObjectNode voided(JsonNode arguments) {
        String parentId = Gid.idOf(
                "OrderTransaction", arguments.path("parentTransactionId").asText());
        OrderDocument order = store.find("OwnerOfOrderTransaction", parentId)
                .flatMap(owner -> store.order(owner.path("order").asText()))
                .orElseThrow(() -> UserErrors.coded(
                        "TRANSACTION_NOT_FOUND", "The transaction does not exist.", "parentTransactionId"));
        ObjectNode parent = order.transaction(parentId).orElseThrow();
        if (!OrderDocument.is(parent, "AUTHORIZATION")) {
            throw UserErrors.coded(
                    "AUTH_NOT_SUCCESSFUL", "Only a successful authorization can be voided.", "parentTransactionId");
        }
        if (!order.capturable(parent).isPositive() || !order.children(parent).isEmpty()) {
            throw UserErrors.coded(
                    "AUTH_NOT_VOIDABLE", "The authorization was captured or voided before.", "parentTransactionId");
        }
        ObjectNode transaction = voidAuthorization(order, parent);
        store.effect("transactionVoid", order.gid(), parentId, Json.object().put("transaction", gid(transaction)));
        return Json.object().put("transaction", gid(transaction));
    }

    /** What is still to be paid comes in: what was pending succeeds, and the rest is marked as paid by hand. */
    void receive(OrderDocument order) {
        List<ObjectNode> moved = new ArrayList<>(order.transactions().stream()
                .filter(transaction -> transaction.path("status").asText().equals("PENDING"))
                .toList());
        moved.forEach(transaction -> transaction.put("status", "SUCCESS"));
        Bag rest = order.outstanding();
        if (rest.isPositive()) {
            moved.add(transaction(store, order, "SALE", "manual", rest));
        }
        moved.forEach(transaction -> finish(order, transaction));
        store.effect(
                "control:pay",
                order.gid(),
                order.gid() + "@" + store.instant(),
                Json.object().put("transactions", moved.size()));
    }

    /** What is authorised may be captured until then, and no longer. */
    void lasts(OrderDocument order, Instant until) {
        order.transactions().stream()
                .filter(transaction -> OrderDocument.is(transaction, "AUTHORIZATION"))
                .forEach(transaction -> transaction.put("authorization_expires_at", until.toString()));
        store.save(order);
        store.effect(
                "control:authorisation",
                order.gid(),
                order.gid() + "@" + until,
                Json.object().put("until", until.toString()));
        notifier.orderUpdated(order);
    }

    /** Voids without asking, as the cancellation of an order does. */
    ObjectNode voidAuthorization(OrderDocument order, ObjectNode parent) {
        ObjectNode transaction = add(order, "VOID", parent, Bag.of(parent.path("amount_set")));
        finish(order, transaction);
        return transaction;
    }

    /** Adds a successful transaction on a parent; {@link #finish} must follow. */
    ObjectNode add(OrderDocument order, String kind, ObjectNode parent, Bag amount) {
        ObjectNode transaction =
                transaction(store, order, kind, parent.path("gateway").asText(), amount);
        transaction.put("parent_id", parent.path("id").asText());
        return transaction;
    }

    static ObjectNode transaction(ShopStore store, OrderDocument order, String kind, String gateway, Bag amount) {
        ObjectNode transaction = order.transactionArray().addObject();
        String id = Long.toString(store.nextId("OrderTransaction"));
        transaction.put("id", id);
        transaction.put("kind", kind);
        transaction.put("status", "SUCCESS");
        transaction.put("gateway", gateway);
        transaction.set("amount_set", amount.toSet());
        transaction.put("created_at", store.bodyTime());
        Nodes.own(store, "OrderTransaction", id, order);
        return transaction;
    }

    void finish(OrderDocument order, ObjectNode transaction) {
        order.settleFinancialStatus();
        store.save(order);
        notifier.transactionCreated(order, transaction);
        notifier.orderUpdated(order);
    }

    static String gid(ObjectNode transaction) {
        return Gid.of("OrderTransaction", transaction.path("id").asText());
    }
}
