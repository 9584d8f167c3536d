package io.throughline.domain.routing.trial;

import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Units of one SKU that each facility could promise when a window began, and the changes of that since, in the order of their time. */
public record StockRecord(Map<FacilityId, Integer> atFirst, List<Change> changes) {
    public StockRecord {
        atFirst = Map.copyOf(atFirst);
        changes = List.copyOf(changes);
    }

    public record Change(Instant at, FacilityId facility, int units) {}
}
