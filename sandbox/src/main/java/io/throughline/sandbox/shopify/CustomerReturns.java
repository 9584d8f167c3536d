package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Returns as Shopify keeps them: a customer requests one, or the staff opens one, of units that were fulfilled and are in no other return; a request is approved or
 * declined once, and only an open return is cancelled or closed. Each change is one of its order, too.
 */
final class CustomerReturns {

    private static final String KIND = "Return";
    private static final Set<String> DECLINE_REASONS = Set.of("RETURN_PERIOD_ENDED", "FINAL_SALE", "OTHER");
    private static final int LONGEST_NOTE = 500;

    private final ShopStore store;
    private final Notifier notifier;

    CustomerReturns(ShopStore store, Notifier notifier) {
        this.store = store;
        this.notifier = notifier;
    }

    /** By control call: a customer asks for it in their account, or, with {@code "open":true}, the staff opens it in the admin. */
    ObjectNode ask(OrderDocument order, JsonNode asked) {
        boolean open = asked.path("open").asBoolean();
        if (asked.path("lines").isEmpty()) {
            throw UserErrors.coded("BLANK", "At least one line is needed.", "returnLineItems");
        }
        ObjectNode made = Json.object()
                .put("id", Long.toString(store.nextId(KIND)))
                .put("orderId", order.id())
                .put("name", order.name() + "-R" + (of(store, order).size() + 1))
                .put("status", open ? "OPEN" : "REQUESTED")
                .put("createdAt", store.bodyTime())
                .put("exchange", asked.path("exchange").asBoolean());
        ArrayNode lines = made.putArray("lines");
        asked.path("lines").forEach(line -> take(order, lines, line));
        return say(open ? "returns/approve" : "returns/request", made, announced(asked));
    }

    private void take(OrderDocument order, ArrayNode lines, JsonNode wanted) {
        String lineId = wanted.path("line").asText();
        int left = wanted.path("quantity").asInt(1);
        if (left < 1) {
            throw UserErrors.coded("GREATER_THAN", "Quantity must be greater than 0.", "quantity");
        }
        int onOrder = order.line(lineId)
                .map(line -> line.path("current_quantity")
                        .asInt(line.path("quantity").asInt()))
                .orElse(0);
        if (left > onOrder) {
            throw UserErrors.coded("INVALID", "Return line item has an invalid quantity.", "quantity");
        }
        for (ObjectNode fulfillment : fulfilled(order)) {
            ArrayNode units = (ArrayNode) fulfillment.path("lines");
            for (int index = 0; index < units.size(); index++) {
                JsonNode part = units.get(index);
                String fulfillmentLine = fulfillment.path("id").asText() + "0" + index;
                boolean same = part.path("lineItemId").asText().equals(lineId);
                int taken = same
                        ? Math.min(left, part.path("quantity").asInt() - inReturns(order, lines, fulfillmentLine))
                        : 0;
                if (taken > 0) {
                    lines.addObject()
                            .put("id", Long.toString(store.nextId("ReturnLineItem")))
                            .put("fulfillmentLineItemId", fulfillmentLine)
                            .put("lineItemId", lineId)
                            .put("quantity", taken)
                            .put("handle", wanted.path("reason").asText("other"))
                            .put("processed", 0)
                            .put("refunded", 0);
                    left -= taken;
                }
            }
        }
        if (left > 0) {
            throw UserErrors.coded(
                    "INVALID", "Return line item has an invalid quantity: " + left + " too many.", "quantity");
        }
    }

    private List<ObjectNode> fulfilled(OrderDocument order) {
        return store.list("Fulfillment").stream()
                .filter(each -> each.path("orderId").asText().equals(order.id())
                        && each.path("status").asText().equals("SUCCESS"))
                .toList();
    }

    private int inReturns(OrderDocument order, ArrayNode lines, String fulfillmentLine) {
        return IntStream.concat(
                        of(store, order).stream()
                                .filter(each -> !Set.of("DECLINED", "CANCELED")
                                        .contains(each.path("status").asText()))
                                .mapToInt(each -> units(each.path("lines"), fulfillmentLine)),
                        IntStream.of(units(lines, fulfillmentLine)))
                .sum();
    }

    private static int units(JsonNode lines, String fulfillmentLine) {
        int units = 0;
        for (JsonNode line : lines) {
            units += line.path("fulfillmentLineItemId").asText().equals(fulfillmentLine)
                    ? line.path("quantity").asInt()
                    : 0;
        }
        return units;
    }

    ObjectNode approve(JsonNode arguments) {
        ObjectNode asked = existing(arguments.path("input").path("id"));
        return answer("returnApproveRequest", to(asked, "REQUESTED", "OPEN"), "returns/approve", arguments);
    }

    ObjectNode decline(JsonNode arguments) {
        JsonNode input = arguments.path("input");
        ObjectNode asked = existing(input.path("id"));
        if (!DECLINE_REASONS.contains(input.path("declineReason").asText())) {
            throw UserErrors.coded("INCLUSION", "Decline reason is not included in the list.", "declineReason");
        }
        if (input.path("declineNote").asText("").length() > LONGEST_NOTE) {
            throw UserErrors.coded("TOO_LONG", "Decline note is too long (maximum is 500 characters).", "declineNote");
        }
        to(asked, "REQUESTED", "DECLINED").set("decline", Json.object().set("reason", input.path("declineReason")));
        asked.withObject("decline").set("note", OrderView.present(input.path("declineNote")));
        return answer("returnDeclineRequest", asked, "returns/decline", arguments);
    }

    private ObjectNode answer(String operation, ObjectNode changed, String topic, JsonNode detail) {
        say(topic, changed, true);
        store.effect(operation, orderGid(changed), gid(changed), detail);
        return Json.object().put("return", gid(changed));
    }

    /** What the staff does in the admin: approve, decline, process (all units, and what of them was refunded), cancel, close. */
    ObjectNode byStaff(String id, String action, JsonNode asked) {
        ObjectNode one = existing(Json.tree(Gid.of(KIND, id)));
        boolean announced = announced(asked);
        return switch (action) {
            case "approve" -> say("returns/approve", to(one, "REQUESTED", "OPEN"), announced);
            case "decline" -> say("returns/decline", to(one, "REQUESTED", "DECLINED"), announced);
            case "process" ->
                say("returns/process", processed(one, asked.path("refunded").asBoolean(true)), announced);
            case "cancel" -> say("returns/cancel", to(untouched(one), "OPEN", "CANCELED"), announced);
            case "close" -> say("returns/close", to(one, "OPEN", "CLOSED"), announced);
            default -> throw UserErrors.of("A return is approved, declined, processed, cancelled or closed.", "action");
        };
    }

    private static ObjectNode processed(ObjectNode one, boolean refunded) {
        to(one, "OPEN", "OPEN");
        one.path("lines")
                .forEach(line -> ((ObjectNode) line)
                        .put("processed", line.path("quantity").asInt())
                        .put("refunded", refunded ? line.path("quantity").asInt() : 0));
        return one;
    }

    private static ObjectNode untouched(ObjectNode one) {
        one.path("lines").forEach(line -> {
            if (line.path("processed").asInt() > 0) {
                throw UserErrors.coded("INVALID_STATE", "Return has work done on it and cannot be canceled.", "id");
            }
        });
        return one;
    }

    private static ObjectNode to(ObjectNode one, String from, String status) {
        if (!one.path("status").asText().equals(from)) {
            throw UserErrors.coded(
                    "INVALID_STATE",
                    "Return is not " + from.toLowerCase(Locale.ROOT) + ": it is "
                            + one.path("status").asText().toLowerCase(Locale.ROOT) + ".",
                    "id");
        }
        return one.put("status", status);
    }

    private ObjectNode existing(JsonNode gid) {
        return store.find(KIND, Gid.idOf(KIND, gid.asText()))
                .orElseThrow(() -> UserErrors.coded("NOT_FOUND", "Return not found.", "id"));
    }

    private static boolean announced(JsonNode asked) {
        return !asked.path("webhooks").asText("auto").equals("none");
    }

    private ObjectNode say(String topic, ObjectNode one, boolean announced) {
        store.save(KIND, one.path("id").asText(), one);
        OrderDocument order = store.existingOrder(one.path("orderId").asText());
        store.save(order);
        if (announced) {
            notifier.publish(topic, order.gid(), body(one));
            notifier.orderUpdated(order);
        }
        return one;
    }

    private static ObjectNode body(ObjectNode one) {
        ObjectNode body = Json.object();
        body.put("id", one.path("id").asLong());
        body.put("admin_graphql_api_id", gid(one));
        body.put("status", one.path("status").asText().toLowerCase(Locale.ROOT));
        body.put("name", one.path("name").asText());
        body.putObject("order").put("id", one.path("orderId").asLong()).put("admin_graphql_api_id", orderGid(one));
        body.put("total_return_line_items", one.path("lines").size());
        return body;
    }

    static List<ObjectNode> of(ShopStore store, OrderDocument order) {
        return store.list(KIND).stream()
                .filter(each -> each.path("orderId").asText().equals(order.id()))
                .toList();
    }

    /** How an order shows its returns as a whole. */
    static String statusOf(ShopStore store, OrderDocument order) {
        Set<String> all = of(store, order).stream()
                .map(each -> each.path("status").asText())
                .collect(Collectors.toSet());
        if (all.contains("OPEN")) {
            return "IN_PROGRESS";
        }
        if (all.contains("REQUESTED")) {
            return "RETURN_REQUESTED";
        }
        return all.contains("CLOSED") ? "RETURNED" : "NO_RETURN";
    }

    static String gid(ObjectNode one) {
        return Gid.of(KIND, one.path("id").asText());
    }

    private static String orderGid(ObjectNode one) {
        return Gid.of("Order", one.path("orderId").asText());
    }

    static ObjectNode view(ShopStore store, ObjectNode one) {
        OrderDocument order = store.existingOrder(one.path("orderId").asText());
        ObjectNode view = Json.object();
        view.put("__typename", "Return");
        view.put("id", gid(one));
        view.set("status", one.path("status"));
        view.put("order", order.gid());
        ArrayNode exchange = view.putArray("exchangeLineItems");
        if (one.path("exchange").asBoolean()) {
            exchange.addObject()
                    .put("__typename", "ExchangeLineItem")
                    .put("id", Gid.of("ExchangeLineItem", one.path("id").asText()));
        }
        ArrayNode lines = view.putArray("returnLineItems");
        one.path("lines").forEach(line -> lines.add(line(store, order, line)));
        return view;
    }

    private static ObjectNode line(ShopStore store, OrderDocument order, JsonNode line) {
        ObjectNode view = Json.object();
        view.put("__typename", "ReturnLineItem");
        view.put("id", Gid.of("ReturnLineItem", line.path("id").asText()));
        view.set("quantity", line.path("quantity"));
        view.set("processedQuantity", line.path("processed"));
        view.set("refundedQuantity", line.path("refunded"));
        String handle = line.path("handle").asText();
        view.set(
                "returnReasonDefinition",
                handle.isEmpty()
                        ? NullNode.instance
                        : Json.object()
                                .put("__typename", "ReturnReasonDefinition")
                                .put("id", Gid.of("ReturnReasonDefinition", handle))
                                .put("handle", handle));
        ObjectNode fulfilled = view.putObject("fulfillmentLineItem");
        fulfilled.put("__typename", "FulfillmentLineItem");
        fulfilled.put(
                "id",
                Gid.of("FulfillmentLineItem", line.path("fulfillmentLineItemId").asText()));
        order.line(line.path("lineItemId").asText())
                .ifPresent(orderLine -> fulfilled.set("lineItem", new OrderLineViews(store, order).line(orderLine)));
        return view;
    }
}
