package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Promises.Demand;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromisesTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2026-11-27T00:00:00Z");
    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId WEST = SampleFacilities.WH_WEST;

    @Test
    void theOldestDemandTakesTheEarliestSupply() {
        assertThat(Promises.of(
                        List.of(demand(2, 3, EAST), demand(1, 4, EAST)),
                        List.of(supply("late", EAST, 9, FRIDAY), supply("early", EAST, 5, MONDAY))))
                .isEqualTo(Map.of(1L, Optional.of(MONDAY), 2L, Optional.of(FRIDAY)));
    }

    @Test
    void supplyElsewhereIsOfNoUse() {
        assertThat(Promises.of(List.of(demand(1, 1, WEST)), List.of(supply("po", EAST, 9, MONDAY))))
                .isEqualTo(Map.of(1L, Optional.empty()));
    }

    /** It keeps its place in the queue: who came later does not get ahead by wanting less. */
    @Test
    void whatIsCoveredInPartIsNotPromisedAndStillComesFirst() {
        assertThat(Promises.of(
                        List.of(demand(1, 5, EAST, WEST), demand(2, 1, EAST)), List.of(supply("po", EAST, 4, MONDAY))))
                .isEqualTo(Map.of(1L, Optional.empty(), 2L, Optional.empty()));
    }

    private static Demand demand(long id, int units, FacilityId... among) {
        return new Demand(id, units, Set.of(among));
    }

    private static Expected supply(String id, FacilityId facility, int units, Instant at) {
        return new Expected(new StockSource("erp", id, 1), facility, Sku.of("TEE"), units, at);
    }
}
