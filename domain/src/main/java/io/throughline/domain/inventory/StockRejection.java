package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a facility does not hand units over, and what that says of its stock: what was not found is not there, what is damaged can't be
 * sold, and any other ground says nothing. {@code everything} of the SKU is meant where the facility says so, but never what is promised
 * to others: whoever is to get that is asked for it by himself. {@code work} is what the facility has rejected.
 */
public record StockRejection(FulfillmentOrderId work, Ground ground, boolean everything) {
    /** Empty when the stock stays as it is. {@code missing} units were asked for, which nobody has reserved in {@code left} any more. */
    public Optional<Movement> correction(Balance left, int missing, Instant now) {
        int free = Math.max(0, left.sellable() - left.reserved());
        int units = everything ? free : Math.min(missing, free);
        return units == 0
                ? Optional.empty()
                : switch (ground) {
                    case NOT_FOUND -> Optional.of(movement(left, Measure.ON_HAND, Movement.Kind.REJECT, -units, now));
                    case DAMAGED -> Optional.of(movement(left, Measure.DAMAGED, Movement.Kind.ADJUSTMENT, units, now));
                    case NO_CAPACITY, OTHER -> Optional.empty();
                };
    }

    private Movement movement(Balance left, Measure measure, Movement.Kind kind, int quantity, Instant now) {
        return new Movement(
                new StockSource(StockSource.PEOPLE, "reject/" + work + "/" + left.sku(), 1),
                left.facility(),
                left.sku(),
                measure,
                kind,
                quantity,
                Optional.of("rejected in " + work + ": " + ground),
                now);
    }
}
