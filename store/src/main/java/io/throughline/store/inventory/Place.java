package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;

/** One SKU at one facility: what a balance is of. */
record Place(Sku sku, FacilityId facility) {
    static Place unrouted(Sku sku) {
        return new Place(sku, FacilityId.UNROUTED);
    }
}
