package io.throughline.domain.routing.trial;

import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What is left of one SKU in one policy's world. Time only goes on. */
final class Shelf {
    private final StockRecord record;
    private final Map<FacilityId, Integer> units;
    private int told;

    Shelf(StockRecord record) {
        this.record = record;
        this.units = new HashMap<>(record.atFirst());
    }

    /** As it is by then. Below zero where more was taken than there turned out to be. */
    Map<FacilityId, Integer> at(Instant now) {
        while (told < record.changes().size()
                && !record.changes().get(told).at().isAfter(now)) {
            StockRecord.Change change = record.changes().get(told);
            units.merge(change.facility(), change.units(), Integer::sum);
            told++;
        }
        return units;
    }

    StockRecord record() {
        return record;
    }

    void take(FacilityId facility, int taken) {
        units.merge(facility, -taken, Integer::sum);
    }
}
