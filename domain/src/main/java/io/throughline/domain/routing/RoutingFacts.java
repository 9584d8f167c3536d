package io.throughline.domain.routing;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.Map;

/** What a plan is made from, read at once: what each facility may give of each SKU, and its work where that was counted. */
public record RoutingFacts(Map<FacilityId, Map<Sku, Integer>> stock, Map<FacilityId, FacilityWork> work) {
    public RoutingFacts {
        stock = Map.copyOf(stock);
        work = Map.copyOf(work);
    }

    public static RoutingFacts of(Map<FacilityId, Map<Sku, Integer>> stock) {
        return new RoutingFacts(stock, Map.of());
    }

    FacilityWork work(FacilityId facility) {
        return work.getOrDefault(facility, FacilityWork.none());
    }
}
