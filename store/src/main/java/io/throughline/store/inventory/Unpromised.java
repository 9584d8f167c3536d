package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FreeStock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What is left of a SKU while it is given to one after the other, under the lock of its virtual balance. */
final class Unpromised {
    private final Map<FacilityId, Long> supply;
    private final List<FreeStock.Demand> demand;
    private final Set<Set<FacilityId>> exhausted = new HashSet<>();

    private Unpromised(Map<FacilityId, Long> supply, List<FreeStock.Demand> demand) {
        this.supply = supply;
        this.demand = demand;
    }

    static Unpromised of(Handle handle, Sku sku, Collection<Balance> balances) {
        List<FreeStock.Demand> demand = FreeStock.unrouted(balances) == 0
                ? List.of()
                : UnroutedDemands.demand(handle, Set.of(sku)).getOrDefault(sku, List.of());
        return new Unpromised(FreeStock.supply(balances, Balance::availableToPromise), new ArrayList<>(demand));
    }

    /** It only becomes less, so that places where there is nothing left need not be looked at again. */
    int free(Set<FacilityId> among) {
        if (exhausted.contains(among)) {
            return 0;
        }
        long free = FreeStock.of(supply, demand, among);
        if (free == 0) {
            exhausted.add(among);
        }
        return Math.clamp(free, 0, Integer.MAX_VALUE);
    }

    void take(Set<FacilityId> among, int units) {
        demand.add(new FreeStock.Demand(among, units));
    }
}
