package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.FreeStock.Demand;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** As much of some demand as facilities can serve at all, each of it from where it may be: what was given to one moves where another needs it. */
final class Matching {
    private final Map<FacilityId, Long> left;
    private final Map<Set<FacilityId>, Map<FacilityId, Long>> given = new HashMap<>();

    private Matching(Map<FacilityId, Long> supply) {
        this.left = new HashMap<>(supply);
    }

    /** The units that stay without stock, however it is given out. */
    static long unserved(Map<FacilityId, Long> supply, Collection<Demand> demands) {
        Map<Set<FacilityId>, Long> byPlaces = new HashMap<>();
        demands.forEach(demand ->
                byPlaces.merge(demand.among().isEmpty() ? supply.keySet() : demand.among(), demand.units(), Long::sum));
        Matching matching = new Matching(supply);
        byPlaces.keySet().forEach(places -> matching.given.put(places, new HashMap<>()));
        return byPlaces.entrySet().stream()
                .mapToLong(demand -> matching.unserved(demand.getKey(), demand.getValue()))
                .sum();
    }

    private long unserved(Set<FacilityId> among, long units) {
        long open = units;
        long found = 1;
        while (open > 0 && found > 0) {
            found = serve(among, open, new HashSet<>());
            open -= found;
        }
        return open;
    }

    /** Gives some of the units from one facility, perhaps after it was made free there; none: nothing more can be had. */
    private long serve(Set<FacilityId> among, long units, Set<FacilityId> tried) {
        for (FacilityId place : among) {
            if (tried.add(place)) {
                long found = Math.min(units, left.getOrDefault(place, 0L));
                if (found > 0) {
                    left.merge(place, -found, Long::sum);
                } else {
                    found = makeFree(place, units, tried);
                }
                if (found > 0) {
                    of(among).merge(place, found, Long::sum);
                    return found;
                }
            }
        }
        return 0;
    }

    private long makeFree(FacilityId place, long units, Set<FacilityId> tried) {
        for (Set<FacilityId> other : given.keySet()) {
            long there = of(other).getOrDefault(place, 0L);
            long moved = there == 0 ? 0 : serve(other, Math.min(units, there), tried);
            if (moved > 0) {
                of(other).merge(place, -moved, Long::sum);
                return moved;
            }
        }
        return 0;
    }

    private Map<FacilityId, Long> of(Set<FacilityId> among) {
        return Objects.requireNonNull(given.get(among));
    }
}
