package io.throughline.runtime.retailer;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import java.time.Instant;

/** The units that a facility has when Throughline begins to keep its stock. */
public record OpeningStock(FacilityId facility, Sku sku, int quantity) {
    /** The movement that books it; booked again, it is the same movement. */
    public Movement toMovement(Instant at) {
        return new Movement(
                facility, sku, quantity, Movement.Kind.OPENING, StockSource.OPENING, facility + "/" + sku, at);
    }
}
