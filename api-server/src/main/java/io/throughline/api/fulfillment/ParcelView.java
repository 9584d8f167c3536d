package io.throughline.api.fulfillment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.fulfillment.Parcel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A parcel and where it is. */
@Schema(name = "PackedParcel")
public record ParcelView(
        String id,

        @Schema(
                description = "TO_BE_LABELLED: its label is being bought; UNLABELLED: its facility labels it by itself;"
                        + " UNHEARD: nothing was heard of it for so long that it counts as delivered",
                allowableValues = {
                    "TO_BE_LABELLED",
                    "LABELLED",
                    "IN_TRANSIT",
                    "OUT_FOR_DELIVERY",
                    "UNHEARD",
                    "DELIVERED",
                    "REFUSED",
                    "LOST",
                    "VOIDED",
                    "UNLABELLED"
                })
        String status,

        Optional<String> carrier,
        Optional<String> trackingNumber,

        @Schema(description = "What is to be printed, where its label was bought for the facility")
        Optional<String> label,

        @Schema(description = "Empty where a shipment has several parcels and nobody has said what is in which")
        List<Contents> lines,

        Optional<Integer> weightGrams,

        @Schema(description = "Since when it stands so") Optional<Instant> at) {
    public static ParcelView of(Parcel parcel) {
        OptionalInt weight = parcel.weightGrams();
        return new ParcelView(
                parcel.id().value(),
                parcel.status().name(),
                parcel.tracking().map(tracking -> tracking.carrier()),
                parcel.tracking().map(tracking -> tracking.number()),
                parcel.label(),
                parcel.lines().stream()
                        .map(line -> new Contents(line.lineId(), line.quantity()))
                        .toList(),
                weight.isPresent() ? Optional.of(weight.getAsInt()) : Optional.empty(),
                parcel.at());
    }

    /** So many units of a line lie in it. */
    @Schema(name = "ParcelContents")
    public record Contents(String lineId, int quantity) {}
}
