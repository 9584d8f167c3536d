package io.throughline.domain.routing;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may do goods of the brands that a policy minds, whatever else is asked of them. A bundle is of the brands of its components. */
public final class BrandTerms {
    private final RoutingPolicy policy;
    private final Map<Sku, String> brands;
    private final Bundles bundles;
    private final Map<Sku, List<BrandRule>> rules = new HashMap<>();

    /** {@code brands} are those of the components, as far as the catalogue tells. */
    public BrandTerms(RoutingPolicy policy, Map<Sku, String> brands, Bundles bundles) {
        this.policy = policy;
        this.brands = Map.copyOf(brands);
        this.bundles = bundles;
    }

    public boolean allow(FacilityId facility, Sku sku) {
        return against(facility, sku) == null;
    }

    /** Null: it may do it. */
    @Nullable
    BrandRule against(FacilityId facility, Sku sku) {
        if (policy.mindsBrands()) {
            for (BrandRule rule : rules.computeIfAbsent(sku, this::rulesOf)) {
                if (!rule.facilities().contains(facility)) {
                    return rule;
                }
            }
        }
        return null;
    }

    private List<BrandRule> rulesOf(Sku sku) {
        return bundles.partsOf(sku).stream()
                .flatMap(part -> Optional.ofNullable(brands.get(part.sku())).stream())
                .flatMap(brand -> policy.onBrand(brand).stream())
                .distinct()
                .toList();
    }
}
