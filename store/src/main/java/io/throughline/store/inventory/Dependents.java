package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.UnroutedDemand;
import io.throughline.domain.order.OrderId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What others, who have no facility yet, leave to an order that is being routed. */
final class Dependents {
    private final Map<Sku, Map<FacilityId, Long>> supply = new HashMap<>();
    private final Map<Sku, UnroutedDemand> demand;

    private Dependents(Map<Sku, List<Balance>> bySku, Map<Sku, UnroutedDemand> demand) {
        bySku.forEach((sku, there) -> supply.put(sku, FreeStock.supply(there, Balance::availableToPromise)));
        this.demand = demand;
    }

    static Dependents of(Handle handle, OrderId order, Collection<Balance> there) {
        Map<Sku, List<Balance>> bySku = there.stream().collect(Collectors.groupingBy(Balance::sku));
        return new Dependents(bySku, UnroutedDemands.demandAround(handle, bySku.keySet(), order));
    }

    /** How much of its own demand the order may take from a place. */
    int most(Balance balance) {
        return Math.toIntExact(of(balance.sku()).most(supply(balance.sku()), balance.facility()));
    }

    boolean allow(Map<Place, Integer> given) {
        Map<Sku, Map<FacilityId, Long>> bySku = new HashMap<>();
        given.forEach((place, units) -> bySku.computeIfAbsent(place.sku(), unknown -> new HashMap<>())
                .merge(place.facility(), (long) units, Long::sum));
        return bySku.entrySet().stream()
                .allMatch(taken -> of(taken.getKey()).allows(supply(taken.getKey()), taken.getValue()));
    }

    private UnroutedDemand of(Sku sku) {
        return demand.getOrDefault(sku, UnroutedDemand.none());
    }

    private Map<FacilityId, Long> supply(Sku sku) {
        return supply.getOrDefault(sku, Map.of());
    }
}
