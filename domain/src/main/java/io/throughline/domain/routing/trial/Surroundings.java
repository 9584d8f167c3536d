package io.throughline.domain.routing.trial;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.Whereabouts;
import java.util.List;

/** What is the same whatever the policy says, as it is today: the facilities, what things are made of, who ships what, where postal codes lie. */
public record Surroundings(
        List<Facility> facilities, Bundles bundles, Ships ships, Whereabouts whereabouts) {
    public Surroundings {
        facilities = List.copyOf(facilities);
    }

    /** Whether a facility ships a SKU to a channel's customers. */
    @FunctionalInterface
    public interface Ships {
        boolean test(AccountId channel, FacilityId facility, Sku sku);
    }
}
