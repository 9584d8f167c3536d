package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.FreeStock.Demand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Demand for a SKU that has no facility yet: the {@code own} of an order that is being routed, and that of all others. What was reserved
 * for somebody must stay where he can get it, so an order takes none of the stock that others can't do without.
 */
public record UnroutedDemand(List<Demand> own, List<Demand> others) {
    public UnroutedDemand {
        own = List.copyOf(own);
        others = List.copyOf(others);
    }

    public static UnroutedDemand none() {
        return new UnroutedDemand(List.of(), List.of());
    }

    /** Whether no more of all the demand stays without stock when units of its own are {@code given} from these facilities. */
    public boolean allows(Map<FacilityId, Long> supply, Map<FacilityId, Long> given) {
        if (others.isEmpty()) {
            return true;
        }
        Map<FacilityId, Long> left = new HashMap<>(supply);
        given.forEach((place, units) -> left.merge(place, -units, Long::sum));
        long taken = given.values().stream().mapToLong(Long::longValue).sum();
        return Matching.unserved(left, and(without(taken))) <= Matching.unserved(supply, and(own));
    }

    /** How much of its own a facility may give at most. */
    public long most(Map<FacilityId, Long> supply, FacilityId place) {
        long there = supply.getOrDefault(place, 0L);
        long wanted = own.stream().mapToLong(Demand::units).sum();
        if (wanted == 0) {
            return there;
        }
        long most = Math.min(there, wanted);
        if (allows(supply, Map.of(place, most))) {
            return there;
        }
        long least = 0;
        while (most - least > 1) {
            long middle = (least + most) / 2;
            if (allows(supply, Map.of(place, middle))) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return least;
    }

    private List<Demand> and(List<Demand> some) {
        List<Demand> all = new ArrayList<>(others);
        all.addAll(some);
        return all;
    }

    private List<Demand> without(long units) {
        List<Demand> rest = new ArrayList<>();
        long taken = units;
        for (Demand demand : own) {
            long part = Math.min(taken, demand.units());
            taken -= part;
            rest.add(new Demand(demand.among(), demand.units() - part));
        }
        return rest;
    }
}
