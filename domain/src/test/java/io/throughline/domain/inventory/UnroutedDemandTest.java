package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.FreeStock.Demand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnroutedDemandTest {
    private static final FacilityId WAREHOUSE = new FacilityId("WH-EAST");
    private static final FacilityId HARBOR = new FacilityId("ST-HARBOR");
    private static final FacilityId DUBLIN = new FacilityId("ST-DUBLIN");
    private static final List<FacilityId> ALL = List.of(WAREHOUSE, HARBOR, DUBLIN);
    private static final int ROUNDS = 3_000;

    @Test
    void whatAnotherCanGetOnlyThereIsLeftToHim() {
        Map<FacilityId, Long> supply = Map.of(WAREHOUSE, 5L, HARBOR, 3L);
        UnroutedDemand demand =
                new UnroutedDemand(List.of(new Demand(Set.of(WAREHOUSE, HARBOR), 3)), List.of(at(2, HARBOR)));

        assertThat(demand.most(supply, HARBOR)).isEqualTo(1);
        assertThat(demand.most(supply, WAREHOUSE)).as("as much as there is").isEqualTo(5);
        assertThat(demand.allows(supply, Map.of(HARBOR, 1L, WAREHOUSE, 2L))).isTrue();
        assertThat(demand.allows(supply, Map.of(HARBOR, 2L, WAREHOUSE, 1L))).isFalse();
    }

    @Test
    void whatOthersCanGetElsewhereIsLeftToNobody() {
        UnroutedDemand demand =
                new UnroutedDemand(List.of(at(1, HARBOR)), List.of(at(1, HARBOR, DUBLIN), at(1, DUBLIN, WAREHOUSE)));

        assertThat(demand.allows(Map.of(HARBOR, 1L, DUBLIN, 1L, WAREHOUSE, 1L), Map.of(HARBOR, 1L)))
                .isTrue();
    }

    /** Whatever was reserved, in whatever order it is routed, finds its stock, unit by unit, wherever the rule lets each have it. */
    @Test
    void whatWasReservedCanBeRouted() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Map<FacilityId, Long> supply = new HashMap<>();
            ALL.forEach(place -> supply.put(place, (long) random.nextInt(5)));
            List<Demand> units = reserved(supply, random);
            Collections.shuffle(units, random);
            while (!units.isEmpty()) {
                Demand next = units.removeFirst();
                UnroutedDemand demand = new UnroutedDemand(List.of(next), units);
                List<FacilityId> places = ALL.stream()
                        .filter(next.among()::contains)
                        .filter(place -> demand.most(supply, place) > 0)
                        .toList();
                assertThat(places)
                        .as("seed %d, round %d: %s of %s beside %s", seed, i, next, supply, units)
                        .isNotEmpty();
                supply.merge(places.get(random.nextInt(places.size())), -1L, Long::sum);
            }
        }
    }

    private static List<Demand> reserved(Map<FacilityId, Long> supply, Random random) {
        List<Demand> units = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Set<FacilityId> among = new HashSet<>(Set.of(ALL.get(random.nextInt(ALL.size()))));
            ALL.stream().filter(place -> random.nextBoolean()).forEach(among::add);
            if (FreeStock.of(supply, units, among) > 0) {
                units.add(new Demand(among, 1));
            }
        }
        return units;
    }

    private static Demand at(int units, FacilityId... places) {
        return new Demand(Set.of(places), units);
    }
}
