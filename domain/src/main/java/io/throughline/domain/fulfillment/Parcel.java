package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A parcel as it left, or is to leave, a facility. {@code lines} is what lies in it; empty where a shipment has several parcels and
 * nobody has said what is in which. {@code label} is the address of what is to be printed, {@code boughtFrom} the carrier's account that sold it, {@code at} since when
 * it stands as it does.
 */
public record Parcel(
        ParcelId id,
        List<LineQuantity> lines,
        OptionalInt weightGrams,
        ParcelStatus status,
        Optional<Tracking> tracking,
        Optional<String> label,
        Optional<AccountId> boughtFrom,
        Optional<Instant> at) {
    public Parcel {
        lines = List.copyOf(lines);
    }
}
