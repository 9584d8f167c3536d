package io.throughline.connectors.shopify.fulfillment;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkProgress;
import java.util.Optional;

/** What a fulfillment order tells of the work behind it. A status that is not known here is no news. */
final class WarehouseProgress {
    private static final int LONGEST_REASON = 200;

    private WarehouseProgress() {}

    static WorkProgress of(ChannelWork work, DeliveryMethod method) {
        if (work.fulfillment().isPresent() && !work.remaining()) {
            FulfillmentStatus left =
                    method == DeliveryMethod.PICKUP ? FulfillmentStatus.PICKED_UP : FulfillmentStatus.SHIPPED;
            return new WorkProgress(
                    Optional.of(left),
                    work.tracking(),
                    Optional.empty(),
                    work.fulfillment().map(ChannelWork.Fulfillment::createdAt));
        }
        return switch (work.status()) {
            case "CANCELLED" -> progress(FulfillmentStatus.CANCELLED, "cancelled in Shopify");
            case "INCOMPLETE" ->
                progress(FulfillmentStatus.REJECTED, reason(work, "closed incomplete by the warehouse"));
            case "CLOSED" -> progress(FulfillmentStatus.REJECTED, reason(work, "closed without a shipment"));
            default -> requested(work);
        };
    }

    private static WorkProgress requested(ChannelWork work) {
        return switch (work.requestStatus()) {
            case "UNSUBMITTED" -> progress(FulfillmentStatus.ALLOCATED);
            case "SUBMITTED" -> progress(FulfillmentStatus.RELEASED);
            case "ACCEPTED", "CANCELLATION_REQUESTED", "CANCELLATION_REJECTED" ->
                progress(FulfillmentStatus.ACKNOWLEDGED);
            case "REJECTED" -> progress(FulfillmentStatus.REJECTED, reason(work, "rejected by the warehouse"));
            case "CANCELLATION_ACCEPTED" -> progress(FulfillmentStatus.CANCELLED, "taken back");
            default -> WorkProgress.nothing();
        };
    }

    /** The newest request's answer is free text of the service, in one of several shapes. */
    private static String reason(ChannelWork work, String otherwise) {
        return work.merchantRequests().nodes().stream()
                .findFirst()
                .flatMap(ChannelWork.MerchantRequest::responseData)
                .map(WarehouseProgress::text)
                .filter(text -> !text.isBlank())
                .map(text -> text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON))
                .orElse(otherwise);
    }

    private static String text(JsonNode response) {
        if (response.isTextual()) {
            return response.asText();
        }
        String reason = response.path("reason").asText("");
        String message = response.path("message").asText("");
        return reason.isEmpty() || message.isEmpty() ? reason + message : reason + ": " + message;
    }

    private static WorkProgress progress(FulfillmentStatus status) {
        return new WorkProgress(Optional.of(status), Optional.empty(), Optional.empty());
    }

    private static WorkProgress progress(FulfillmentStatus status, String reason) {
        return new WorkProgress(Optional.of(status), Optional.empty(), Optional.of(reason));
    }
}
