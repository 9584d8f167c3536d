package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.Set;

/** What is of one of these brands, as the catalogue calls them, only these facilities may do. */
public record BrandRule(String name, Set<String> brands, Set<FacilityId> facilities) {
    public BrandRule {
        brands = Set.copyOf(brands);
        facilities = Set.copyOf(facilities);
        if (brands.isEmpty()) {
            throw new IllegalArgumentException("it names no brand");
        }
    }
}
