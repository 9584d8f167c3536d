package io.throughline.domain.routing.trial;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.Whereabouts;
import java.util.List;
import java.util.function.BiPredicate;

/** What is the same whatever the policy says, as it is today: the facilities, what things are made of, who ships what, where postal codes lie. */
public record Surroundings(
        List<Facility> facilities, Bundles bundles, BiPredicate<FacilityId, Sku> ships, Whereabouts whereabouts) {
    public Surroundings {
        facilities = List.copyOf(facilities);
    }
}
