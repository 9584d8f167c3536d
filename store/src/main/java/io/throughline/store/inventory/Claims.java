package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.FreeStock.Demand;
import io.throughline.domain.inventory.StockSubject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What baskets and others' orders that have no facility yet may come to take of the shelves that an account shows, so that it does not sell
 * that too. It is laid upon the account's shelves first, for it may be routed there, and in one order, so that it stays where it is. An
 * account's own orders are none of it: its system has committed their units already.
 */
final class Claims {
    private final Set<Sku> skus;
    private final Map<StockSubject, Integer> units;

    private Claims(Set<Sku> skus, Map<StockSubject, Integer> units) {
        this.skus = skus;
        this.units = units;
    }

    static Claims of(Handle handle, AccountId account, Set<FacilityId> shown, Collection<Sku> skus, Balances balances) {
        Map<Sku, List<Demand>> demand = Reservations.demandBesides(handle, skus, account);
        if (demand.isEmpty()) {
            return new Claims(Set.of(), Map.of());
        }
        Map<Sku, Map<FacilityId, Long>> supply = new HashMap<>();
        balances.of(handle, demand.keySet())
                .forEach(balance -> supply.computeIfAbsent(balance.sku(), sku -> new HashMap<>())
                        .putAll(FreeStock.supply(List.of(balance), Balance::availableToPromise)));
        Map<StockSubject, Integer> units = new HashMap<>();
        demand.forEach((sku, demands) -> lay(shown, demands, supply.getOrDefault(sku, Map.of()))
                .forEach((facility, taken) -> units.put(new StockSubject(facility, sku), Math.toIntExact(taken))));
        return new Claims(new HashSet<>(demand.keySet()), units);
    }

    /** The demand that may be served from the fewest facilities comes first. What is not there can't be taken. */
    private static Map<FacilityId, Long> lay(
            Set<FacilityId> shown, List<Demand> demands, Map<FacilityId, Long> supply) {
        List<FacilityId> order = supply.keySet().stream()
                .sorted(Comparator.comparing((FacilityId facility) -> !shown.contains(facility))
                        .thenComparing(FacilityId::value))
                .toList();
        List<Demand> narrowest = new ArrayList<>(demands);
        narrowest.sort(Comparator.comparing((Demand demand) -> demand.among().isEmpty())
                .thenComparingInt(demand -> demand.among().size()));
        Map<FacilityId, Long> taken = new HashMap<>();
        for (Demand demand : narrowest) {
            long left = demand.units();
            for (FacilityId facility : order) {
                if (demand.among().isEmpty() || demand.among().contains(facility)) {
                    long there = supply.getOrDefault(facility, 0L) - taken.getOrDefault(facility, 0L);
                    long part = Math.min(left, there);
                    taken.merge(facility, part, Long::sum);
                    left -= part;
                }
            }
        }
        return taken;
    }

    int on(StockSubject shelf) {
        return units.getOrDefault(shelf, 0);
    }

    /** Whether there is any such demand, so that a change at one shelf may change what is claimed of another. */
    boolean concern(Sku sku) {
        return skus.contains(sku);
    }
}
