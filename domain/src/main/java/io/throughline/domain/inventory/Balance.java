package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;

/** Stock of one SKU at one facility, in units. {@code shortfall} is what was sold beyond the physical stock. */
public record Balance(
        FacilityId facility, Sku sku, int onHand, int reserved, int safetyStock, int held, int shortfall) {
    public int availableToPromise() {
        return Math.max(0, onHand - reserved - safetyStock - held);
    }
}
