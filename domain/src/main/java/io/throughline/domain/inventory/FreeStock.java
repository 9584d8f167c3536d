package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * How many more units of a SKU can be promised from some facilities: what they have, less what the demand that has no facility yet may
 * come to take of it, however that will be routed. The one rule by which stock is offered and reserved, so that what is offered can be
 * had, and what was reserved can be routed.
 */
public final class FreeStock {
    private FreeStock() {}

    /** Demand that has no facility yet, and from where it may be served; from nowhere: that is not known, and it may be from anywhere. */
    public record Demand(Set<FacilityId> among, long units) {
        public Demand {
            among = Set.copyOf(among);
        }

        public static Demand ofUnknown(long units) {
            return new Demand(Set.of(), units);
        }
    }

    /** {@code supply} is what each facility may give. */
    public static long of(Map<FacilityId, Long> supply, Collection<Demand> demands, Set<FacilityId> among) {
        Map<Set<FacilityId>, Long> byPlaces = new HashMap<>();
        demands.forEach(demand -> byPlaces.merge(demand.among(), demand.units(), Long::sum));
        long free = sum(supply, among);
        for (Map.Entry<Set<FacilityId>, Long> demand : byPlaces.entrySet()) {
            free -= demand.getKey().isEmpty()
                    ? demand.getValue()
                    : Math.min(demand.getValue(), sum(supply, common(demand.getKey(), among)));
        }
        return Math.max(0, free);
    }

    /** When nothing but the balances is known: less than can be had, or just that. {@code balances} are those of one SKU. */
    public static long atLeast(Collection<Balance> balances, Set<FacilityId> among) {
        return of(supply(balances, Balance::availableToPromise), Set.of(Demand.ofUnknown(unrouted(balances))), among);
    }

    /** What the facilities may give, by what of each balance is {@code counted}. */
    public static Map<FacilityId, Long> supply(Collection<Balance> balances, ToLongFunction<Balance> counted) {
        Map<FacilityId, Long> supply = new HashMap<>();
        balances.stream()
                .filter(balance -> !balance.facility().equals(FacilityId.UNROUTED))
                .forEach(balance -> supply.merge(balance.facility(), counted.applyAsLong(balance), Long::sum));
        return supply;
    }

    /** All demand that has no facility yet. */
    public static long unrouted(Collection<Balance> balances) {
        return balances.stream()
                .filter(balance -> balance.facility().equals(FacilityId.UNROUTED))
                .mapToLong(Balance::reserved)
                .sum();
    }

    private static long sum(Map<FacilityId, Long> supply, Set<FacilityId> places) {
        return places.stream()
                .mapToLong(place -> supply.getOrDefault(place, 0L))
                .sum();
    }

    private static Set<FacilityId> common(Set<FacilityId> some, Set<FacilityId> others) {
        return some.stream().filter(others::contains).collect(Collectors.toSet());
    }
}
