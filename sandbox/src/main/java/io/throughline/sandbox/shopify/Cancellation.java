package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.List;
import java.util.Locale;

/** Cancels whole orders: asynchronously as a job for the API, at once for the merchant in the admin. */
final class Cancellation {

    private final ShopStore store;
    private final Notifier notifier;
    private final Payments payments;
    private final Refunds refunds;
    private final Background background;

    Cancellation(ShopStore store, Notifier notifier, Payments payments, Refunds refunds, Background background) {
        this.store = store;
        this.notifier = notifier;
        this.payments = payments;
        this.refunds = refunds;
        this.background = background;
    }

    ObjectNode request(JsonNode arguments) {
        OrderDocument order = store.order(
                        Gid.idOf("Order", arguments.path("orderId").asText()))
                .orElseThrow(() -> UserErrors.coded("NOT_FOUND", "Order does not exist.", "orderId"));
        requireCancellable(order);
        String jobId = "cancel-" + order.id() + "-" + store.nextId("Job");
        String gid = Gid.of("Job", jobId);
        store.save(
                "Job",
                jobId,
                Json.object().put("__typename", "Job").put("id", gid).put("done", false));
        long delay = store.context().config().setting("shopify.job.millis", 100L);
        background.later(delay, () -> {
            store.order(order.id()).filter(now -> !now.cancelled()).ifPresent(now -> cancel(now, arguments));
            store.save(
                    "Job",
                    jobId,
                    Json.object().put("__typename", "Job").put("id", gid).put("done", true));
        });
        return Json.object().put("job", gid);
    }

    void requireCancellable(OrderDocument order) {
        if (order.cancelled()) {
            throw UserErrors.coded("INVALID", "The order is already cancelled.", "orderId");
        }
        boolean shipped = store.fulfillmentOrders(order).stream()
                .anyMatch(work -> !work.methodType().equals("NONE") && work.fulfilled() > 0);
        if (shipped) {
            throw UserErrors.coded("INVALID", "An order with fulfilled items cannot be cancelled.", "orderId");
        }
    }

    /** Arguments as those of the mutation: reason, restock, refundMethod. Must run inside a transaction. */
    void cancel(OrderDocument order, JsonNode arguments) {
        String time = store.bodyTime();
        order.body().put("cancelled_at", time);
        order.body().put("closed_at", time);
        order.body()
                .put("cancel_reason", arguments.path("reason").asText("OTHER").toLowerCase(Locale.ROOT));
        for (ObjectNode line : order.lines()) {
            int units =
                    line.path("current_quantity").asInt(line.path("quantity").asInt());
            refunds.dropOpenUnits(order, line, units, arguments.path("restock").asBoolean());
            line.put("current_quantity", 0);
            line.put("fulfillable_quantity", 0);
        }
        for (FulfillmentOrderDocument work : store.fulfillmentOrders(order)) {
            if (!work.methodType().equals("NONE")) {
                work.status("CANCELLED");
                store.save(work);
                notifier.fulfillmentOrder("cancelled", work);
            }
        }
        store.save(order);
        giveMoneyBack(order, arguments.path("refundMethod"));
        store.save(order);
        notifier.order("orders/cancelled", order);
        notifier.orderUpdated(order);
        store.effect("orderCancel", order.gid(), order.gid(), arguments);
    }

    private void giveMoneyBack(OrderDocument order, JsonNode method) {
        for (ObjectNode transaction : List.copyOf(order.transactions())) {
            if (OrderDocument.is(transaction, "AUTHORIZATION")
                    && order.capturable(transaction).isPositive()) {
                payments.voidAuthorization(order, transaction);
            }
        }
        if (!method.path("originalPaymentMethodsRefund").asBoolean()) {
            return;
        }
        for (ObjectNode transaction : List.copyOf(order.transactions())) {
            boolean taken = OrderDocument.is(transaction, "SALE") || OrderDocument.is(transaction, "CAPTURE");
            if (taken && order.refundable(transaction).isPositive()) {
                payments.finish(order, payments.add(order, "REFUND", transaction, order.refundable(transaction)));
            }
        }
    }
}
