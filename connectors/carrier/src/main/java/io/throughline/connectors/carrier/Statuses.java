package io.throughline.connectors.carrier;

import io.throughline.domain.fulfillment.ParcelStatus;
import java.util.Optional;

/** The carrier's words for where a parcel is. */
final class Statuses {
    private Statuses() {}

    /** Empty: a word that means nothing to us. */
    static Optional<ParcelStatus> of(String word) {
        return switch (word) {
            case "LABELLED" -> Optional.of(ParcelStatus.LABELLED);
            case "IN_TRANSIT" -> Optional.of(ParcelStatus.IN_TRANSIT);
            case "OUT_FOR_DELIVERY" -> Optional.of(ParcelStatus.OUT_FOR_DELIVERY);
            case "DELIVERED" -> Optional.of(ParcelStatus.DELIVERED);
            case "RETURNED" -> Optional.of(ParcelStatus.REFUSED);
            case "LOST" -> Optional.of(ParcelStatus.LOST);
            default -> Optional.empty();
        };
    }
}
