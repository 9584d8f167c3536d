package io.throughline.domain.routing;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan is made from, read at once: what each facility may give of each SKU; and, where that was asked for, its work, how its stock moves, of
 * which brand each SKU is, and by when the order's marketplace wants it shipped. Of bundles these are the facts of their components.
 */
public record RoutingFacts(
        Map<FacilityId, Map<Sku, Integer>> stock,
        Map<FacilityId, FacilityWork> work,
        Map<FacilityId, Map<Sku, StockTurnover>> turnover,
        Map<Sku, String> brands,
        Optional<Instant> shipBy) {
    public RoutingFacts {
        stock = Map.copyOf(stock);
        work = Map.copyOf(work);
        turnover = Map.copyOf(turnover);
        brands = Map.copyOf(brands);
    }

    public RoutingFacts(Map<FacilityId, Map<Sku, Integer>> stock, Map<FacilityId, FacilityWork> work) {
        this(stock, work, Map.of(), Map.of(), Optional.empty());
    }

    public static RoutingFacts of(Map<FacilityId, Map<Sku, Integer>> stock) {
        return new RoutingFacts(stock, Map.of());
    }

    FacilityWork work(FacilityId facility) {
        return work.getOrDefault(facility, FacilityWork.none());
    }
}
