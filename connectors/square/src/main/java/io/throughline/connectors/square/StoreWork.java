package io.throughline.connectors.square;

import com.squareup.square.types.Fulfillment;
import com.squareup.square.types.FulfillmentPickupDetails;
import com.squareup.square.types.FulfillmentShipmentDetails;
import com.squareup.square.types.FulfillmentState;
import com.squareup.square.types.FulfillmentType;
import com.squareup.square.types.Order;
import com.squareup.square.types.OrderSource;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An order at Square that is a piece of our work: its source is our name, its reference our fulfillment order. It has one
 * fulfillment, costs nothing (the customer paid elsewhere) and is paid with nothing, for a store sees paid orders only.
 */
record StoreWork(Order order) {

    /** The source name by which orders of ours are found again. */
    static final String SOURCE = "Throughline";

    private static final String RECALLED = "throughline_recalled";
    private static final String HOLD_NOTICE = "throughline_hold_notice";

    /** Which notice of a hold its store was told last. */
    static Map<String, Optional<String>> holdMark(int number) {
        return Map.of(HOLD_NOTICE, Optional.of(Integer.toString(number)));
    }

    boolean knowsOfHold(int number) {
        return metadata(HOLD_NOTICE)
                .filter(told -> Integer.parseInt(told) >= number)
                .isPresent();
    }

    static Map<String, Optional<String>> recallMark() {
        return Map.of(RECALLED, Optional.of("true"));
    }

    /** Whose work an order is; empty for a sale of the store's own. */
    static Optional<FulfillmentOrderId> idOf(Order order) {
        boolean ours = order.getSource()
                .flatMap(OrderSource::getName)
                .filter(SOURCE::equals)
                .isPresent();
        return ours ? order.getReferenceId().flatMap(StoreWork::parse) : Optional.empty();
    }

    private static Optional<FulfillmentOrderId> parse(String reference) {
        try {
            return Optional.of(new FulfillmentOrderId(reference));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    String id() {
        return order.getId().orElseThrow();
    }

    Optional<Fulfillment> fulfillment() {
        return order.getFulfillments().stream().flatMap(List::stream).findFirst();
    }

    boolean paid() {
        return !order.getTenders().orElse(List.of()).isEmpty();
    }

    boolean givenUp() {
        return state() == FulfillmentState.Value.CANCELED || state() == FulfillmentState.Value.FAILED;
    }

    boolean done() {
        return state() == FulfillmentState.Value.COMPLETED;
    }

    String stateName() {
        return fulfillment()
                .flatMap(Fulfillment::getState)
                .map(FulfillmentState::toString)
                .orElse("unknown");
    }

    private FulfillmentState.Value state() {
        return fulfillment()
                .flatMap(Fulfillment::getState)
                .map(FulfillmentState::getEnumValue)
                .orElse(FulfillmentState.Value.UNKNOWN);
    }

    WorkProgress progress() {
        boolean pickup = fulfillment()
                .flatMap(Fulfillment::getType)
                .filter(FulfillmentType.PICKUP::equals)
                .isPresent();
        Optional<FulfillmentStatus> status = switch (state()) {
            case PROPOSED -> Optional.of(FulfillmentStatus.RELEASED);
            case RESERVED -> Optional.of(FulfillmentStatus.ACKNOWLEDGED);
            case PREPARED -> Optional.of(pickup ? FulfillmentStatus.READY_FOR_PICKUP : FulfillmentStatus.PACKED);
            case COMPLETED -> Optional.of(pickup ? FulfillmentStatus.PICKED_UP : FulfillmentStatus.SHIPPED);
            case CANCELED, FAILED -> Optional.of(recalled() ? FulfillmentStatus.CANCELLED : FulfillmentStatus.REJECTED);
            case UNKNOWN -> Optional.empty();
        };
        return new WorkProgress(
                status,
                tracking(),
                givenUp() ? reason() : Optional.empty(),
                status.filter(FulfillmentStatus::handedOver).flatMap(left -> handedOverAt()));
    }

    private boolean recalled() {
        return metadata(RECALLED).filter("true"::equals).isPresent();
    }

    private Optional<String> metadata(String name) {
        return fulfillment()
                .flatMap(Fulfillment::getMetadata)
                .flatMap(metadata -> metadata.getOrDefault(name, Optional.empty()));
    }

    private Optional<Instant> handedOverAt() {
        return fulfillment()
                .flatMap(Fulfillment::getPickupDetails)
                .flatMap(FulfillmentPickupDetails::getPickedUpAt)
                .or(() -> fulfillment()
                        .flatMap(Fulfillment::getShipmentDetails)
                        .flatMap(FulfillmentShipmentDetails::getShippedAt))
                .map(at -> OffsetDateTime.parse(at).toInstant());
    }

    private Optional<Tracking> tracking() {
        return fulfillment()
                .flatMap(Fulfillment::getShipmentDetails)
                .flatMap(details -> details.getTrackingNumber()
                        .map(number -> new Tracking(details.getCarrier().orElse("unknown"), number)));
    }

    private Optional<String> reason() {
        Optional<FulfillmentShipmentDetails> shipment = fulfillment().flatMap(Fulfillment::getShipmentDetails);
        return fulfillment()
                .flatMap(Fulfillment::getPickupDetails)
                .flatMap(FulfillmentPickupDetails::getCancelReason)
                .or(() -> shipment.flatMap(FulfillmentShipmentDetails::getFailureReason))
                .or(() -> shipment.flatMap(FulfillmentShipmentDetails::getCancelReason));
    }
}
