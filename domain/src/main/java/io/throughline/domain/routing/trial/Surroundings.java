package io.throughline.domain.routing.trial;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.Whereabouts;
import io.throughline.domain.transfer.OrderTransferRules;
import java.util.List;

/**
 * What is the same whatever the policy says, as it is today: the facilities, what things are made of, who ships what, where postal codes lie, who may
 * send what a customer is to collect elsewhere.
 */
public record Surroundings(
        List<Facility> facilities, Bundles bundles, Ships ships, Whereabouts whereabouts, OrderTransferRules sends) {
    /** What a customer is to collect lies where he collects it. */
    public Surroundings(List<Facility> facilities, Bundles bundles, Ships ships, Whereabouts whereabouts) {
        this(facilities, bundles, ships, whereabouts, OrderTransferRules.none());
    }

    public Surroundings {
        facilities = List.copyOf(facilities);
    }

    /** Whether a facility ships a SKU to a channel's customers. */
    @FunctionalInterface
    public interface Ships {
        boolean test(AccountId channel, FacilityId facility, Sku sku);
    }
}
