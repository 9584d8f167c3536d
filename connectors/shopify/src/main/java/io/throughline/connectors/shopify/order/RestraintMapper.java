package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.Gid;
import io.throughline.domain.payment.Dispute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Shopify tells that stops work or money. A kind or a status that it may add one day is UNKNOWN, never an error. */
final class RestraintMapper {
    private static final String ON_HOLD = "ON_HOLD";

    private RestraintMapper() {}

    static Dispute dispute(OrderDocument.Disputed disputed) {
        return new Dispute(Gid.number(disputed.id()), kind(disputed.initiatedAs()), status(disputed.status()));
    }

    private static Dispute.Kind kind(String initiatedAs) {
        return switch (initiatedAs) {
            case "INQUIRY" -> Dispute.Kind.INQUIRY;
            case "CHARGEBACK" -> Dispute.Kind.CHARGEBACK;
            default -> Dispute.Kind.UNKNOWN;
        };
    }

    private static Dispute.Status status(String status) {
        return switch (status) {
            case "NEEDS_RESPONSE" -> Dispute.Status.NEEDS_RESPONSE;
            case "UNDER_REVIEW" -> Dispute.Status.UNDER_REVIEW;
            case "PREVENTED" -> Dispute.Status.PREVENTED;
            case "ACCEPTED" -> Dispute.Status.ACCEPTED;
            case "CHARGE_REFUNDED" -> Dispute.Status.CHARGE_REFUNDED;
            case "LOST" -> Dispute.Status.LOST;
            case "WON" -> Dispute.Status.WON;
            default -> Dispute.Status.UNKNOWN;
        };
    }

    /** The fulfillment orders on hold, with the reasons of their holds. */
    static Map<String, String> heldWork(List<OrderDocument.Work> work) {
        Map<String, String> held = new LinkedHashMap<>();
        work.stream().filter(item -> item.status().equals(ON_HOLD)).forEach(item -> held.put(item.id(), reasons(item)));
        return held;
    }

    private static String reasons(OrderDocument.Work item) {
        List<String> reasons = item.fulfillmentHolds().stream()
                .map(OrderDocument.Hold::reason)
                .distinct()
                .sorted()
                .toList();
        return reasons.isEmpty() ? "no reason is given" : String.join(", ", reasons);
    }
}
