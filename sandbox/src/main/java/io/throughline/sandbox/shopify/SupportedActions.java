package io.throughline.sandbox.shopify;

import io.throughline.sandbox.core.SampleRetailer.Kind;
import java.util.ArrayList;
import java.util.List;

/** What may be done to a fulfillment order in its present state; every mutation on one asks here first. */
final class SupportedActions {

    private SupportedActions() {}

    static List<String> of(ShopStore store, FulfillmentOrderDocument work) {
        List<String> actions = new ArrayList<>();
        if (work.methodType().equals("NONE")) {
            return actions;
        }
        boolean service = isService(store, work);
        switch (work.status()) {
            case "OPEN" -> open(work, service, actions);
            case "IN_PROGRESS" -> inProgress(work, service, actions);
            case "SCHEDULED" -> actions.addAll(List.of("MARK_AS_OPEN", "MOVE"));
            case "ON_HOLD" -> actions.addAll(List.of("RELEASE_HOLD", "HOLD", "MOVE"));
            default -> {
                // An ended fulfillment order supports nothing.
            }
        }
        if (actions.contains("MOVE")
                && work.status().equals("OPEN")
                && !mergeable(store, work).isEmpty()) {
            actions.add("MERGE");
        }
        return actions;
    }

    private static void open(FulfillmentOrderDocument work, boolean service, List<String> actions) {
        switch (work.requestStatus()) {
            case "SUBMITTED", "CANCELLATION_REQUESTED" -> actions.add("CANCEL_FULFILLMENT_ORDER");
            case "ACCEPTED" -> actions.addAll(List.of("CREATE_FULFILLMENT", "REQUEST_CANCELLATION"));
            default -> {
                actions.add("CREATE_FULFILLMENT");
                actions.add(service ? "REQUEST_FULFILLMENT" : "REPORT_PROGRESS");
                actions.add("MOVE");
                actions.add("HOLD");
                if (work.remaining() > 1) {
                    actions.add("SPLIT");
                }
            }
        }
    }

    private static void inProgress(FulfillmentOrderDocument work, boolean service, List<String> actions) {
        if (work.requestStatus().equals("CANCELLATION_REQUESTED")) {
            actions.addAll(List.of("CREATE_FULFILLMENT", "CANCEL_FULFILLMENT_ORDER"));
            return;
        }
        actions.add("CREATE_FULFILLMENT");
        if (service && work.requestStatus().equals("ACCEPTED")) {
            actions.add("REQUEST_CANCELLATION");
        }
        if (work.reportedProgress()) {
            actions.addAll(List.of("REPORT_PROGRESS", "MARK_AS_OPEN"));
        } else if (!service) {
            // Part of it was shipped from a store: the rest can still go elsewhere.
            actions.addAll(List.of("MOVE", "HOLD", "REPORT_PROGRESS"));
        }
    }

    static boolean supports(ShopStore store, FulfillmentOrderDocument work, String action) {
        return of(store, work).contains(action);
    }

    static boolean isService(ShopStore store, FulfillmentOrderDocument work) {
        return store.location(work.locationId())
                .filter(facility -> facility.kind() == Kind.THIRD_PARTY_WAREHOUSE)
                .isPresent();
    }

    /** Other open work of the same order, location and delivery. */
    static List<FulfillmentOrderDocument> mergeable(ShopStore store, FulfillmentOrderDocument work) {
        return store.fulfillmentOrders(store.existingOrder(work.orderId())).stream()
                .filter(other -> !other.id().equals(work.id()))
                .filter(other -> other.status().equals("OPEN")
                        && other.locationId() == work.locationId()
                        && other.methodType().equals(work.methodType())
                        && other.requestStatus().equals(work.requestStatus()))
                .toList();
    }
}
