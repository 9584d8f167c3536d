package io.throughline.domain.routing.trial;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.StockTurnover;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Units of one SKU that each facility could promise when a window began, and the changes of that since, in the order of their time; where a policy
 * minds it, how the SKU moved until then, and its brand.
 */
public record StockRecord(
        Map<FacilityId, Integer> atFirst,
        List<Change> changes,
        Map<FacilityId, StockTurnover> turnover,
        Optional<String> brand) {
    public StockRecord {
        atFirst = Map.copyOf(atFirst);
        changes = List.copyOf(changes);
        turnover = Map.copyOf(turnover);
    }

    public StockRecord(Map<FacilityId, Integer> atFirst, List<Change> changes) {
        this(atFirst, changes, Map.of(), Optional.empty());
    }

    StockRecord with(Map<FacilityId, StockTurnover> how, Optional<String> called) {
        return new StockRecord(atFirst, changes, how, called);
    }

    /** With so many there now, at the pace and of the age of then. */
    StockTurnover turnover(FacilityId facility, int units) {
        StockTurnover then = turnover.getOrDefault(facility, new StockTurnover(0, 0, Optional.empty()));
        return new StockTurnover(Math.max(0, units), then.soldAWeek(), then.oldestSince());
    }

    public record Change(Instant at, FacilityId facility, int units) {}
}
