package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.sandbox.core.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The handshake between the merchant and a third-party location: request, accept or reject, cancellation likewise. */
final class FulfillmentRequests {

    private static final Set<String> REQUESTED = Set.of("SUBMITTED");

    private final ShopStore store;
    private final Notifier notifier;
    private final FulfillmentOrders orders;
    private final WorkSplitter splitter;

    FulfillmentRequests(ShopStore store, Notifier notifier, FulfillmentOrders orders) {
        this.store = store;
        this.notifier = notifier;
        this.orders = orders;
        this.splitter = new WorkSplitter(store);
    }

    ObjectNode submit(JsonNode arguments) {
        FulfillmentOrderDocument work = orders.existing(arguments.path("id"), "");
        orders.require(work, "REQUEST_FULFILLMENT", "Fulfillment cannot be requested in this state.");
        Map<String, Integer> picked =
                WorkSplitter.picked(work, arguments.path("fulfillmentOrderLineItems"), "fulfillmentOrderLineItems");
        ObjectNode payload = Json.object();
        if (!WorkSplitter.isEverything(work, picked)) {
            Map<String, Integer> rest = new LinkedHashMap<>();
            work.lines().forEach(line -> {
                int left = FulfillmentOrderDocument.remaining(line)
                        - picked.getOrDefault(line.path("id").asText(), 0);
                if (left > 0) {
                    rest.put(line.path("id").asText(), left);
                }
            });
            payload.put(
                    "unsubmittedFulfillmentOrder", splitter.carve(work, rest).gid());
        }
        ObjectNode request = request(work, "FULFILLMENT_REQUEST", arguments.path("message"));
        work.requestStatus("SUBMITTED");
        store.save(work);
        notifier.publish(
                "fulfillment_orders/fulfillment_request_submitted",
                Gid.of("Order", work.orderId()),
                Bodies.submitted(work, work, request));
        orders.effect("fulfillmentOrderSubmitFulfillmentRequest", work, work.gid() + ":" + picked, arguments);
        payload.put("originalFulfillmentOrder", work.gid());
        payload.put("submittedFulfillmentOrder", work.gid());
        return payload;
    }

    private ObjectNode request(FulfillmentOrderDocument work, String kind, JsonNode message) {
        ObjectNode request = work.requests().addObject();
        request.put("id", Long.toString(store.nextId("FulfillmentOrderMerchantRequest")));
        request.put("kind", kind);
        request.set("message", message.isTextual() ? message : NullNode.instance);
        request.put("sentAt", store.instant());
        return request;
    }

    ObjectNode accept(JsonNode arguments) {
        FulfillmentOrderDocument work = inRequest(arguments, REQUESTED);
        work.requestStatus("ACCEPTED");
        work.status("IN_PROGRESS");
        respond(work, arguments);
        return answered(work, "fulfillmentOrderAcceptFulfillmentRequest", "fulfillment_request_accepted", arguments);
    }

    ObjectNode reject(JsonNode arguments) {
        FulfillmentOrderDocument work = inRequest(arguments, REQUESTED);
        work.requestStatus("REJECTED");
        work.node()
                .set(
                        "rejectionReason",
                        arguments.path("reason").isTextual() ? arguments.path("reason") : new TextNode("OTHER"));
        respond(work, arguments);
        return answered(work, "fulfillmentOrderRejectFulfillmentRequest", "fulfillment_request_rejected", arguments);
    }

    ObjectNode submitCancellation(JsonNode arguments) {
        FulfillmentOrderDocument work = orders.existing(arguments.path("id"), "");
        orders.require(work, "REQUEST_CANCELLATION", "Cancellation cannot be requested in this state.");
        request(work, "CANCELLATION_REQUEST", arguments.path("message"));
        work.requestStatus("CANCELLATION_REQUESTED");
        return answered(work, "fulfillmentOrderSubmitCancellationRequest", "cancellation_request_submitted", arguments);
    }

    ObjectNode acceptCancellation(JsonNode arguments) {
        FulfillmentOrderDocument work = inRequest(arguments, Set.of("CANCELLATION_REQUESTED"));
        work.requestStatus("CANCELLATION_ACCEPTED");
        work.status("OPEN");
        respond(work, arguments);
        return answered(work, "fulfillmentOrderAcceptCancellationRequest", "cancellation_request_accepted", arguments);
    }

    ObjectNode rejectCancellation(JsonNode arguments) {
        FulfillmentOrderDocument work = inRequest(arguments, Set.of("CANCELLATION_REQUESTED"));
        work.requestStatus("CANCELLATION_REJECTED");
        respond(work, arguments);
        return answered(work, "fulfillmentOrderRejectCancellationRequest", "cancellation_request_rejected", arguments);
    }

    /** Cancels what the location has not accepted yet (or was asked to cancel); a replacement carries the work left. */
    ObjectNode cancel(JsonNode arguments) {
        FulfillmentOrderDocument work = orders.existing(arguments.path("id"), "");
        if (work.reportedProgress()) {
            throw UserErrors.coded(
                    "FULFILLMENT_ORDER_HAS_MANUALLY_REPORTED_PROGRESS",
                    "Cannot cancel a fulfillment order that has had progress reported.",
                    "id");
        }
        orders.require(work, "CANCEL_FULFILLMENT_ORDER", "Cannot cancel a fulfillment order in this state.");
        FulfillmentOrderDocument replacement = splitter.carve(work, WorkSplitter.picked(work, Json.array()));
        work.status("CLOSED");
        work.requestStatus("CLOSED");
        store.save(work);
        notifier.fulfillmentOrder("cancelled", work);
        orders.effect("fulfillmentOrderCancel", work, work.gid(), arguments);
        return Json.object().put("fulfillmentOrder", work.gid()).put("replacementFulfillmentOrder", replacement.gid());
    }

    /** What the location says of the newest request; nothing where it gives neither a reason nor words. */
    private static void respond(FulfillmentOrderDocument work, JsonNode arguments) {
        ObjectNode response = Json.object();
        for (String name : List.of("reason", "message")) {
            if (arguments.path(name).isTextual()) {
                response.set(name, arguments.path(name));
            }
        }
        if (!response.isEmpty() && !work.requests().isEmpty()) {
            ((ObjectNode) work.requests().get(work.requests().size() - 1)).set("responseData", response);
        }
    }

    private FulfillmentOrderDocument inRequest(JsonNode arguments, Set<String> statuses) {
        FulfillmentOrderDocument work = orders.existing(arguments.path("id"), "");
        if (work.ended() || !statuses.contains(work.requestStatus())) {
            throw UserErrors.of(
                    "The fulfillment order has no such request waiting (status " + work.status() + ", request status "
                            + work.requestStatus() + ")",
                    "id");
        }
        return work;
    }

    private ObjectNode answered(FulfillmentOrderDocument work, String operation, String event, JsonNode arguments) {
        store.save(work);
        notifier.fulfillmentOrder(event, work);
        orders.effect(operation, work, work.gid() + "#" + work.requests().size(), arguments);
        return Json.object().put("fulfillmentOrder", work.gid());
    }
}
