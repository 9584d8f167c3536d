package io.throughline.connectors.shopify.fulfillment;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.WorkProgress;
import java.util.Locale;
import java.util.Optional;

/** What a fulfillment order tells of the work behind it. A status that is not known here is no news. */
final class WarehouseProgress {
    private static final int LONGEST_REASON = 200;
    private static final String REQUEST = "FULFILLMENT_REQUEST";

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
            case "ACCEPTED", "CANCELLATION_REQUESTED" -> progress(FulfillmentStatus.ACKNOWLEDGED);
            case "CANCELLATION_REJECTED" ->
                progress(FulfillmentStatus.ACKNOWLEDGED).answering(FacilityAnswer.keepsIt());
            case "REJECTED" ->
                progress(FulfillmentStatus.REJECTED, reason(work, "rejected by the warehouse"))
                        .answering(rejection(work));
            case "CANCELLATION_ACCEPTED" -> progress(FulfillmentStatus.CANCELLED, "taken back");
            default -> WorkProgress.nothing();
        };
    }

    /** Why others may be asked to do it instead; nothing where it gives no reason, or one that would be true of anybody. */
    private static FacilityAnswer rejection(ChannelWork work) {
        return response(work)
                .filter(response -> !text(response).isBlank())
                .flatMap(response ->
                        ground(response.path("reason").asText("").strip().toUpperCase(Locale.ROOT)))
                .map(FacilityAnswer::rejects)
                .orElse(FacilityAnswer.NONE);
    }

    /** By Shopify's reasons; words alone, or a reason of tomorrow, say that it was thought about and no more. */
    private static Optional<StoreReport.Ground> ground(String reason) {
        return switch (reason) {
            case "INVENTORY_OUT_OF_STOCK" -> Optional.of(StoreReport.Ground.NOT_FOUND);
            case "ORDER_TOO_LARGE" -> Optional.of(StoreReport.Ground.NO_CAPACITY);
            case "INCORRECT_ADDRESS", "INVALID_CONTACT_INFORMATION", "MISSING_CUSTOMS_INFO" -> Optional.empty();
            default -> Optional.of(StoreReport.Ground.OTHER);
        };
    }

    private static Optional<JsonNode> response(ChannelWork work) {
        return work.merchantRequests().nodes().stream()
                .filter(request -> request.kind().equals(REQUEST))
                .findFirst()
                .flatMap(ChannelWork.MerchantRequest::responseData);
    }

    /** The newest request's answer is free text of the service, in one of several shapes. */
    private static String reason(ChannelWork work, String otherwise) {
        return response(work)
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
