package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;

/** How many units each facility keeps back by the policy in force just now. */
@FunctionalInterface
public interface SafetyStocks {
    int of(FacilityId facility, Sku sku);

    static SafetyStocks none() {
        return (facility, sku) -> 0;
    }
}
