package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.FreeStock.Demand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreeStockTest {
    private static final FacilityId WAREHOUSE = new FacilityId("WH-EAST");
    private static final FacilityId HARBOR = new FacilityId("ST-HARBOR");
    private static final FacilityId DUBLIN = new FacilityId("ST-DUBLIN");
    private static final List<FacilityId> ALL = List.of(WAREHOUSE, HARBOR, DUBLIN);
    private static final int ROUNDS = 3_000;

    @Test
    void demandThatMayBeServedThereCounts() {
        Map<FacilityId, Long> supply = Map.of(WAREHOUSE, 100L, HARBOR, 3L);

        assertThat(FreeStock.of(supply, List.of(new Demand(Set.of(WAREHOUSE, HARBOR), 5)), Set.of(HARBOR)))
                .isZero();
        assertThat(FreeStock.of(supply, List.of(new Demand(Set.of(WAREHOUSE, HARBOR), 5)), Set.of(WAREHOUSE, HARBOR)))
                .isEqualTo(98);
    }

    @Test
    void demandForOtherPlacesDoesNot() {
        Map<FacilityId, Long> supply = Map.of(WAREHOUSE, 100L, HARBOR, 3L, DUBLIN, 9L);

        assertThat(FreeStock.of(supply, List.of(new Demand(Set.of(WAREHOUSE, DUBLIN), 50)), Set.of(HARBOR)))
                .isEqualTo(3);
        assertThat(FreeStock.of(supply, List.of(new Demand(Set.of(DUBLIN), 50)), Set.of(HARBOR, DUBLIN)))
                .as("it can't take more than there is")
                .isEqualTo(3);
    }

    @Test
    void demandOfWhichThatIsNotKnownCountsEverywhere() {
        assertThat(FreeStock.of(Map.of(HARBOR, 3L), List.of(Demand.ofUnknown(2)), Set.of(HARBOR)))
                .isEqualTo(1);
    }

    /** However the other demand is routed, what was found free can be had afterwards. */
    @Test
    void neverPromisesWhatOthersMayTake() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Map<FacilityId, Long> supply = new HashMap<>();
            ALL.forEach(place -> supply.put(place, (long) random.nextInt(5)));
            List<Demand> demands = new ArrayList<>();
            for (int j = random.nextInt(4); j > 0; j--) {
                demands.add(new Demand(places(random), 1 + random.nextInt(3)));
            }
            Set<FacilityId> among = places(random);

            long free = FreeStock.of(supply, demands, among);

            long worst = worst(supply, units(demands), 0, among);
            assertThat(free)
                    .as("seed %d, round %d: %s, %s, %s", seed, i, supply, demands, among)
                    .isLessThanOrEqualTo(worst);
        }
    }

    /** The least that may be left at the places, over all ways in which the others may be served, as far as they can. */
    private static long worst(
            Map<FacilityId, Long> left, List<Set<FacilityId>> units, int next, Set<FacilityId> among) {
        long least =
                among.stream().mapToLong(place -> left.getOrDefault(place, 0L)).sum();
        if (next == units.size()) {
            return least;
        }
        least = Math.min(least, worst(left, units, next + 1, among));
        for (FacilityId place : units.get(next)) {
            long there = left.getOrDefault(place, 0L);
            if (there > 0) {
                left.put(place, there - 1);
                least = Math.min(least, worst(left, units, next + 1, among));
                left.put(place, there);
            }
        }
        return least;
    }

    private static List<Set<FacilityId>> units(List<Demand> demands) {
        List<Set<FacilityId>> units = new ArrayList<>();
        demands.forEach(demand -> {
            for (int i = 0; i < demand.units(); i++) {
                units.add(demand.among());
            }
        });
        return units;
    }

    private static Set<FacilityId> places(Random random) {
        Set<FacilityId> places = new HashSet<>();
        places.add(ALL.get(random.nextInt(ALL.size())));
        ALL.stream().filter(place -> random.nextBoolean()).forEach(places::add);
        return places;
    }
}
