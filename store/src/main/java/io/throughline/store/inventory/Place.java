package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.HashSet;
import java.util.Set;

/** One SKU at one facility: what a balance is of. */
record Place(Sku sku, FacilityId facility) {
    static Place unrouted(Sku sku) {
        return new Place(sku, FacilityId.UNROUTED);
    }

    /** These, and the virtual one of each of their SKUs. */
    static Set<Place> withUnrouted(Set<Place> places) {
        Set<Place> all = new HashSet<>(places);
        places.forEach(place -> all.add(unrouted(place.sku())));
        return all;
    }
}
